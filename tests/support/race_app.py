"""Imported once by the server that forks the racers, so that twenty processes do not each build the
application.
"""

from jobunivers.app import create_app
from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings

APP = create_app(
    Settings(
        database_url="sqlite:///unused.test.db",
        secret_key=DEMO_SECRET,
        data_keys=(DEMO_DATA_KEY,),
        demo=True,
        testing=True,
    )
)

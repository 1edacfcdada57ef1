"""The Flask extensions, unbound; `app.create_app` binds them."""

from flask_babel import Babel
from flask_login import LoginManager
from flask_sqlalchemy_lite import SQLAlchemy

db = SQLAlchemy(session_options={"expire_on_commit": False})
login_manager = LoginManager()
# The database holds the session (identity/session_http.py); "strong" would log phones out whenever
# their address changes.
login_manager.session_protection = None
babel = Babel()

"""Flask-Login's question: who is this session?"""

from uuid import UUID

from flask import g

from jobunivers.identity import queries
from jobunivers.identity.types import Viewer
from jobunivers.shared import clock


def load_viewer(user_id: str) -> Viewer | None:
    """The person of a session; None when the log-in was disabled since."""
    try:
        person = queries.find_viewer(UUID(user_id), clock.today())
    except ValueError:
        return None
    g.viewer = person
    return person

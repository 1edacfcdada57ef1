"""Demo mode only: log in as a persona with one tap."""

from flask import Blueprint, request, session
from flask.typing import ResponseReturnValue
from flask_login import login_user

from jobunivers.identity import queries
from jobunivers.identity.access import demo_only
from jobunivers.identity.sessions import METHOD_KEY
from jobunivers.identity.types import AuthMethod
from jobunivers.identity.viewers import load_viewer
from jobunivers.shared import csrf
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, page

bp = Blueprint("demo", __name__)


@bp.get("")
@demo_only
def show_personas() -> ResponseReturnValue:
    """The personas and what each shows."""
    return page("identity/demo.html", personas=queries.list_personas())


@bp.post("/log-in")
@csrf.exempt
@demo_only
def log_in() -> ResponseReturnValue:
    """Logs in as the persona named in the form; 404 for an unknown one."""
    user = queries.find_persona(request.form.get("persona", ""))
    viewer = load_viewer(str(user.id)) if user else None
    if viewer is None:
        raise NotFound
    session[METHOD_KEY] = AuthMethod.DEMO.value
    login_user(viewer)
    return go_to("/caseworker" if viewer.is_staff else "/my")

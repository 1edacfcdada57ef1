"""Demo mode only: log in as a persona with one tap."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import landing_http as landing
from jobunivers.identity import persona_words as personas
from jobunivers.identity import queries
from jobunivers.identity.access import demo_only
from jobunivers.identity.types import AuthMethod
from jobunivers.identity.viewer_http import sign_in
from jobunivers.shared import csrf
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, page, safe_next

bp = Blueprint("demo", __name__)


@bp.get("")
@demo_only
def show_personas() -> ResponseReturnValue:
    """The personas and what each shows."""
    groups = [(_("Citizens"), personas.CITIZENS), (_("Staff"), personas.STAFF)]
    names = {user.persona: user.name for user in queries.list_personas()}
    return page(
        "identity/demo.html",
        groups=groups,
        names=names,
        next_url=safe_next(request.args.get("next"), ""),
    )


@bp.post("/log-in")
@csrf.exempt
@demo_only
def log_in() -> ResponseReturnValue:
    """Logs in as the persona named in the form; 404 for an unknown one."""
    user = queries.find_persona(request.form.get("persona", ""))
    if user is None:
        raise NotFound
    person = sign_in(user.id, AuthMethod.DEMO)
    return go_to(landing.welcome(person, request.form.get("next")))

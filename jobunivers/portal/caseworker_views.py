"""The caseworker's desk."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.portal import desk_pages as desk
from jobunivers.shared import clock
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import page

bp = Blueprint("desk", __name__)


@bp.get("", strict_slashes=False)
@caseworker_required
def show_desk() -> ResponseReturnValue:
    """Whom I meet next and what she wants to talk about; whom I am about to lose."""
    reading_for("desk")
    return page("portal/desk.html", desk=desk.read(the_viewer(), clock.now()))

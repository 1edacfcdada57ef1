"""Public pages that belong to no feature."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import public
from jobunivers.shared.page_cache import same_for_everybody
from jobunivers.shared.web import page

bp = Blueprint("pages", __name__)


@bp.get("/")
@public
@same_for_everybody
def front() -> ResponseReturnValue:
    """The front page."""
    return page("portal/front.html")

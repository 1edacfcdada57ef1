"""Everything known about me, and who has looked."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import visitor
from jobunivers.shared.web import page

bp = Blueprint("data", __name__)


@bp.get("")
@visitor
def show_data() -> ResponseReturnValue:
    """Everything we know, in words."""
    return page("portal/data.html")

"""Demo mode only: the pieces of which pages are made, to look at and to copy from."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import demo_only
from jobunivers.portal import component_pages as pages
from jobunivers.shared.web import page

bp = Blueprint("components", __name__)


@bp.get("")
@demo_only
def show_components() -> ResponseReturnValue:
    """Every macro in every state, with its call."""
    return page("portal/components.html", components=pages.components())


@bp.post("")
@demo_only
def keep_nothing() -> ResponseReturnValue:
    """What is typed into the examples goes nowhere."""
    return "", 204

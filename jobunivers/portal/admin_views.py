"""The administrator's way in: what is edited here and what in the profile's files."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import admin_required
from jobunivers.shared.web import page

bp = Blueprint("admin", __name__)


@bp.get("")
@admin_required
def show_admin() -> ResponseReturnValue:
    """Links to everything an administrator edits on screen."""
    return page("portal/admin.html")

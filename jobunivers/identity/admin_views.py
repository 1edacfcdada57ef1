"""Staff: invite colleagues, give and take roles, close the log-in of somebody who left."""

from uuid import UUID

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import queries, services
from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.identity.forms import GrantsForm, NewStaffForm
from jobunivers.identity.words import GRANT_WORDS
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("staff_admin", __name__)


@bp.get("")
@admin_required
def list_staff() -> ResponseReturnValue:
    """Everybody with a role."""
    return page(
        "identity/admin_staff.html",
        people=queries.list_all_staff(),
        words=GRANT_WORDS,
        form=NewStaffForm(),
        me=the_viewer().user_id,
    )


@bp.post("")
@admin_required
def invite() -> ResponseReturnValue:
    """A new colleague; she gets a link by mail."""
    form = NewStaffForm.from_request()
    if form.submitted():
        try:
            with write():
                services.invite_staff(
                    name=form.name.data or "",
                    email=form.email.data or "",
                    grants=form.chosen(),
                    by_user_id=the_viewer().user_id,
                    now=clock.now(),
                )
            flash(_("Invited. The link in the mail works for a week."), "good")
            return go_to("/admin/staff")
        except Conflict:
            form.email.errors = [_("This address already has a log-in.")]
    return invalid(
        "identity/admin_staff.html",
        people=queries.list_all_staff(),
        words=GRANT_WORDS,
        form=form,
        me=the_viewer().user_id,
    )


@bp.get("/<uuid:user_id>")
@admin_required
def show_colleague(user_id: UUID) -> ResponseReturnValue:
    """One colleague's roles."""
    user = queries.get_staff(user_id)
    form = GrantsForm.from_request(grants=[row.grant.value for row in user.grants])
    return page(
        "identity/admin_colleague.html", user=user, form=form, is_me=user_id == the_viewer().user_id
    )


@bp.post("/<uuid:user_id>")
@admin_required
def change_colleague(user_id: UUID) -> ResponseReturnValue:
    """Other roles, in force at the next click."""
    user = queries.get_staff(user_id)
    form = GrantsForm.from_request()
    if not form.submitted():
        return invalid(
            "identity/admin_colleague.html",
            user=user,
            form=form,
            is_me=user_id == the_viewer().user_id,
        )
    with write():
        services.change_grants(user_id, form.chosen(), by_user_id=the_viewer().user_id)
    flash(_("Saved. The new roles are in force now."), "good")
    return go_to("/admin/staff")


@bp.post("/<uuid:user_id>/close")
@admin_required
def close_colleague(user_id: UUID) -> ResponseReturnValue:
    """Closes the log-in and ends its sessions."""
    with write():
        services.close_staff(user_id, by_user_id=the_viewer().user_id, now=clock.now())
    flash(_("The log-in is closed and logged out everywhere."), "good")
    return go_to("/admin/staff")

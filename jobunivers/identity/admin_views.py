"""Staff: invite colleagues, give and take roles, close the log-in of somebody who left."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import queries, services
from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.identity.forms import GrantsForm, NameForm, NewStaffForm
from jobunivers.identity.types import Withheld
from jobunivers.identity.words import GRANT_WORDS
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("staff_admin", __name__)
COLLEAGUE = "identity/admin_colleague.html"


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
            return go_to(url_for(".list_staff"))
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
    return page(COLLEAGUE, **_colleague(user_id))


def _colleague(user_id: UUID, **given: Any) -> dict[str, Any]:
    user = queries.get_staff(user_id)
    return {
        "user": user,
        "form": GrantsForm(data={"grants": [row.grant.value for row in user.grants]}),
        "name_form": NameForm(data={"name_withheld": user.name_withheld}),
        "is_me": user_id == the_viewer().user_id,
        **given,
    }


@bp.post("/<uuid:user_id>")
@admin_required
def change_colleague(user_id: UUID) -> ResponseReturnValue:
    """Other roles, in force at the next click."""
    queries.get_staff(user_id)
    form = GrantsForm.from_request()
    if not form.submitted():
        return invalid(COLLEAGUE, **_colleague(user_id, form=form))
    with write():
        services.change_grants(
            user_id, form.chosen(), by_user_id=the_viewer().user_id, now=clock.now()
        )
    flash(_("Saved. The new roles are in force now."), "good")
    return go_to(url_for(".list_staff"))


@bp.post("/<uuid:user_id>/name")
@admin_required
def withhold_name(user_id: UUID) -> ResponseReturnValue:
    """Whether citizens read the colleague's name in their log."""
    queries.get_staff(user_id)
    form = NameForm.from_request()
    if not form.submitted():
        return invalid(COLLEAGUE, **_colleague(user_id, name_form=form))
    with write():
        services.withhold_name(
            user_id, Withheld(form.name_withheld.data or ""), by_user_id=the_viewer().user_id
        )
    flash(_("Saved."), "good")
    return go_to(url_for(".show_colleague", user_id=user_id))


@bp.post("/<uuid:user_id>/forget-directory")
@admin_required
def forget_directory(user_id: UUID) -> ResponseReturnValue:
    """The directory knows her under another name: the next log-in with her address links anew."""
    with write():
        services.forget_directory(user_id, by_user_id=the_viewer().user_id)
    flash(_("Saved. The directory finds this person by the e-mail address once more."), "good")
    return go_to(url_for(".list_staff"))


@bp.post("/<uuid:user_id>/close")
@admin_required
def close_colleague(user_id: UUID) -> ResponseReturnValue:
    """Closes the log-in and ends its sessions."""
    with write():
        services.close_staff(user_id, by_user_id=the_viewer().user_id, now=clock.now())
    flash(_("The log-in is closed and logged out everywhere."), "good")
    return go_to(url_for(".list_staff"))

"""Closing days, as an administrator enters them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.booking import closing_services as closing
from jobunivers.booking import words
from jobunivers.booking.forms import ClosingForm
from jobunivers.contact import queries as contact
from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.identity.types import Grant
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("closing_admin", __name__)
LIST = "booking/admin_closing_days.html"


def _list(form: ClosingForm) -> dict[str, Any]:
    return {"form": form, "closings": contact.list_closings(clock.today()), "words": words}


@bp.get("")
@admin_required
def list_closing_days() -> ResponseReturnValue:
    """The coming days, and a form for more."""
    return page(LIST, **_list(ClosingForm()))


@bp.get("/check")
@admin_required
def check_closing_days() -> ResponseReturnValue:
    """Before anything is saved: which days these are, and which meetings stand there."""
    form, me = ClosingForm(request.args), the_viewer()
    if not form.validate():
        return invalid(LIST, **_list(form))
    days = closing.days_to_close(**form.values())
    if not days:
        form.first_on.errors = [_("These days are closed already, or they are no working days.")]
        return invalid(LIST, **_list(form))
    meetings = closing.list_on_days(days, form.location.data, viewer_id=me.user_id, now=clock.now())
    has_calendar = me.may(Grant.CASEWORKER)
    return page(
        "booking/admin_closing_check.html",
        form=form,
        days=days,
        meetings=meetings,
        has_calendar=has_calendar,
        words=words,
    )


@bp.post("")
@admin_required
def close_days() -> ResponseReturnValue:
    """Closes them. What is booked stays booked; each host gets a task to find another time."""
    form = ClosingForm.from_request()
    if not form.submitted():
        return invalid(LIST, **_list(form))
    with write():
        days = closing.close(
            **form.values(),
            label=form.label.data or "",
            by_user_id=the_viewer().user_id,
            now=clock.now(),
        )
    if days:
        flash(ngettext("%(num)s day is closed.", "%(num)s days are closed.", len(days)), "good")
    return go_to(url_for(".list_closing_days"))


@bp.post("/<uuid:closing_id>/remove")
@admin_required
def remove_closing_day(closing_id: UUID) -> ResponseReturnValue:
    """Open after all."""
    with write():
        day = closing.open_again(closing_id, by_user_id=the_viewer().user_id, now=clock.now())
    flash(_("%(day)s is an ordinary day again.", day=i18n.day(day)), "good")
    return go_to(url_for(".list_closing_days"))

"""Events, as an administrator keeps them."""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.events import forms, pages, services
from jobunivers.events.forms import EventForm
from jobunivers.identity.access import admin_required, the_viewer
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to, page

bp = Blueprint("events_admin", __name__)


@bp.get("")
@admin_required
def list_events() -> ResponseReturnValue:
    """Events that are not over."""
    return page(
        "events/admin_events.html", events=pages.coming_events(i18n.choose_locale(), clock.now())
    )


def _edit(event_id: UUID | None, shown: pages.Shown | None = None) -> ResponseReturnValue:
    is_new_page = request.method == "GET"
    form = EventForm(
        request.form, data=forms.form_values(shown.event) if shown and is_new_page else None
    )
    if not form.submitted():
        return page("events/admin_event.html", 422 if form.errors else 200, form=form, shown=shown)
    with write():
        services.save_event(
            event_id, form.values(), by_user_id=the_viewer().user_id, now=clock.now()
        )
    flash(_("The event is saved. Everybody can read it."), "good")
    return go_to(url_for(".list_events"))


@bp.route("/new", methods=["GET", "POST"])
@admin_required
def add_event() -> ResponseReturnValue:
    """A new event."""
    return _edit(None)


@bp.route("/<uuid:event_id>", methods=["GET", "POST"])
@admin_required
def edit_event(event_id: UUID) -> ResponseReturnValue:
    """An event's words, time and place."""
    return _edit(event_id, pages.one(event_id, i18n.choose_locale(), clock.now()))


@bp.post("/<uuid:event_id>/cancel")
@admin_required
def cancel_event(event_id: UUID) -> ResponseReturnValue:
    """It does not take place; those who signed up are told."""
    with write():
        to_call = services.cancel_event(event_id, by_user_id=the_viewer().user_id, now=clock.now())
    flash(_("The event is cancelled. Whoever signed up gets a message."), "good")
    if to_call:
        flash(
            ngettext(
                "No message reaches %(num)s person in time. Her caseworker is asked to call.",
                "No message reaches %(num)s people in time. Their caseworkers are asked to call.",
                to_call,
            ),
            "careful",
        )
    return go_to(url_for(".list_events"))

"""Moving and cancelling a meeting: the same pages for the citizen, for whoever holds the link, and
for staff.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, flash, request
from flask_babel import gettext as _

from jobunivers.booking import news_services as news
from jobunivers.booking import offer_queries as offers
from jobunivers.booking import request_views as requests
from jobunivers.booking import rules, services, words
from jobunivers.booking.forms import CancelForm, MoveForm, StaffCancelForm
from jobunivers.booking.types import Actor, Form, Hosts, MeetingLine, Slot
from jobunivers.identity.access import hides_contact
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, NotAllowed
from jobunivers.shared.web import go_to, invalid, page, page_or_block

MOVE, CONFIRM_MOVE, CANCEL = "booking/move.html", "booking/move_confirm.html", "booking/cancel.html"


@dataclass(frozen=True)
class Where:
    """Who changes the meeting, and the addresses of her pages."""

    by: Actor
    layout: str
    show: str
    move: str
    cancel: str
    done_moved: str
    done_cancelled: str


def _hours(meeting: MeetingLine) -> int:
    return current_profile().kind_or_like(meeting.kind).latest_change_hours


def may_move(meeting: MeetingLine, by: Actor, now: datetime) -> bool:
    """Staff until it begins; the citizen until some hours before."""
    hours = 0 if by.is_office else _hours(meeting)
    return meeting.is_booked and rules.may_move(meeting.starts_at, now, hours)


def show_times(meeting: MeetingLine, where: Where, now: datetime) -> Response:
    """Other free times; with one chosen, the question whether it is right. The old time stays hers
    all the while.
    """
    context: dict[str, Any] = {"meeting": meeting, "where": where, "words": words}
    if not may_move(meeting, where.by, now):
        return page(MOVE, offer=None, ask=None, is_taken=False, **context)
    ask = requests.ask_to_move(meeting, is_office=where.by.is_office)
    if value := request.args.get("slot"):
        slot, hosts = offers.find_slot(ask, value, now)
        if slot is not None:
            form = MoveForm(data={"slot": value, "form": slot.form.value})
            is_hidden = where.by.role == "link" or hides_contact()
            form.phone.data = "" if is_hidden else meeting.phone or hosts.phone
            return page(CONFIRM_MOVE, **_confirm(form, slot, hosts, meeting, where, now))
    offer = offers.look(ask, now)
    return page_or_block(
        MOVE, "times", 409 if value else 200, offer=offer, ask=ask, is_taken=bool(value), **context
    )


def save_time(meeting: MeetingLine, where: Where, now: datetime) -> Response:
    """Moves the meeting; when somebody was faster, the next free times with the old one kept (409)."""
    form, ask = MoveForm.from_request(), requests.ask_to_move(meeting, is_office=where.by.is_office)
    if (meeting.starts_at, meeting.host_id) == offers.parse_value(str(form.slot.data)):
        return go_to(where.done_moved)  # sent twice
    if not may_move(meeting, where.by, now):
        return page(
            MOVE,
            409,
            offer=None,
            ask=None,
            is_taken=False,
            meeting=meeting,
            where=where,
            words=words,
        )
    slot, hosts = offers.find_slot(ask, str(form.slot.data), now)
    form.has_number = bool(meeting.phone or hosts.phone)
    if slot is not None and not form.submitted():
        return invalid(CONFIRM_MOVE, **_confirm(form, slot, hosts, meeting, where, now))
    try:
        if slot is None:
            raise Conflict
        told = _told(meeting, where, min(meeting.starts_at, slot.starts_at), now)
        with write():
            choice = offers.choice_of(ask, slot, phone=form.phone.data or "")
            services.move(meeting.id, choice, by=where.by, now=now)
    except Conflict:
        return page(
            MOVE,
            409,
            offer=offers.look(ask, now),
            ask=ask,
            is_taken=True,
            meeting=meeting,
            where=where,
            words=words,
        )
    return _done(told, where.done_moved)


def _confirm(
    form: MoveForm, slot: Slot, hosts: Hosts, meeting: MeetingLine, where: Where, now: datetime
) -> dict[str, Any]:
    """The question whether the new time is right. By link no number is shown: whoever holds it may
    be somebody else.
    """
    form.has_number = bool(meeting.phone or hosts.phone)
    return {
        "slot": slot,
        "form": form,
        "asks_number": slot.form is Form.PHONE,
        "host_name": hosts.names[slot.host_id],
        "meeting": meeting,
        "where": where,
        "words": words,
        "told": _told(meeting, where, min(meeting.starts_at, slot.starts_at), now),
    }


def _told(meeting: MeetingLine, where: Where, begins_at: datetime, now: datetime) -> str:
    """For staff: when she will know, or that somebody has to call her. Empty for herself."""
    if not where.by.is_office or begins_at <= now:
        return ""
    return words.when_she_knows(news.reach(meeting.citizen_id, begins_at=begins_at, now=now), now)


def _done(told: str, address: str) -> Response:
    """Back to the meeting; staff reads once more when she knows."""
    if told:
        flash(told, "info")
    return go_to(address)


def show_cancel(meeting: MeetingLine, where: Where, now: datetime) -> Response:
    """The question, before anything happens."""
    form = StaffCancelForm() if where.by.is_office else CancelForm()
    told = _told(meeting, where, meeting.starts_at, now)
    return page(CANCEL, meeting=meeting, where=where, words=words, form=form, told=told)


def save_cancel(meeting: MeetingLine, where: Where, now: datetime) -> Response:
    """Cancels. Too late to move means that somebody calls; nothing else follows. Staff says why."""
    form = (StaffCancelForm if where.by.is_office else CancelForm).from_request()
    told = _told(meeting, where, meeting.starts_at, now)
    if not form.submitted():
        return invalid(CANCEL, meeting=meeting, where=where, words=words, form=form, told=told)
    is_late = not where.by.is_office and not rules.may_move(meeting.starts_at, now, _hours(meeting))
    try:
        with write():
            services.cancel(
                meeting.id, by=where.by, now=now, why=form.why.data or "", is_late=is_late
            )
    except NotAllowed:
        form.why.errors = (_("The meeting has begun or is over, so it cannot be cancelled."),)
        return page(CANCEL, 409, meeting=meeting, where=where, words=words, form=form, told=told)
    return _done(told, where.done_cancelled)

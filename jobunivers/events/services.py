"""Signing up and off, and what an administrator does with events. Whoever writes about an event
holds its row, so that no seat is given twice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.contact import services as contact
from jobunivers.events import queries, rules
from jobunivers.events.models import Event, EventSignUp
from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import services as messages
from jobunivers.messages.types import Recipient
from jobunivers.shared import audit, clock
from jobunivers.shared.errors import Conflict

SIGNED_UP, WAITING, GOT_SEAT = "event.signed_up", "event.waiting", "event.got_seat"
CHANGED, CANCELLED, REMINDER = "event.changed", "event.cancelled", "event.reminder"
REMIND = "events.remind"
TOLD_WHEN_CHANGED = ("starts_at", "ends_at", "place", "url")


def sign_up(event_id: UUID, citizen_id: UUID, *, now: datetime) -> EventSignUp:
    """She comes, or waits when all seats are taken; a second tap changes nothing. Raises NotFound,
    and Conflict when it is too late.
    """
    event = _held(event_id)
    if known := queries.find_sign_up(event_id, citizen_id):
        return known
    today, is_cancelled = clock.danish_day(now), event.cancelled_at is not None
    if not rules.is_open(
        today=today,
        now=now,
        sign_up_by=event.sign_up_by,
        starts_at=event.starts_at,
        is_cancelled=is_cancelled,
    ):
        raise Conflict
    line = queries.list_sign_ups(event_id)
    has_seat = rules.has_seat_left(event.seats, sum(other.has_seat for other in line))
    own = EventSignUp(
        event_id=event_id,
        citizen_id=citizen_id,
        number=line[-1].number + 1 if line else 1,
        has_seat=has_seat,
    )
    db.session.add(own)
    db.session.flush()
    _tell(SIGNED_UP if has_seat else WAITING, event, own, caseload.recipient_of(citizen_id), now)
    return own


def sign_off(event_id: UUID, citizen_id: UUID, *, now: datetime) -> None:
    """She does not come; the first who waits gets the seat. Without a sign-up nothing happens.
    Raises NotFound.
    """
    event = _held(event_id)
    own = queries.find_sign_up(event_id, citizen_id)
    if own is None:
        return
    outbox.cancel_about(_subject(own))
    db.session.delete(own)
    db.session.flush()
    _fill_seats(event, now)


def save_event(
    event_id: UUID | None, values: Mapping[str, Any], *, by_user_id: UUID, now: datetime
) -> Event:
    """A new event, or an old one as its form has it: whoever comes is told of another time or
    place, new seats go to those who wait. Raises NotFound.
    """
    event = _held(event_id) if event_id else Event()
    is_other = (
        bool(event_id)
        and event.cancelled_at is None
        and any(getattr(event, name) != values[name] for name in TOLD_WHEN_CHANGED)
    )
    began = event.starts_at if event_id else values["starts_at"]
    for name, value in values.items():
        setattr(event, name, value)
    event.changed_at = now
    db.session.add(event)
    db.session.flush()
    audit.record(
        "event.saved", actor_id=by_user_id, actor_role=Grant.ADMIN.value, event=str(event.id)
    )
    if is_other:
        _tell_all(CHANGED, event, now, begins_at=min(began, event.starts_at))
    _fill_seats(event, now)
    return event


def cancel_event(event_id: UUID, *, by_user_id: UUID, now: datetime) -> int:
    """It does not take place; everybody in the line is told. Returns how many have to be called,
    since no message reaches them in time. A second tap changes nothing. Raises NotFound.
    """
    event = _held(event_id)
    if event.cancelled_at is not None:
        return 0
    event.cancelled_at = event.changed_at = now
    audit.record(
        "event.cancelled", actor_id=by_user_id, actor_role=Grant.ADMIN.value, event=str(event.id)
    )
    db.session.flush()
    return _tell_all(CANCELLED, event, now, begins_at=event.starts_at)


def _held(event_id: UUID) -> Event:
    event = queries.get_event(event_id)
    db.session.refresh(event, with_for_update=True)
    return event


def _fill_seats(event: Event, now: datetime) -> None:
    """Free seats go to those who wait, in the order of the line, until the event begins."""
    if event.cancelled_at is not None or event.starts_at <= now:
        return
    line = queries.list_sign_ups(event.id)
    taken = sum(own.has_seat for own in line)
    for own in line:
        if not own.has_seat and rules.has_seat_left(event.seats, taken):
            own.has_seat, taken = True, taken + 1
            db.session.flush()
            _tell(GOT_SEAT, event, own, caseload.recipient_of(own.citizen_id), now)


def _tell_all(kind: str, event: Event, now: datetime, *, begins_at: datetime) -> int:
    """Tells everybody in the line. `begins_at`: when it begins, or would have begun. Whoever no
    message reaches before then is called by her caseworker; returns how many those are.
    """
    line = {own.citizen_id: own for own in queries.list_sign_ups(event.id)}
    if begins_at <= now:
        return 0
    to_call = 0
    for recipient in caseload.recipients_of(line):
        own = line[recipient.citizen_id]
        told = _tell(kind, event, own, recipient, now, begins_at=begins_at)
        if messages.reach(recipient, begins_at=begins_at, now=now).at is None:
            key = f"call:{own.id}"
            day = clock.danish_day(begins_at)
            task = contact.ask_to_call(recipient.citizen_id, None, now=now, before=day, key=key)
            if task is not None:
                messages.hand_over(told)
            to_call += 1
    return to_call


def _tell(
    kind: str,
    event: Event,
    own: EventSignUp,
    recipient: Recipient,
    now: datetime,
    *,
    begins_at: datetime | None = None,
) -> UUID:
    """The id of the notice, and a reminder the day before for whoever has a seat; what was queued before
    about it no longer counts. She hears of it before `begins_at`, or the event's beginning.
    """
    subject, moment = _subject(own), now.isoformat()
    outbox.cancel_about(subject)
    told = messages.notify(
        recipient,
        kind,
        params_of(event),
        now=now,
        key=f"{kind}:{own.id}:{moment}",
        subject_key=subject,
        not_after=None if kind == CANCELLED else event.ends_at,
        begins_at=begins_at or event.starts_at,
    )
    remind_at = rules.remind_at(event.starts_at, now)
    if remind_at and own.has_seat and kind != CANCELLED:
        key = f"{REMIND}:{own.id}:{moment}"
        outbox.enqueue(
            REMIND,
            {"sign_up_id": own.id},
            run_at=remind_at,
            key=key,
            subject_key=subject,
            not_after=event.starts_at,
            begins_at=event.starts_at,
        )
    return told.id


def params_of(event: Event) -> dict[str, Any]:
    """What notices about an event say."""
    return {
        "event_id": str(event.id),
        "title": event.title,
        "starts_at": event.starts_at.isoformat(),
        "place": event.place,
    }


def _subject(own: EventSignUp) -> str:
    return f"event-sign-up:{own.id}"

"""What staff change in their own diaries, and searches that found no time."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import diary_queries
from jobunivers.booking.models import (
    OpeningWindow,
    SlotSearch,
)
from jobunivers.booking.types import Form
from jobunivers.contact import services as contact
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.shared import clock

BOOKED, MOVED, CANCELLED, REMINDER = (
    "appointment.booked",
    "appointment.moved",
    "appointment.cancelled",
    "appointment.reminder",
)


def record_vain_search(
    citizen_id: UUID,
    kind: str,
    form: Form,
    *,
    deadline_on: Any,
    found: int,
    now: datetime,
    ask: bool,
) -> None:
    """She looked and found no time before her deadline: evidence in her favour, once a day, and a
    task for her caseworker.
    """
    if diary_queries.has_searched_in_vain(citizen_id, kind, form, now - timedelta(hours=20)):
        return
    db.session.add(
        SlotSearch(
            citizen_id=citizen_id,
            at=now,
            kind=kind,
            form=form.value,
            deadline_on=deadline_on,
            found=found,
        )
    )
    if ask:
        contact.ask_staff(
            citizen_id,
            what=TaskKind.NO_SLOT_FOUND,
            now=now,
            key=f"no-slot:{citizen_id}:{kind}:{clock.danish_day(now)}",
        )
    db.session.flush()


def add_window(
    user_id: UUID,
    *,
    weekday: int,
    starts_minute: int,
    ends_minute: int,
    forms: list[str],
    location: str | None,
    valid_from: date,
) -> OpeningWindow:
    """A weekly time in which this caseworker offers meetings. The same window twice is one."""
    same = sa.select(OpeningWindow).where(
        OpeningWindow.user_id == user_id,
        OpeningWindow.weekday == weekday,
        OpeningWindow.starts_minute == starts_minute,
        OpeningWindow.ends_minute == ends_minute,
        OpeningWindow.location == location,
        OpeningWindow.valid_from == valid_from,
        OpeningWindow.valid_to.is_(None),
    )
    for window in db.session.scalars(same):
        if sorted(window.forms) == sorted(forms):
            return window
    window = OpeningWindow(
        user_id=user_id,
        weekday=weekday,
        starts_minute=starts_minute,
        ends_minute=ends_minute,
        forms=forms,
        location=location,
        valid_from=valid_from,
    )
    db.session.add(window)
    db.session.flush()
    return window


def end_window(user_id: UUID, window_id: UUID, *, today: date) -> None:
    """No new meetings are offered from tomorrow; what is booked stays booked. A window that has not
    begun goes away.
    """
    window = diary_queries.get_window(user_id, window_id)
    if window.valid_from > today:
        db.session.delete(window)
    else:
        window.valid_to = today
    db.session.flush()

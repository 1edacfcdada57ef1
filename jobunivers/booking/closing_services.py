"""Days on which the office, or one place, is closed. Nothing booked is ever cancelled by it: each
host is asked to find another time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.booking.models import Appointment
from jobunivers.booking.queries import LIVE, may_see
from jobunivers.booking.types import Form
from jobunivers.caseload.models import Citizen
from jobunivers.contact import queries as contact
from jobunivers.contact import rules
from jobunivers.contact import services as tasks
from jobunivers.contact.models import ClosingDay, Task
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.identity.types import Grant
from jobunivers.shared import audit, clock
from jobunivers.shared.errors import Conflict, NotFound


@dataclass(frozen=True)
class Standing:
    """A meeting that stands on a day to be closed. Who the citizen is stays with those who may see
    her (`is_mine`).
    """

    id: UUID
    citizen_id: UUID
    host_id: UUID
    host_name: str
    form: Form
    location: str | None
    starts_at: datetime
    is_mine: bool


def days_to_close(*, first: date, last: date, location: str) -> list[date]:
    """The working days from `first` to `last` that are not closed yet, the ends included."""
    closed = contact.closed_between(first, last)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        day
        for day in days
        if rules.is_working_day(day, closed.days) and (day, location) not in closed.places
    ]


def list_standing(
    days: Sequence[date], location: str, *, viewer_id: UUID, now: datetime
) -> list[Standing]:
    """Meetings to come on these days (at that place, or anywhere), in order of time."""
    if not days:
        return []
    columns = (
        Appointment.id,
        Appointment.citizen_id,
        Appointment.caseworker_id,
        User.name,
        Appointment.form,
        Appointment.location,
        Appointment.starts_at,
    )
    query = (
        sa.select(*columns, may_see(viewer_id))
        .join(User, User.id == Appointment.caseworker_id)
        .join(Citizen, Citizen.id == Appointment.citizen_id)
        .where(Appointment.status.in_(LIVE), Appointment.ends_at > now)
        .where(
            Appointment.starts_at >= contact.start_of(days[0]),
            Appointment.starts_at < contact.start_of(days[-1] + timedelta(days=1)),
        )
    )
    if location:
        query = query.where(Appointment.location == location)
    rows = (
        Standing(*row)
        for row in db.session.execute(query.order_by(Appointment.starts_at, Appointment.id))
    )
    return [row for row in rows if clock.danish_day(row.starts_at) in days]


def close(
    *, first: date, last: date, location: str, label: str, by_user_id: UUID, now: datetime
) -> list[date]:
    """Closes the days and puts each meeting that stands there on its host's list. Returns the days;
    a form sent twice closes once.

    Raises Conflict when somebody else closes one of them at the same moment.
    """
    days = days_to_close(first=first, last=last, location=location)
    try:
        with db.session.begin_nested():
            db.session.add_all(ClosingDay(on=day, location=location, label=label) for day in days)
    except IntegrityError:
        raise Conflict from None
    for day in days:
        audit.record(
            "closing_day.added",
            actor_id=by_user_id,
            actor_role=Grant.ADMIN.value,
            on=day.isoformat(),
            location=location,
        )
    db.session.flush()
    today = clock.danish_day(now)
    due_on = rules.working_days_after(
        today, 1, contact.closed_days(today, today + timedelta(days=120))
    )
    for meeting in list_standing(days, location, viewer_id=by_user_id, now=now):
        day = clock.danish_day(meeting.starts_at)
        key = f"{_key(day, location)}{meeting.id}"
        tasks.add_task(
            meeting.citizen_id,
            meeting.host_id,
            what=TaskKind.CLOSED_DAY,
            due_on=min(due_on, day),
            key=key,
        ).done_at = None
    db.session.flush()
    return days


def open_again(closing_id: UUID, *, by_user_id: UUID, now: datetime) -> date:
    """The day is open after all; nobody need move a meeting because of it. Raises NotFound."""
    closing = db.session.get(ClosingDay, closing_id)
    if closing is None:
        raise NotFound
    audit.record(
        "closing_day.removed",
        actor_id=by_user_id,
        actor_role=Grant.ADMIN.value,
        on=closing.on.isoformat(),
        location=closing.location,
    )
    asked = sa.update(Task).where(
        Task.key.startswith(_key(closing.on, closing.location), autoescape=True),
        Task.done_at.is_(None),
    )
    db.session.execute(asked.values(done_at=now))
    db.session.delete(closing)
    db.session.flush()
    return closing.on


def _key(day: date, location: str) -> str:
    return f"closed:{day}:{location}:"

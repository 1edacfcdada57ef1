"""Days on which the office, or one place, is closed. Nothing booked is ever cancelled by it: each
host is asked to find another time.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from jobunivers.booking import asking_services as asking
from jobunivers.booking.standing_queries import Standing, list_standing
from jobunivers.contact import queries as contact
from jobunivers.contact import rules
from jobunivers.contact.models import ClosingDay
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.shared import audit, clock
from jobunivers.shared.errors import Conflict, NotFound


def days_to_close(*, first: date, last: date, location: str) -> list[date]:
    """The working days from `first` to `last` that are not closed yet, the ends included."""
    closed = contact.closed_between(first, last)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [
        day
        for day in days
        if rules.is_working_day(day, closed.days) and (day, location) not in closed.places
    ]


def list_on_days(
    days: Sequence[date], location: str, *, viewer_id: UUID, now: datetime
) -> list[Standing]:
    """Meetings to come on these days (at that place, or anywhere), in order of time."""
    if not days:
        return []
    first, end = contact.start_of(days[0]), contact.start_of(days[-1] + timedelta(days=1))
    rows = list_standing(viewer_id=viewer_id, after=now, first=first, end=end, location=location)
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
    standing = list_on_days(days, location, viewer_id=by_user_id, now=now)
    for day in days:
        asked = [(one, one.host_id) for one in standing if clock.danish_day(one.starts_at) == day]
        asking.ask(asked, TaskKind.CLOSED_DAY, _why(day, location), now=now)
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
    asking.take_back(_why(closing.on, closing.location), now=now)
    db.session.delete(closing)
    db.session.flush()
    return closing.on


def _why(day: date, location: str) -> str:
    return f"closed:{day}:{location}"

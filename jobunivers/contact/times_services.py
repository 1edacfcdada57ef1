"""An invitation leaves the house only when there is a time to book; until then it is the team's task."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from jobunivers.contact import rules
from jobunivers.contact.models import Need, Task
from jobunivers.contact.ports import TIMES
from jobunivers.contact.queries import closed_days
from jobunivers.contact.types import Course, NeedFact, NewNeed, NewTask, TaskKind, WantedTime
from jobunivers.extensions import db
from jobunivers.shared import clock

Key = TypeVar("Key")


def has_time(need: Need, now: datetime) -> bool:
    """Whether she would find a time for this need."""
    return bool(_found({need.id: _wanted(need.citizen_id, need)}, now))


def keys_without_times(due: Sequence[tuple[Course, NewNeed]], now: datetime) -> set[str]:
    """Keys of the new needs for which there is nothing to book. Whoever is exempt from booking
    herself is told all the same: her notice asks for nothing, and somebody calls.
    """
    wanted = {
        new.key: _wanted(course.citizen_id, new) for course, new in due if course.books_herself
    }
    return wanted.keys() - _found(wanted, now)


def needs_whose_times_came(courses: Sequence[Course], now: datetime) -> set[UUID]:
    """Open needs without an invitation for which there are times today."""
    wanted = {
        need.id: _wanted(course.citizen_id, need)
        for course in courses
        if not course.is_exempt
        for need in course.needs
        if need.is_open and not need.is_invited
    }
    return _found(wanted, now)


def _wanted(citizen_id: UUID, need: Need | NewNeed | NeedFact) -> WantedTime:
    return WantedTime(citizen_id, need.kind, need.earliest_on, need.deadline_on)


def _found(wanted: Mapping[Key, WantedTime], now: datetime) -> set[Key]:
    with_time = TIMES()(list(wanted.values()), now) if wanted else frozenset()
    return {key for key, each in wanted.items() if each in with_time}


def task_key(need_key: object, today: date) -> str:
    """One task a day for one need."""
    return f"no-times:{need_key}:{today.isoformat()}"


def new_task(need_key: str, today: date) -> NewTask:
    """What the team does instead of an invitation: due the next working day."""
    closed = closed_days(today, today + timedelta(days=21))
    due_on = rules.working_days_after(today, 1, closed)
    return NewTask(TaskKind.NO_SLOT_FOUND, due_on, task_key(need_key, today))


def times_came(need: Need, now: datetime) -> None:
    """There are times now: she has at least eight days to book, and nobody need look any more."""
    today = clock.danish_day(now)
    least = rules.deadline(
        today, rules.LEAST_DAYS_TO_BOOK, closed_days(today, today + timedelta(days=40))
    )
    need.invited_at, need.deadline_on = now, max(need.deadline_on or least, least)
    mine = Task.key.startswith(f"no-times:{need.key or need.id}:", autoescape=True)
    open_ones = sa.update(Task).where(Task.citizen_id == need.citizen_id, mine)
    db.session.execute(open_ones.where(Task.done_at.is_(None)).values(done_at=now))
    db.session.flush()

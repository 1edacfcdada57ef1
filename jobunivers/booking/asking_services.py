"""A meeting cannot be held as it stands: nothing is cancelled, a named colleague is asked to find
another time or person, and what is asked is taken back when the meeting can be held after all. One
way for closing days, for absences and for those who have left.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking.standing_queries import Standing
from jobunivers.contact import queries as contact
from jobunivers.contact import rules
from jobunivers.contact import services as tasks
from jobunivers.contact.models import Task
from jobunivers.contact.types import FINDS_A_TIME, TaskKind
from jobunivers.extensions import db
from jobunivers.shared import clock

AHEAD = timedelta(days=120)


def ask(asked: Iterable[tuple[Standing, UUID]], what: TaskKind, why: str, *, now: datetime) -> None:
    """Each meeting on that colleague's list, due the next working day and never after the meeting.
    `why` and the meeting are the key: asked again, it is the same task, open again. A colleague reads
    whose meeting it is.
    """
    today = clock.danish_day(now)
    next_day = rules.working_days_after(today, 1, contact.closed_days(today, today + AHEAD))
    for meeting, user_id in asked:
        due_on = min(next_day, clock.danish_day(meeting.starts_at))
        key = f"{why}:{meeting.id}"
        task = tasks.add_task(meeting.citizen_id, user_id, what=what, due_on=due_on, key=key)
        task.user_id, task.due_on, task.done_at = user_id, due_on, None
        task.note = meeting.host_name if user_id != meeting.host_id else ""
    db.session.flush()


def asked_already(keys: Iterable[str]) -> set[str]:
    """Which of these keys have a task, done or not."""
    query = sa.select(Task.key).where(Task.key.in_(list(keys))).order_by(Task.key)
    return {key for key in db.session.scalars(query) if key}


def take_back(why: str, *, now: datetime, but: Iterable[UUID] = ()) -> None:
    """What was asked for that reason need not be done, but for the meetings named."""
    kept = [f"{why}:{meeting_id}" for meeting_id in but]
    asked = sa.update(Task).where(
        Task.key.startswith(f"{why}:", autoescape=True),
        Task.key.not_in(kept),
        Task.done_at.is_(None),
    )
    db.session.execute(asked.values(done_at=now))


def settled(citizen_id: UUID, meeting_id: UUID, *, now: datetime) -> None:
    """Another time or person was found, or the meeting is off: nobody need look for one."""
    asked = sa.update(Task).where(
        Task.citizen_id == citizen_id,
        Task.what.in_(FINDS_A_TIME),
        Task.key.endswith(f":{meeting_id}", autoescape=True),
        Task.done_at.is_(None),
    )
    db.session.execute(asked.values(done_at=now))

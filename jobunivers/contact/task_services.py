"""Tasks of staff: done, and open again."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.contact import course_queries as courses
from jobunivers.contact import queries
from jobunivers.contact.models import Task
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared import audit


def finish_by_key(key: str, *, now: datetime) -> None:
    """What the task asked for has been done, by whomever."""
    waiting = sa.update(Task).where(Task.key == key, Task.done_at.is_(None))
    db.session.execute(waiting.values(done_at=now))


def pass_on(user_id: UUID) -> None:
    """Somebody has left: what she had to do is on the list of whoever is responsible for each
    citizen now.
    """
    waiting = sa.select(Task).where(Task.user_id == user_id, Task.done_at.is_(None))
    left = list(db.session.scalars(waiting.order_by(Task.due_on, Task.id)))
    who = courses.responsible_for([task.citizen_id for task in left])
    for task in left:
        task.user_id = who.get(task.citizen_id, user_id)
    db.session.flush()


def pass_on_of_those_who_left() -> None:
    """Nightly: what is still on the list of somebody who has left, because nobody was there that day,
    is somebody's as soon as somebody is.
    """
    gone = (
        sa.select(Task.user_id)
        .join(User, User.id == Task.user_id)
        .where(User.disabled_at.is_not(None), Task.done_at.is_(None))
        .distinct()
        .order_by(Task.user_id)
    )
    for user_id in db.session.scalars(gone).all():
        pass_on(user_id)


def hand_over(
    citizen_id: UUID, from_id: UUID | None, to_id: UUID | None, *, made_before: datetime
) -> None:
    """A citizen has another caseworker: what the one before had to do about her goes along; all that
    is to be done about her when she was nobody's. When she is nobody's now, it is on the list of
    whoever is responsible.
    """
    to_id = to_id or courses.responsible_for([citizen_id]).get(citizen_id)
    if to_id is None:
        return
    waiting = sa.update(Task).where(
        Task.citizen_id == citizen_id, Task.done_at.is_(None), Task.created_at <= made_before
    )
    if from_id is not None:
        waiting = waiting.where(Task.user_id == from_id)
    db.session.execute(waiting.values(user_id=to_id))


def finish_task(task_id: UUID, *, user_id: UUID, now: datetime) -> Task:
    """The member of staff has done it. Raises NotFound for somebody else's; doing it twice changes
    nothing.
    """
    task = queries.get_task_for(user_id, task_id, now)
    if task.done_at is None:
        task.done_at = now
        audit.record(
            "task.done",
            actor_id=user_id,
            actor_role="caseworker",
            citizen_id=task.citizen_id,
            what=task.what,
        )
    db.session.flush()
    return task


def reopen_task(task_id: UUID, *, user_id: UUID, now: datetime) -> Task:
    """Not done after all. Raises NotFound for somebody else's."""
    task = queries.get_task_for(user_id, task_id, now)
    if task.done_at is not None:
        task.done_at = None
        audit.record(
            "task.reopened",
            actor_id=user_id,
            actor_role="caseworker",
            citizen_id=task.citizen_id,
            what=task.what,
        )
    db.session.flush()
    return task

"""The contact course of a spell that ends, and of one whose end is taken back."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.contact.models import Need, Task
from jobunivers.contact.types import NeedStatus
from jobunivers.extensions import db

SPELL_ENDED = "spell_ended"


def end_course(citizen_id: UUID, *, now: datetime) -> None:
    """Nobody is invited or called any more: open needs are closed, open tasks are done."""
    needs = sa.update(Need).where(Need.citizen_id == citizen_id, Need.status == NeedStatus.OPEN)
    closed = {"status": NeedStatus.CLOSED, "closed_reason": SPELL_ENDED, "closed_at": now}
    db.session.execute(needs.values(**closed))
    tasks = sa.update(Task).where(Task.citizen_id == citizen_id, Task.done_at.is_(None))
    db.session.execute(tasks.values(done_at=now))


def resume_course(citizen_id: UUID, *, ended_at: datetime) -> None:
    """What `end_course` closed at that moment is open again."""
    needs = sa.update(Need).where(
        Need.citizen_id == citizen_id,
        Need.closed_reason == SPELL_ENDED,
        Need.closed_at == ended_at,
    )
    opened = {"status": NeedStatus.OPEN, "closed_reason": "", "closed_at": None}
    db.session.execute(needs.values(**opened))
    tasks = sa.update(Task).where(Task.citizen_id == citizen_id, Task.done_at == ended_at)
    db.session.execute(tasks.values(done_at=None))

"""Questions about threads, deliveries and the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.messages.models import Delivery, Message, OutboxJob, WorkerSeen
from jobunivers.messages.types import BY_HAND, Channel, Failure, JobState


@dataclass(frozen=True)
class Unanswered:
    """A citizen who waits for an answer: since when, and how many messages."""

    citizen_id: UUID
    since: datetime
    count: int


@dataclass(frozen=True)
class OutboxFigures:
    """The outbox in numbers, for those who run the house."""

    by_state: dict[str, int]
    oldest_due: datetime | None


def list_messages(citizen_id: UUID, *, limit: int = 100) -> list[Message]:
    """The citizen's thread, newest first."""
    query = sa.select(Message).where(Message.citizen_id == citizen_id)
    return list(
        db.session.scalars(query.order_by(Message.created_at.desc(), Message.id).limit(limit))
    )


def count_unread(citizen_id: UUID) -> int:
    """Messages to the citizen that she has not seen."""
    return db.session.scalar(_unread(), {"citizen": citizen_id}) or 0


@cache
def _unread() -> sa.Select[int]:
    to_her = (
        Message.citizen_id == sa.bindparam("citizen"),
        Message.from_citizen.is_(False),
        Message.read_at.is_(None),
    )
    return sa.select(sa.func.count()).where(*to_her)


def find_message_by_key(key: str) -> Message | None:
    """The message that this cause or form already made."""
    return db.session.scalar(sa.select(Message).where(Message.key == key))


def list_unanswered(citizen_ids: Sequence[UUID] | sa.Select[UUID]) -> list[Unanswered]:
    """Which of these citizens (ids, or a select of ids) wait for an answer, the longest wait first."""
    query = (
        sa.select(Message.citizen_id, sa.func.min(Message.created_at), sa.func.count())
        .where(
            Message.citizen_id.in_(citizen_ids),
            Message.from_citizen.is_(True),
            Message.answered_at.is_(None),
        )
        .group_by(Message.citizen_id)
        .order_by(sa.func.min(Message.created_at), Message.citizen_id)
    )
    return [Unanswered(*row) for row in db.session.execute(query)]


def count_deliveries(citizen_id: UUID, kinds: Sequence[str], *, since: datetime) -> int:
    """How many messages of these kinds left for the citizen lately."""
    query = (
        sa.select(sa.func.count())
        .select_from(Delivery)
        .join(Message, Message.id == Delivery.message_id)
    )
    return (
        db.session.scalar(
            query.where(
                Message.citizen_id == citizen_id,
                Message.kind.in_(kinds),
                Message.created_at > since,
            )
        )
        or 0
    )


def count_deliveries_of(
    citizen_ids: Sequence[UUID], kinds: Sequence[str], *, since: datetime
) -> dict[UUID, int]:
    """The same for many citizens: those to whom something left."""
    query = sa.select(Message.citizen_id, sa.func.count()).join(
        Delivery, Delivery.message_id == Message.id
    )
    query = query.where(
        Message.citizen_id.in_(citizen_ids), Message.kind.in_(kinds), Message.created_at > since
    )
    return {
        row[0]: row[1]
        for row in db.session.execute(
            query.group_by(Message.citizen_id).order_by(Message.citizen_id)
        )
    }


def find_delivery(delivery_id: UUID) -> tuple[Delivery, Message] | None:
    """One delivery with its message."""
    query = (
        sa.select(Delivery, Message)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.id == delivery_id)
    )
    row = db.session.execute(query).first()
    return (row[0], row[1]) if row else None


def list_letters(
    citizen_ids: Sequence[UUID] | sa.Select[UUID], *, limit: int = 200
) -> list[tuple[Delivery, Message]]:
    """Letters to these citizens (ids, or a select of ids) to print and post, oldest first."""
    query = (
        sa.select(Delivery, Message)
        .join(Message, Message.id == Delivery.message_id)
        .where(
            Delivery.channel == Channel.LETTER,
            Delivery.sent_at.is_(None),
            Message.citizen_id.in_(citizen_ids),
        )
        .order_by(Message.created_at, Delivery.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def find_job(key: str) -> OutboxJob | None:
    """The job with this key."""
    return db.session.scalar(sa.select(OutboxJob).where(OutboxJob.key == key))


def _unsent() -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Delivery.channel.not_in(BY_HAND),
        Delivery.sent_at.is_(None),
        Delivery.failed_at.is_(None),
    )


def list_stuck(before: datetime) -> list[Delivery]:
    """Mails and SMS older than that which have neither gone nor fallen back."""
    query = sa.select(Delivery).where(*_unsent(), Delivery.created_at < before)
    return [one for one in db.session.scalars(query.order_by(Delivery.id)) if one.address]


@dataclass(frozen=True)
class NotReached:
    """A citizen whom a message did not reach: somebody calls, or posts the letter."""

    delivery_id: UUID
    citizen_id: UUID
    message: Message
    channel: Channel
    why: Failure
    since: datetime


def list_not_reached(citizen_ids: sa.Select[UUID]) -> list[NotReached]:
    """Whom of these citizens our messages did not reach, and nobody has called or written to since;
    the longest wait first.
    """
    query = (
        sa.select(Delivery, Message)
        .join(Message, Message.id == Delivery.message_id)
        .where(*_by_hand_now(), Message.citizen_id.in_(citizen_ids))
        .order_by(Delivery.created_at, Delivery.id)
    )
    return [
        NotReached(
            row[0].id,
            row[1].citizen_id,
            row[1],
            row[0].channel,
            Failure(row[0].why or Failure.NO_ADDRESS),
            row[0].created_at,
        )
        for row in db.session.execute(query)
    ]


def _by_hand_now() -> tuple[sa.ColumnElement[bool], ...]:
    """Letters that stand in for something else, and calls; not the letters of those who want
    paper.
    """
    return (
        Delivery.channel.in_(BY_HAND),
        sa.or_(Delivery.channel == Channel.CALL, Delivery.why.is_not(None)),
        Delivery.sent_at.is_(None),
    )


def count_not_reached(citizen_ids: sa.Select[UUID] | None = None) -> int:
    """How many messages reached nobody yet, of these citizens or of all."""
    query = (
        sa.select(sa.func.count())
        .select_from(Delivery)
        .join(Message, Message.id == Delivery.message_id)
        .where(*_by_hand_now())
    )
    if citizen_ids is not None:
        query = query.where(Message.citizen_id.in_(citizen_ids))
    return db.session.scalar(query) or 0


def count_letters() -> int:
    """How many letters wait to be printed and posted."""
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(
                Delivery.channel == Channel.LETTER, Delivery.sent_at.is_(None)
            )
        )
        or 0
    )


def count_waiting(kind: str) -> int:
    """How many jobs of a kind wait in the outbox, due or not."""
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(
                OutboxJob.kind == kind, OutboxJob.state == JobState.WAITING
            )
        )
        or 0
    )


def list_without_end() -> list[UUID]:
    """Deliveries that nobody will ever finish: not gone, not fallen back, and no job waits for
    them or was called off. There must be none; `doctor` looks.
    """
    open_ones = db.session.scalars(sa.select(Delivery.id).where(*_unsent()).order_by(Delivery.id))
    ids = {f"deliver:{delivery_id}": delivery_id for delivery_id in open_ones}
    fine = (JobState.WAITING, JobState.CANCELLED, JobState.HELD)
    jobs = sa.select(OutboxJob.key).where(
        OutboxJob.kind == "messages.deliver", OutboxJob.state.in_(fine)
    )
    kept = set(db.session.scalars(jobs.order_by(OutboxJob.key)))
    return [delivery_id for key, delivery_id in ids.items() if key not in kept]


def list_troubled(limit: int = 200) -> list[OutboxJob]:
    """Jobs that were given up, or failed and are tried again; the newest first."""
    troubled = sa.or_(
        OutboxJob.state.in_((JobState.FAILED, JobState.HELD)),
        sa.and_(OutboxJob.state == JobState.WAITING, OutboxJob.error.is_not(None)),
    )
    order = (OutboxJob.run_at.desc(), OutboxJob.id)
    return list(
        db.session.scalars(sa.select(OutboxJob).where(troubled).order_by(*order).limit(limit))
    )


def count_failing() -> int:
    """Jobs that were tried in vain and are tried again."""
    query = sa.select(sa.func.count()).where(
        OutboxJob.state == JobState.WAITING, OutboxJob.error.is_not(None)
    )
    return db.session.scalar(query) or 0


def outbox_figures(now: datetime) -> OutboxFigures:
    """Jobs by state, and since when the oldest due one waits."""
    states = db.session.execute(
        sa.select(OutboxJob.state, sa.func.count())
        .group_by(OutboxJob.state)
        .order_by(OutboxJob.state)
    )
    due = sa.select(sa.func.min(OutboxJob.run_at)).where(
        OutboxJob.state == JobState.WAITING, OutboxJob.run_at <= now
    )
    return OutboxFigures({state.value: count for state, count in states}, db.session.scalar(due))


def worker_seen_at() -> datetime | None:
    """When any worker last drew breath (the machine's time)."""
    return db.session.scalar(sa.select(sa.func.max(WorkerSeen.seen_at)))


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """All messages and how they were sent, for the citizen to take along."""
    query = (
        sa.select(Message, Delivery)
        .outerjoin(Delivery, Delivery.message_id == Message.id)
        .where(Message.citizen_id == citizen_id)
        .order_by(Message.created_at, Message.id)
    )
    return {
        "messages": [
            _as_json(row[0], cast("Delivery | None", row[1])) for row in db.session.execute(query)
        ]
    }


def _as_json(message: Message, delivery: Delivery | None) -> dict[str, Any]:
    return {
        "written_at": message.created_at.isoformat(),
        "from_me": message.from_citizen,
        "kind": message.kind,
        "text": message.body,
        "details": message.params,
        "read_at": message.read_at.isoformat() if message.read_at else None,
        "sent_by": delivery.channel.value if delivery else None,
        "sent_at": delivery.sent_at.isoformat() if delivery and delivery.sent_at else None,
    }

"""The outbox: work written down in the transaction of its cause and done later, at least once and
with a key that makes it once.

`enqueue` and `cancel_about` belong into the caller's `with write():`. Everything else is the
worker's.
A job's time to run is the product's time (JU_CLOCK moves it); leases are the machine's time.
"""

import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.messages import rules
from jobunivers.messages.models import OutboxJob
from jobunivers.messages.types import JobState
from jobunivers.shared import clock
from jobunivers.shared.db import insert_of

Handler = Callable[[dict[str, Any], datetime], None]
BATCH = 20
LEASE = timedelta(seconds=60)
BEGINS_AT = "begins_at"  # in the payload; the handler does not get it


class Later(Exception):
    """A handler raises this to be called again at `at`, or `after` a while, without counting as a
    failure.
    """

    def __init__(self, at: datetime | None = None, *, after: timedelta = timedelta()) -> None:
        super().__init__("later")
        self.at, self.after = at, after

    def when(self, now: datetime) -> datetime:
        """The moment, for a worker whose clock shows `now`."""
        return self.at or now + self.after


@dataclass(frozen=True)
class Claimed:
    """A job that this worker holds. `attempts` is the fence: whoever claims it after us has a
    higher number.
    """

    id: UUID
    kind: str
    payload: dict[str, Any]
    key: str | None
    attempts: int
    not_after: datetime | None

    @property
    def begins_at(self) -> datetime | None:
        """When the thing begins that it tells of."""
        given = self.payload.get(BEGINS_AT)
        return datetime.fromisoformat(given) if given else None


@dataclass(frozen=True)
class Kind:
    """What does a kind of job, and whether it keeps quiet hours."""

    function: Handler
    is_quiet_at_night: bool
    given_up: Handler | None = None


_kinds: dict[str, Kind] = {}
_running: ContextVar[Claimed | None] = ContextVar("running", default=None)


def handles(
    kind: str, *, quiet_at_night: bool = False, given_up: Handler | None = None
) -> Callable[[Handler], Handler]:
    """Registers what does jobs of this kind: function(payload, now), called in an app context,
    outside a transaction.

    It may be called again after a crash: check what is already done. `quiet_at_night` postpones
    jobs that fall between 21 and 9. `given_up` is called once when the last try has failed too.
    """

    def register(function: Handler) -> Handler:
        _kinds[kind] = Kind(function, quiet_at_night, given_up)
        return function

    return register


def find_kind(kind: str) -> Kind | None:
    """What does jobs of this kind; None when nobody does (yet)."""
    return _kinds.get(kind)


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    run_at: datetime,
    key: str | None = None,
    subject_key: str | None = None,
    not_after: datetime | None = None,
    begins_at: datetime | None = None,
) -> None:
    """Writes a job into the caller's transaction. A second job with the same `key` is ignored,
    unless the first was cancelled: then it lives again.

    `payload`: JSON values (ids and dates become text); ids only, no personal data. `not_after`:
    past it the job is cancelled, not done. `begins_at`: what it tells of begins then, so that quiet
    time does not hold it back for too long.
    """
    if begins_at is not None:
        payload = payload | {BEGINS_AT: begins_at.isoformat()}
    plain = json.loads(json.dumps(payload, default=str))
    fresh = {
        "kind": kind,
        "payload": plain,
        "subject_key": subject_key,
        "run_at": run_at,
        "not_after": not_after,
        "state": JobState.WAITING,
    }
    insert = insert_of(db.session.connection().dialect.name)(OutboxJob)
    statement = insert.values(id=uuid4(), created_at=clock.now(), key=key, attempts=0, **fresh)
    if key is not None:
        revived = {**fresh, "attempts": 0, "locked_until": None, "done_at": None, "error": None}
        statement = statement.on_conflict_do_update(
            index_elements=["key"], set_=revived, where=OutboxJob.state == JobState.CANCELLED
        )
    db.session.execute(statement)


def enqueue_all(kind: str, payloads: dict[str, dict[str, Any]], *, run_at: datetime) -> None:
    """The same for many jobs by key, in one statement. The keys must be new: made of an id that has
    just been drawn.
    """
    rows = [
        {
            "kind": kind,
            "payload": json.loads(json.dumps(one, default=str)),
            "key": key,
            "run_at": run_at,
        }
        for key, one in payloads.items()
    ]
    if rows:
        db.session.execute(sa.insert(OutboxJob), rows)


def cancel_about(subject_key: str) -> int:
    """Cancels every waiting job about a thing (a meeting that was moved, say) in the caller's
    transaction. Returns how many.
    """
    waiting = sa.update(OutboxJob).where(
        OutboxJob.subject_key == subject_key, OutboxJob.state == JobState.WAITING
    )
    return int(db.session.execute(waiting.values(state=JobState.CANCELLED)).rowcount)  # type: ignore[attr-defined]


def current_key() -> str:
    """A stable name of the job that is running, for the Message-ID of what it sends: the same at
    every attempt.
    """
    job = _running.get()
    if job is None:
        raise LookupError("no job is running")
    return job.key or str(job.id)


# --- the worker's side: each in a short transaction of its own
# ----------------------------------------------------------


def claim(now: datetime, *, limit: int = BATCH, lease: timedelta = LEASE) -> list[Claimed]:
    """Takes jobs that are due and not held by a living worker, oldest first; two workers never get
    the same one.
    """
    real = clock.real_now()
    free = sa.or_(OutboxJob.locked_until.is_(None), OutboxJob.locked_until <= real)
    due = (
        sa.select(OutboxJob.id)
        .where(
            OutboxJob.state == JobState.WAITING,
            OutboxJob.run_at <= now,
            free,
        )
        .order_by(OutboxJob.run_at, OutboxJob.id)
        .limit(limit)
    )
    if db.engine.dialect.name == "postgresql":
        due = due.with_for_update(skip_locked=True)
    # The CTE matters: PostgreSQL's planner may evaluate a bare `IN (... LIMIT ... SKIP LOCKED)`
    # twice.
    statement = (
        sa.update(OutboxJob)
        .where(OutboxJob.id.in_(sa.select(due.cte("due").c.id)))
        .values(locked_until=real + lease, attempts=OutboxJob.attempts + 1)
        .returning(
            OutboxJob.id,
            OutboxJob.kind,
            OutboxJob.payload,
            OutboxJob.key,
            OutboxJob.attempts,
            OutboxJob.not_after,
            OutboxJob.run_at,
        )
    )
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        rows = connection.execute(statement).all()
    rows = sorted(rows, key=lambda row: (row.run_at, row.id))
    return [
        Claimed(row.id, row.kind, row.payload, row.key, row.attempts, row.not_after) for row in rows
    ]


def is_still_mine(job: Claimed) -> bool:
    """False when the job was cancelled, or its lease ran out and another worker has it."""
    with db.engine.connect() as connection:
        return connection.scalar(sa.select(OutboxJob.id).where(*_mine(job))) is not None


def renew(jobs: list[Claimed], *, lease: timedelta = LEASE) -> None:
    """Prolongs the lease of jobs still at work."""
    mine = [sa.and_(*_mine(job)) for job in jobs]
    _change(
        sa.update(OutboxJob)
        .where(sa.or_(*mine), OutboxJob.locked_until.is_not(None))
        .values(locked_until=clock.real_now() + lease)
    )


def finish(job: Claimed, state: JobState, now: datetime) -> None:
    """The job is done, or too late to do."""
    _change(
        sa.update(OutboxJob)
        .where(*_mine(job))
        .values(state=state, done_at=now, locked_until=None, error=None)
    )


def postpone(job: Claimed, at: datetime) -> None:
    """Back into the queue for later; the attempt does not count."""
    _change(
        sa.update(OutboxJob)
        .where(*_mine(job))
        .values(run_at=at, locked_until=None, attempts=job.attempts - 1)
    )


def release(job: Claimed) -> None:
    """Back into the queue untouched (the worker is asked to stop)."""
    _change(
        sa.update(OutboxJob).where(*_mine(job)).values(locked_until=None, attempts=job.attempts - 1)
    )


def fail(job: Claimed, error: Exception, now: datetime) -> None:
    """Tried and failed: again later, or given up for good after the last try."""
    values: dict[str, Any] = {"locked_until": None, "error": type(error).__name__}
    if is_last_try(job):
        values |= {"state": JobState.FAILED, "done_at": now}
    else:
        values |= {"run_at": rules.retry_at(job.attempts, now)}
    _change(sa.update(OutboxJob).where(*_mine(job)).values(**values))


def try_again(now: datetime, *, only: UUID | None = None) -> int:
    """Given-up jobs live again and failing ones do not wait. Returns how many."""
    troubled = sa.or_(
        OutboxJob.state.in_((JobState.FAILED, JobState.HELD)),
        sa.and_(OutboxJob.state == JobState.WAITING, OutboxJob.error.is_not(None)),
    )
    fresh = {"state": JobState.WAITING, "attempts": 0, "run_at": now, "done_at": None}
    statement = sa.update(OutboxJob).where(troubled)
    if only is not None:
        statement = statement.where(OutboxJob.id == only)
    return int(db.session.execute(statement.values(**fresh)).rowcount)  # type: ignore[attr-defined]


def revive(key: str, now: datetime) -> None:
    """A job that has ended is done once more."""
    fresh = {"state": JobState.WAITING, "attempts": 0, "run_at": now, "done_at": None}
    db.session.execute(sa.update(OutboxJob).where(OutboxJob.key == key).values(**fresh))


def is_last_try(job: Claimed) -> bool:
    """After this one it is given up. A worker that died at the last try leaves one more."""
    return job.attempts >= rules.MAX_ATTEMPTS


def run(job: Claimed, kind: Kind, now: datetime) -> None:
    """Calls the handler; `current_key` answers meanwhile."""
    token = _running.set(job)
    try:
        kind.function({k: v for k, v in job.payload.items() if k != BEGINS_AT}, now)
    finally:
        _running.reset(token)


def _mine(job: Claimed) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        OutboxJob.id == job.id,
        OutboxJob.attempts == job.attempts,
        OutboxJob.state == JobState.WAITING,
    )


def _change(statement: sa.Executable) -> None:
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(statement)

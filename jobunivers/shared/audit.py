"""Who did or saw what. Every look of staff at a citizen leaves a row; the citizen reads it at
/my/data.

The rows are a chain (`shared/chain.py`): one that was changed or removed is found by `verify`. A row
is numbered when its transaction ends. What must be forgotten is cut out: the row loses its content
and keeps its place, and a record of the cut says why (docs/decisions).
"""

import json
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from jobunivers.extensions import db
from jobunivers.shared import chain, clock
from jobunivers.shared import db as database
from jobunivers.shared.db import Base

LOG = "audit"
CUT, TAKEN_OVER, BROKEN = "log.cut", "log.taken_over", "log.broken"
BATCH = 1000


class AuditEvent(Base):
    """One look or deed. `detail` holds codes and ids only, never answers, names or numbers."""

    actor_id: Mapped[UUID | None]
    actor_role: Mapped[str]
    citizen_id: Mapped[UUID | None]  # no foreign key: the log ends by a cut, not by a cascade
    action: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    number: Mapped[int] = mapped_column(unique=True)
    salt: Mapped[str]  # goes with the content, so that `digest` alone proves nothing about anybody
    digest: Mapped[str]
    hash: Mapped[str]
    __table_args__ = (
        sa.Index("ix_audit_event_citizen_id_number", "citizen_id", "number"),
        sa.Index("ix_audit_event_actor_id_created_at", "actor_id", "created_at"),
    )


@dataclass(frozen=True)
class _Waiting:
    """A row that gets its number when the transaction ends; `within` are the savepoints and the
    transaction it was written in.
    """

    values: dict[str, Any]
    within: tuple[SessionTransaction, ...]


def record(
    action: str,
    *,
    actor_id: UUID | None,
    actor_role: str,
    citizen_id: UUID | None = None,
    purpose: str = "",
    **detail: Any,
) -> None:
    """Adds an audit row to the transaction of the deed itself."""
    _wait([_values(action, actor_id, actor_role, citizen_id=citizen_id, purpose=purpose, **detail)])


def record_all(
    action: str, citizens: Iterable[tuple[UUID, dict[str, Any]]], *, actor_role: str
) -> None:
    """The same for a deed of the system about many citizens, each with its detail."""
    _wait(
        [
            _values(action, None, actor_role, citizen_id=citizen_id, **detail)
            for citizen_id, detail in citizens
        ]
    )


def _values(
    action: str,
    actor_id: UUID | None,
    actor_role: str,
    *,
    citizen_id: UUID | None = None,
    purpose: str = "",
    **detail: Any,
) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "created_at": clock.now(),
        "action": action,
        "actor_id": actor_id,
        "actor_role": actor_role,
        "citizen_id": citizen_id,
        "purpose": purpose,
        "detail": json.loads(json.dumps(detail, default=str)),  # as it will be read again
    }


def _wait(rows: list[dict[str, Any]]) -> None:
    session, within = db.session, []
    session.connection()  # the transaction begins, if it has not
    step = session.get_nested_transaction() or session.get_transaction()
    while step is not None:
        within.append(step)
        step = step.parent
    waiting = session.info.setdefault("audit", [])
    waiting += [_Waiting(values, tuple(within)) for values in rows]


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: Any) -> None:
    """What was undone was not done: rows of that savepoint or transaction are not written."""
    waiting: list[_Waiting] = session.info.get("audit", [])
    waiting[:] = [row for row in waiting if ended not in row.within]


@event.listens_for(Session, "before_commit")
def _number(session: Session) -> None:
    """The last thing that a transaction does: its rows become links of the chain."""
    waiting: list[_Waiting] = session.info.get("audit", [])
    if not waiting or session.in_nested_transaction():
        return
    session.flush()
    rows = [row.values for row in waiting if session.get_transaction() in row.within]
    waiting.clear()
    head = chain.lock_head(session, LOG, AuditEvent.__table__.c.number)
    if not head.is_signed(LOG):
        rows.insert(0, _unsigned_head(LOG, head))
    number, digest = head.number, head.hash
    for row in rows:
        number += 1
        row["salt"] = secrets.token_hex(16)
        row["digest"] = digest_of(row)
        digest = chain.digest_of(number, digest, row["digest"])
        row |= {"number": number, "hash": digest}
    session.execute(sa.insert(AuditEvent), rows)
    chain.move_head(session, LOG, number, digest)


def record_unsigned_head(log: str, head: chain.Head) -> None:
    """Writes down for ever that a log goes on from an end which we had not signed: once after the
    upgrade that began to sign, and never again.
    """
    _wait([_unsigned_head(log, head)])


def _unsigned_head(log: str, head: chain.Head) -> dict[str, Any]:
    action = BROKEN if head.mac else TAKEN_OVER
    return _values(action, None, "system", log=log, number=head.number)


def digest_of(row: Mapping[str, Any]) -> str:
    """The hash over a row's content. The salt makes it useless for guessing what a cut row said."""
    return chain.digest_of(
        row["salt"],
        row["created_at"],
        row["actor_id"],
        row["actor_role"],
        row["citizen_id"],
        row["action"],
        row["purpose"],
        row["detail"],
    )


# --- looks
# ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Looker:
    """Who looks, in which role, and what she does and why."""

    actor_id: UUID
    actor_role: str
    action: str
    purpose: str


def record_look(looker: Looker, citizen_id: UUID) -> None:
    """Stores that somebody is about to see a citizen's page. A short transaction of its own; if it
    fails, so does the page.
    """
    _store(looker, [citizen_id])


def record_looks(looker: Looker, citizen_ids: Iterable[UUID]) -> None:
    """The same for a page that names several citizens: one row each, in one transaction; none for
    whom she has seen today already for the same reason.
    """
    wanted = list(dict.fromkeys(citizen_ids))
    known = _seen_today(looker, wanted) if wanted else set()
    _store(looker, [citizen_id for citizen_id in wanted if citizen_id not in known])


def _store(looker: Looker, citizen_ids: list[UUID]) -> None:
    if citizen_ids:
        with database.write():
            _wait(
                [
                    _values(
                        looker.action,
                        looker.actor_id,
                        looker.actor_role,
                        citizen_id=citizen_id,
                        purpose=looker.purpose,
                    )
                    for citizen_id in citizen_ids
                ]
            )


def _seen_today(looker: Looker, citizen_ids: list[UUID]) -> set[UUID]:
    query = sa.select(AuditEvent.citizen_id).where(
        AuditEvent.actor_id == looker.actor_id,
        AuditEvent.created_at >= clock.start_of_day(clock.now()),
        AuditEvent.action == looker.action,
        AuditEvent.purpose == looker.purpose,
        AuditEvent.citizen_id.in_(citizen_ids),
    )
    return {found for found in db.session.scalars(query) if found is not None}


def looks_at(
    citizen_id: UUID,
    *,
    roles: Iterable[str] | None = None,
    before: int | None = None,
    limit: int | None = None,
) -> list[AuditEvent]:
    """What these roles (all, when none are named) did with or saw of a citizen, newest first; from
    below a number on, when one is given.
    """
    query = sa.select(AuditEvent).where(AuditEvent.citizen_id == citizen_id)
    if roles is not None:
        query = query.where(AuditEvent.actor_role.in_(list(roles)))
    if before is not None:
        query = query.where(AuditEvent.number < before)
    return list(db.session.scalars(query.order_by(AuditEvent.number.desc()).limit(limit)))


# --- forgetting, and the proof that nothing else was forgotten
# ------------------------------------------------------------------------------


def cut(citizen_id: UUID, *, why: str, by_role: str) -> int:
    """Takes the content out of every row about a citizen, in the caller's transaction, and writes
    down which places are empty now and why. Returns how many.
    """
    waiting: list[_Waiting] = db.session.info.get("audit", [])
    waiting[:] = [row for row in waiting if row.values["citizen_id"] != citizen_id]
    about = AuditEvent.citizen_id == citizen_id
    rows = db.session.execute(
        sa.select(AuditEvent.number, AuditEvent.digest).where(about).order_by(AuditEvent.number)
    ).all()
    if rows:
        empty: dict[str, Any] = {"actor_id": None, "citizen_id": None, "detail": {}}
        words = dict.fromkeys(("actor_role", "action", "purpose", "salt"), "")
        db.session.execute(
            sa.update(AuditEvent).where(about).values(**empty, **words),
            execution_options={"synchronize_session": False},
        )
        places = _as_ranges([row.number for row in rows])
        proof = chain.digest_of(*[row.digest for row in rows])
        record(CUT, actor_id=None, actor_role=by_role, why=why, places=places, proof=proof)
    return len(rows)


def _as_ranges(numbers: list[int]) -> list[list[int]]:
    """[3, 4, 5, 9] as [[3, 5], [9, 9]]."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


@dataclass
class _Reading:
    """What `verify` has seen so far."""

    faults: list[str] = field(default_factory=list)
    empty: dict[int, str] = field(default_factory=dict)
    number: int = 0
    digest: str = chain.FIRST
    taken_over: Counter[str] = field(default_factory=Counter)

    def take(self, row: Mapping[str, Any]) -> None:
        """The next row: its place, its content, and what it says about other rows."""
        number = row["number"]
        if number != self.number + 1:
            self.faults.append(f"{number}: the link before it is missing")
        if row["hash"] != chain.digest_of(number, self.digest, row["digest"]):
            self.faults.append(f"{number}: it was changed, or the link before it was")
        if not row["salt"] and not row["action"]:
            self.empty[number] = row["digest"]
        elif row["digest"] != digest_of(row):
            self.faults.append(f"{number}: its content was changed")
        self.number, self.digest = number, row["hash"]
        if row["action"] == CUT:
            self._take_cut(row)
        elif row["action"] in (BROKEN, TAKEN_OVER):
            self._take_unsigned(row)

    def _take_unsigned(self, row: Mapping[str, Any]) -> None:
        log = row["detail"]["log"]
        self.taken_over[log] += 1
        if row["action"] == BROKEN or self.taken_over[log] > 1:
            self.faults.append(f"{row['number']}: the {log} log had lost its end before it")

    def _take_cut(self, row: Mapping[str, Any]) -> None:
        places = [n for first, last in row["detail"]["places"] for n in range(first, last + 1)]
        found = [self.empty.pop(number, "") for number in places]
        if row["detail"]["proof"] != chain.digest_of(*found):
            self.faults.append(f"{row['number']}: it records another cut than was made")


def verify(anchors: Iterable[tuple[int, str]] = ()) -> list[str]:
    """One line for each fault: a link that was changed, moved or removed, content that is gone
    without a record of the cut, an end that is missing, an anchor that does not hold.
    """
    reading, held = _Reading(), list(anchors)
    wanted = {number for number, _digest in held}
    found: dict[int, str] = {}
    while rows := _list_after(reading.number):
        for row in rows:
            reading.take(row)
            if row["number"] in wanted:
                found[row["number"]] = row["hash"]
    for number in reading.empty:
        reading.faults.append(f"{number}: its content is gone, and no cut says why")
    reading.faults += chain.broken_anchors(held, found)
    chain.faults_at_the_end(LOG, reading.number, reading.digest, reading.faults.append)
    return reading.faults


def _list_after(number: int) -> list[Mapping[str, Any]]:
    table = AuditEvent.__table__
    query = sa.select(table).where(table.c.number > number).order_by(table.c.number).limit(BATCH)
    return [dict(row._mapping) for row in db.session.execute(query)]

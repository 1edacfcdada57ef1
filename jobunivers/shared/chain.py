"""Logs that cannot forget: each row holds a hash over itself and the hash of the row before, and the
signed head of each log says how long it is, so that a missing end is noticed as well.

The head is written last in a transaction, when nothing else is waited for: whoever appends waits for
the one before her for the length of a commit, and for nothing else.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from jobunivers.extensions import db
from jobunivers.shared import clock, vault
from jobunivers.shared.db import Base, insert_of

FIRST = "0" * 64
LOST = "lost"  # instead of a signature


class ChainHead(Base):
    """The newest link of one log: its number and hash, signed with a key that the database has not."""

    name: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int]
    hash: Mapped[str]
    mac: Mapped[str]


class Head:
    """Where a log ends; `is_signed` is false for the one that an upgrade found, and for a forged one."""

    def __init__(self, number: int, digest: str, *, mac: str | None) -> None:
        self.number, self.hash, self.mac = number, digest, mac

    def is_signed(self, name: str) -> bool:
        """Whether one of our keys has signed just this end of just this log."""
        if not self.mac:
            return False
        return vault.is_signed(_signed(name, self.number, self.hash), self.mac)


_HEAD = ChainHead.__table__.c
_READ = sa.select(_HEAD.number, _HEAD.hash, _HEAD.mac).where(_HEAD.name == sa.bindparam("log"))
_LOCK = _READ.with_for_update()


def read_head(name: str) -> Head:
    """Where the log ends now; number 0 when it is empty."""
    row = db.session.execute(_READ, {"log": name}).first()
    return Head(row.number, row.hash, mac=row.mac) if row else Head(0, FIRST, mac=None)


def lock_head(session: Session, name: str, column: Any) -> Head:
    """The same for whoever is about to append: others wait until this transaction ends. `column` is
    the log's own number, beside which its hash stands: a head that somebody removed is begun anew at
    the last row, without our signature.
    """
    row = session.execute(_LOCK, {"log": name}).first()
    if row is None:
        last = session.execute(
            sa.select(column, column.table.c.hash).order_by(column.desc()).limit(1)
        ).first()
        number, digest = tuple(last) if last else (0, FIRST)
        mac = LOST if last else sign(name, number, digest)
        fresh = {"name": name, "number": number, "hash": digest, "mac": mac}
        insert = insert_of(session.connection().dialect.name)(ChainHead)
        session.execute(insert.values(**fresh).on_conflict_do_nothing(index_elements=["name"]))
        row = session.execute(_LOCK, {"log": name}).one()
    return Head(row.number, row.hash, mac=row.mac)


def move_head(session: Session, name: str, number: int, digest: str) -> None:
    """The log ends here from now on."""
    session.execute(
        sa.update(ChainHead)
        .where(ChainHead.name == name)
        .values(number=number, hash=digest, mac=sign(name, number, digest), created_at=clock.now()),
        execution_options={"synchronize_session": False},
    )


def list_heads() -> list[tuple[str, int, str]]:
    """(log, number, hash) of every log that has begun."""
    rows = db.session.execute(
        sa.select(_HEAD.name, _HEAD.number, _HEAD.hash).order_by(_HEAD.name)
    ).all()
    return [(row.name, row.number, row.hash) for row in rows if row.number]


def sign_again() -> int:
    """Signs every head with the newest key, in the caller's transaction; those that no key of ours
    has signed stay as they are.
    """
    rows = db.session.execute(sa.select(ChainHead.__table__).with_for_update()).all()
    for row in rows:
        if Head(row.number, row.hash, mac=row.mac).is_signed(row.name):
            move_head(db.session, row.name, row.number, row.hash)
    return len(rows)


def sign(name: str, number: int, digest: str) -> str:
    """The signature under a head."""
    return vault.sign(_signed(name, number, digest))


def _signed(name: str, number: int, digest: str) -> str:
    return f"{name}:{number}:{digest}"


def digest_of(*values: Any) -> str:
    """The hash over some values, the same on every machine and engine."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else str(value)


def broken_anchors(anchors: Iterable[tuple[int, str]], found: Mapping[int, str]) -> list[str]:
    """One line for each (number, hash) written down elsewhere that the log does not hold any more."""
    return [
        f"{number}: "
        + ("it was anchored and is missing" if number not in found else "not what was anchored")
        for number, digest in anchors
        if found.get(number) != digest
    ]


def faults_at_the_end(name: str, number: int, digest: str, say: Callable[[str], None]) -> None:
    """Says what is wrong when the last row read is not the one that the signed head names."""
    head = read_head(name)
    if (head.number, head.hash) != (number, digest):
        say(f"{number}: the log ends here, but its head is link {head.number}")
    elif head.number and not head.is_signed(name):
        say(f"{number}: the head of the log is not signed by us")

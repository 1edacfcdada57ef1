"""Keyed fingerprints under the present JU_SECRET_KEY, in small transactions: whoever is killed half-way
begins again, and finds what is done.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import rules
from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.messages import unreachable_services as unreachable
from jobunivers.messages.models import UnreachableAddress
from jobunivers.messages.types import Channel
from jobunivers.shared import vault

BATCH = 200
LOOKED_AT = 50
_C = Citizen.__table__.c


def of_numbers() -> tuple[int, list[UUID]]:
    """CPR numbers are found by the present key. How many were made anew, and who has the number of
    somebody else (two records of one person, made while keys changed).
    """
    count, double = 0, []
    for rows in _batches(_C.cpr_sealed, _C.cpr_fingerprint, where=_C.cpr_sealed.is_not(None)):
        fresh = [(row_id, old, _print_of(sealed)) for row_id, sealed, old in rows]
        changed = [(row_id, old, new) for row_id, old, new in fresh if old != new]
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            for row_id, old, new in changed:
                if _renew(connection, row_id, old, new):
                    count += 1
                elif _is_another(connection, row_id, new):
                    double.append(row_id)
    return count, double


def _print_of(sealed: bytes) -> str:
    return vault.fingerprint(rules.plain_cpr(vault.unseal(sealed)))


def _renew(connection: sa.Connection, row_id: UUID, old: str | None, new: str) -> bool:
    """A number that was changed meanwhile is left alone, and so is one that another citizen has."""
    other = sa.orm.aliased(Citizen)
    taken = sa.exists().where(other.cpr_fingerprint == new)
    is_old = _C.cpr_fingerprint == old if old is not None else _C.cpr_fingerprint.is_(None)
    change = sa.update(Citizen).where(_C.id == row_id, is_old, ~taken)
    return bool(connection.execute(change.values(cpr_fingerprint=new)).rowcount)


def _is_another(connection: sa.Connection, row_id: UUID, new: str) -> bool:
    query = sa.select(_C.id).where(_C.cpr_fingerprint == new, _C.id != row_id)
    return connection.scalar(query) is not None


def of_addresses() -> int:
    """Addresses that refused us, as far as a citizen still has them; the others get another chance.
    How many.
    """
    count = 0
    for rows in _batches(_C.email, _C.phone, where=sa.or_(_C.email != "", _C.phone != "")):
        ways = [
            (channel, unreachable.fingerprints_of(channel, text))
            for _row_id, email, phone in rows
            for channel, text in ((Channel.EMAIL, email), (Channel.SMS, phone))
            if text
        ]
        count += _move({(channel, old): new for channel, (new, *olds) in ways for old in olds})
    return count


def _move(fresh: dict[tuple[Channel, str], str]) -> int:
    table = UnreachableAddress
    count = 0
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        marks = [old for _channel, old in fresh]
        found = sa.select(table.id, table.channel, table.fingerprint)
        rows = connection.execute(found.where(table.fingerprint.in_(marks))).all()
        for row_id, channel, old in rows:
            new = fresh.get((channel, old), old)
            known = sa.select(table.id).where(table.channel == channel, table.fingerprint == new)
            if connection.scalar(known) is not None:
                connection.execute(
                    sa.delete(table).where(table.id == row_id, table.fingerprint != new)
                )
                continue
            change = sa.update(table).where(table.id == row_id)
            count += connection.execute(change.values(fingerprint=new)).rowcount
    return count


def _batches(
    *columns: sa.ColumnElement[object], where: sa.ColumnElement[bool]
) -> Iterator[list[Any]]:
    after: UUID | None = None
    while True:
        query = sa.select(_C.id, *columns).where(where).order_by(_C.id).limit(BATCH)
        if after is not None:
            query = query.where(_C.id > after)
        with db.engine.connect() as connection:
            rows = list(connection.execute(query))
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def count_lost() -> int:
    """Of the newest and oldest citizens with a CPR number, how many nobody finds by it any more."""
    sealed = sa.select(_C.cpr_sealed, _C.cpr_fingerprint).where(_C.cpr_fingerprint.is_not(None))
    lost = 0
    for order in (_C.id, _C.id.desc()):
        for data, mark in db.session.execute(sealed.order_by(order).limit(LOOKED_AT)):
            lost += mark not in vault.fingerprints(rules.plain_cpr(vault.unseal(data)))
    return lost

"""Erasing a citizen whole, once the municipality need not keep her case any longer. What she made
herself she deletes at /my/data.
"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import queries
from jobunivers.caseload.models import Citizen, Spell
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.shared.db import Base
from jobunivers.shared.errors import Conflict


def ended_before(day: date) -> sa.ScalarSelect[UUID]:
    """Citizens whose last period out of work ended before that day; whoever has an open one, or
    none at all, is not among them.
    """
    ended = sa.select(Spell.citizen_id).group_by(Spell.citizen_id)
    return ended.having(
        sa.func.max(Spell.ended_on) < day, sa.func.count() == sa.func.count(Spell.ended_on)
    ).scalar_subquery()


def list_erasable(day: date, *, limit: int) -> list[UUID]:
    """The same, at most so many."""
    return list(
        db.session.scalars(
            sa.select(Citizen.id)
            .where(Citizen.id.in_(ended_before(day)))
            .order_by(Citizen.id)
            .limit(limit)
        )
    )


def last_day(citizen_id: UUID) -> date | None:
    """The last day of her last period; None when there never was one. Raises NotFound, and Conflict
    while she is out of work.
    """
    queries.get_citizen(citizen_id)
    if queries.current_spell(citizen_id) is not None:
        raise Conflict
    return db.session.scalar(
        sa.select(sa.func.max(Spell.ended_on)).where(Spell.citizen_id == citizen_id)
    )


def count_rows(citizen_id: UUID) -> dict[str, int]:
    """How many rows of each table hang on her, for the receipt."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if any(
            key.column.table is Citizen.__table__
            for column in table.columns
            for key in column.foreign_keys
        ):
            query = (
                sa.select(sa.func.count())
                .select_from(table)
                .where(table.c.citizen_id == citizen_id)
            )
            found[table.name] = int(db.session.scalar(query) or 0)
    return {name: count for name, count in found.items() if count}


def erase(citizen_id: UUID) -> None:
    """Deletes her, her log-in, the log-ins of helpers who helped nobody else, and by the foreign
    keys all that hangs on her.
    """
    identity.erase_people_of(citizen_id)
    db.session.execute(sa.delete(Citizen).where(Citizen.id == citizen_id))
    db.session.expire_all()

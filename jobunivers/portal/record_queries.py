"""Every row about one person, column by column, as the features declare it: whatever she may read
leaves in her files, also a column that nobody has put on a page.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.portal import personal_catalogue
from jobunivers.shared import vault
from jobunivers.shared.db import Base

COMMON = ("id", "created_at")
# Whose a row is, by the column that says it; the first that a table has counts.
WHOSE = ("citizen_id", "owner_id", "user_id")


@cache
def hers() -> Mapping[str, tuple[str, ...]]:
    """table -> the columns that she may read, in the order of the declarations."""
    found: dict[str, list[str]] = {}
    for one in personal_catalogue.PERSONAL:
        if one.is_hers:
            found.setdefault(one.table, []).extend(one.names)
    return {table: tuple(columns) for table, columns in found.items()}


def rows_about(
    *, citizen_id: UUID | None = None, owner_id: UUID | None = None, user_id: UUID | None = None
) -> dict[str, list[dict[str, Any]]]:
    """table -> its rows about this person, oldest first."""
    ids = {"citizen_id": citizen_id, "owner_id": owner_id, "user_id": user_id}
    known = {name: found for name, found in ids.items() if found is not None}
    collected = {}
    for name, columns in hers().items():
        table = Base.metadata.tables[name]
        if (mine := _is_hers(table, known)) is not None:
            wanted = [table.c[column] for column in (*COMMON, *columns) if column in table.c]
            query = sa.select(*wanted).where(mine).order_by(table.c.created_at, table.c.id)
            rows = [
                {key: _plain(value) for key, value in row._mapping.items()}
                for row in db.session.execute(query)
            ]
            collected[name] = rows
    return {name: rows for name, rows in collected.items() if rows}


def _is_hers(table: sa.Table, known: Mapping[str, UUID]) -> sa.ColumnElement[bool] | None:
    """What a row must fulfil to be about her; None when no row of the table can be."""
    if f"{table.name}_id" in WHOSE:
        return table.c.id == known[f"{table.name}_id"] if f"{table.name}_id" in known else None
    says = next((name for name in WHOSE if name in table.c), None)
    if says is not None:
        return table.c[says] == known[says] if says in known else None
    parents = [
        (column, key.column.table)
        for column in table.c
        for key in sorted(column.foreign_keys, key=str)
    ]
    of_parents = [
        column.in_(sa.select(parent.c.id).where(mine))
        for column, parent in parents
        if parent.name in hers() and (mine := _is_hers(parent, known)) is not None
    ]
    return sa.or_(*of_parents) if of_parents else None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return vault.unseal(value)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value

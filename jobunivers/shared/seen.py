"""Whom somebody reads of. While a member of staff is answered, every query that reads a citizen's
name is noticed here, with whose name it was: no view and no query has to remember it.

A column of the type `PersonName` says that a name is read; the same row must say whose it is. A query
that cannot tell is an error, because what cannot be logged is not shown.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session

PERSON = "citizen.id"


class PersonName(sa.types.TypeDecorator[str]):
    """A column that names a citizen."""

    impl = sa.String
    cache_ok = True


class Unlogged(Exception):
    """A name was read in a way that does not say whose it is."""


@dataclass
class Watch:
    """Whose names were read for one answer."""

    action: str
    purpose: str
    read: Counter[UUID] = field(default_factory=Counter)
    logged: set[UUID] = field(default_factory=set)

    def unlogged(self) -> list[UUID]:
        """Those read, of whom the answer has not logged yet that it shows them."""
        return [
            found for found, times in self.read.items() if times > 0 and found not in self.logged
        ]


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextlib.contextmanager
def watching(action: str, purpose: str) -> Iterator[Watch]:
    """Notices from here on whose names are read; what for, unless the view says it better."""
    watch = Watch(action, purpose)
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def current() -> Watch | None:
    """What watches this answer; None where nobody's look is logged."""
    return _watch.get()


def note(citizen_ids: Iterable[UUID | None]) -> None:
    """For names that stand elsewhere than in a column of their own: on a letter, in a file."""
    if (watch := _watch.get()) is not None:
        watch.read.update(found for found in citizen_ids if found is not None)


def not_shown(citizen_ids: Iterable[UUID]) -> None:
    """A list reads more than it shows, to count or to know whether it goes on: these are not shown
    by it. Whom another list of the same page shows stays.
    """
    if (watch := _watch.get()) is not None:
        watch.read.subtract(citizen_ids)


def reading_for(purpose: str, action: str = "list.view") -> None:
    """What this page reads names for, as the citizen will find it in her log."""
    if (watch := _watch.get()) is not None:
        watch.action, watch.purpose = action, purpose


@event.listens_for(Session, "do_orm_execute")
def _notice(state: ORMExecuteState) -> Any:
    watch = _watch.get()
    if watch is None or not state.is_select or state.is_column_load:
        return None
    whose = _whose(state.statement)
    if whose is None:
        return None
    result = state.invoke_statement()
    if result._unique_filter_state is not None:  # joined lists: SQLAlchemy demands it of us, too
        result = result.unique()
    frozen = result.freeze()
    note(whose(row) for row in frozen())
    return frozen()


def _whose(statement: Any) -> Callable[[Any], UUID | None] | None:
    """How to tell from a row whose name stands in it; None when no name does."""
    columns = getattr(statement, "column_descriptions", ())
    if not any(_names_somebody(column) for column in columns):
        return None
    for place, column in enumerate(columns):
        if (found := _reader(column)) is not None:
            return lambda row, place=place, found=found: found(row[place])  # type: ignore[misc]
    raise Unlogged(f"a name is read and not whose it is: {statement}")


def _names_somebody(column: Any) -> bool:
    if _is_entity(column):
        return any(isinstance(one.type, PersonName) for one in sa.inspect(column["entity"]).columns)
    return isinstance(column["type"], PersonName)


def _is_entity(column: Any) -> bool:
    entity = column.get("entity")  # a select of a bare table has none
    return entity is not None and column["expr"] is entity


def _reader(column: Any) -> Callable[[Any], UUID | None] | None:
    """Gives the citizen's id from this column or object; None when it is about something else."""
    if not _is_entity(column):
        return (lambda value: value) if _is_person(column["expr"]) else None
    mapper = sa.inspect(column["entity"]).mapper
    for attribute in mapper.column_attrs:
        if any(_is_person(one) for one in attribute.columns):
            return lambda entity, key=attribute.key: getattr(entity, key, None)  # type: ignore[misc]
    return None


def _is_person(expression: Any) -> bool:
    clause = getattr(expression, "__clause_element__", lambda: expression)()
    bases = getattr(getattr(clause, "element", clause), "base_columns", ())
    return any(
        isinstance(one, sa.Column)
        and (f"{one.table.name}.{one.name}" == PERSON or _refers_to_person(one))
        for one in bases
    )


def _refers_to_person(column: sa.Column[Any]) -> bool:
    return any(key.target_fullname == PERSON for key in column.foreign_keys)

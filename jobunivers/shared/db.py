"""The database: one Base, two engines (SQLite, PostgreSQL), one way to write.

`write()` is the only place that commits in the web: it ends the read snapshot first, because on
SQLite a transaction
that has read cannot always become a writer (it fails at once with "database is locked").
"""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column
from sqlalchemy.sql import expression
from sqlalchemy.types import TypeDecorator

from jobunivers.extensions import db
from jobunivers.shared import clock

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


LOCK_ATTEMPTS = 3


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant: timestamptz on PostgreSQL, UTC text on SQLite. Refuses naive values."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class days_after(expression.FunctionElement[date]):
    """A day column and so many days: SQLite keeps days as text, PostgreSQL adds to them."""

    type = sa.Date()
    inherit_cache = True


@compiles(days_after, "sqlite")
def _days_after_sqlite(element: Any, compiler: Any, **how: Any) -> str:
    day, days = element.clauses
    return f"date({compiler.process(day, **how)}, {compiler.process(days, **how)} || ' days')"


@compiles(days_after)
def _days_after(element: Any, compiler: Any, **how: Any) -> str:
    day, days = element.clauses
    return f"({compiler.process(day, **how)} + CAST({compiler.process(days, **how)} AS INTEGER))"


def enum_type(enum: type[StrEnum]) -> sa.Enum:
    """A column that stores the value of a StrEnum as text, without a database enum to migrate."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda members: [m.value for m in members],
    )


class Base(DeclarativeBase):
    """Gives every table its name, `id` and `created_at`."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime(),
        date: sa.Date(),
        UUID: sa.Uuid(),
        dict[str, Any]: sa.JSON(),
        list[str]: sa.JSON(),
        list[Any]: sa.JSON(),
        Any: sa.JSON(),
        bytes: sa.LargeBinary(),
    }

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        name = cls.__name__
        return "".join(
            f"_{c.lower()}" if c.isupper() and i else c.lower() for i, c in enumerate(name)
        )


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "busy_timeout=10000",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(
            "BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN"
        )


@contextlib.contextmanager
def write() -> Iterator[Session]:
    """One short write transaction around one service call: commits at the end, rolls back on any
    error.

    Objects loaded before are re-read inside, so facts are fresh. Hash passwords, make PDFs and send
    mail outside.
    """
    session = db.session
    session.rollback()
    _take_lock(session)
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise


def _take_lock(session: Session) -> None:
    """Begins the write transaction. SQLite's queue for its one lock is not fair: whoever waited in
    vain for ten seconds joins it again.
    """
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            session.connection(execution_options={"write": True})
            return
        except OperationalError as error:
            session.rollback()
            if attempt == LOCK_ATTEMPTS or "database is locked" not in str(error.orig):
                raise


def insert_of(dialect: str) -> Callable[[Any], Any]:
    """The insert that may meet a row of the same key. SQLAlchemy's PostgreSQL side is loaded only
    where that is the database.
    """
    return import_module(f"sqlalchemy.dialects.{dialect}").insert  # type: ignore[no-any-return]


def engine_for(url: str) -> Engine:
    """An engine outside Flask, for commands and tests; `postgresql://` means psycopg 3."""
    return sa.create_engine(url)

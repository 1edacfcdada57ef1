"""How long we wait for the database: to connect, for a connection that is free, for a statement.

A server that takes connections and then stays silent answers no statement_timeout of its own, so
the client counts too.
"""

import time
from collections.abc import Generator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

CONNECT_SECONDS = 5
STATEMENT_SECONDS = 20.0  # by the server; a page takes a hundredth of a second
SILENCE_SECONDS = 25.0  # by the client, when the server says nothing at all
POOL_SECONDS = 2.0
THREADS = 8


def options(url: str) -> dict[str, Any]:
    """Options of the engine that serves pages and the worker."""
    found: dict[str, Any] = {
        "url": url,
        "pool_pre_ping": True,
        "pool_timeout": POOL_SECONDS,
        "pool_size": THREADS,
        "max_overflow": 4,
    }
    if url.startswith("postgresql"):
        found["connect_args"] = {
            "connect_timeout": CONNECT_SECONDS,
            "options": f"-c statement_timeout={int(STATEMENT_SECONDS * 1000)}"
            f" -c lock_timeout={int(STATEMENT_SECONDS * 1000)}",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
        }
    return found


def be_impatient(engine: sa.Engine) -> None:
    """Connections of this engine give up on a server that has gone silent."""
    if engine.dialect.name == "postgresql":
        event.listen(engine, "do_connect", _connect)


def _connect(_dialect: Any, _record: Any, arguments: list[Any], named: dict[str, Any]) -> Any:
    return _impatient_class().connect(*arguments, **named)


def _impatient_class() -> Any:
    import psycopg

    class Impatient(psycopg.Connection[Any]):
        """As psycopg's, with an end to every wait."""

        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            ends_at = time.monotonic() + SILENCE_SECONDS
            return super().wait(_bounded(self, gen, ends_at), interval=interval, timeout=timeout)

    return Impatient


def _bounded(connection: Any, steps: Any, ends_at: float) -> Generator[Any, Any, Any]:
    """The steps of an operation, until the time is up: then the connection is closed."""
    import psycopg

    try:
        wish = next(steps)
        while True:
            ready = yield wish
            if not ready and time.monotonic() > ends_at:
                connection.pgconn.finish()
                raise psycopg.OperationalError("the database server is silent")
            wish = steps.send(ready)
    except StopIteration as done:
        return done.value

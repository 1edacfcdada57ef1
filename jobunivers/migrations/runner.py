"""Runs Alembic without an ini file: the engine comes from the caller, so commands, tests and demo
share one way.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

HERE = Path(__file__).resolve().parent


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _run(engine: sa.Engine, verb: str, revision: str) -> None:
    """SQLite's batch mode rebuilds tables: foreign keys are off meanwhile (set before BEGIN) and
    checked at the end.
    """
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(write=True) as connection:
        raw = connection.connection.dbapi_connection
        if is_sqlite and raw is not None:
            raw.execute("PRAGMA foreign_keys=OFF")  # type: ignore[attr-defined]
        try:
            with connection.begin():
                getattr(command, verb)(_config(connection), revision)
                if is_sqlite and (
                    broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                ):
                    raise RuntimeError(f"foreign keys broken after migration: {broken[:3]}")
        finally:
            if is_sqlite and raw is not None:
                raw.execute("PRAGMA foreign_keys=ON")  # type: ignore[attr-defined]


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Brings the database to a revision, newest by default."""
    _run(engine, "upgrade", revision)


def downgrade(engine: sa.Engine, revision: str = "base") -> None:
    """Takes the database back to a revision."""
    _run(engine, "downgrade", revision)


def current_and_head(engine: sa.Engine) -> tuple[str | None, str | None]:
    """The revision the database is at, and the newest there is."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current, head()


def head() -> str | None:
    """The newest revision there is."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def knows(revision: str) -> bool:
    """True when this release has that revision."""
    return revision in {
        script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()
    }


def differences(engine: sa.Engine, metadata: sa.MetaData) -> list[object]:
    """What the models say and the migrated database lacks; empty when they agree."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

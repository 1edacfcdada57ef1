"""Where tests get their databases from.

Most tests borrow one from a small pool. A worker process has one database an engine; after each
test it is emptied: on SQLite the template's file is copied over it, on PostgreSQL only the tables
that hold rows are touched. `CREATE DATABASE` for every test kept two servers busy for minutes on a
slow disk. The engine stays, too, and with it every compiled statement.

Migrations, races and processes get a database of their own (`@pytest.mark.own_database`).
"""

import copy
import itertools
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from jobunivers.migrations import runner
from tests.support.patience import PATIENCE, PATIENCE_MS

_number = itertools.count()
ABOUT_TO_TRUNCATE = 2**20  # bytes; below, deleting the rows is quicker


def _copy(template: Path, path: str) -> None:
    """A copy that nobody else on the machine may read, like every database of the house."""
    shutil.copyfile(template, path)
    os.chmod(path, 0o600)


@dataclass(frozen=True)
class Database:
    """A migrated, empty database and the engine that speaks to it."""

    url: str
    engine: sa.Engine


def engine_for(url: str) -> sa.Engine:
    """An engine for tests: on SQLite nothing waits for the disk, since no test must survive a power
    cut, and nobody loses patience with another's lock.
    """
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _be_quick_and_patient)
    return engine


def _be_quick_and_patient(raw, _record) -> None:
    raw.execute("PRAGMA synchronous=OFF")
    raw.execute(f"PRAGMA busy_timeout={PATIENCE_MS}")


class SqliteDatabases:
    """Files beside each other, all copies of one template."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._free: list[Database] = []
        self._template = folder / "template.test.db"
        engine = sa.create_engine(f"sqlite:///{self._template}")
        runner.upgrade(engine)
        with engine.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def blank(self) -> str:
        """The URL of a database that nobody migrated."""
        return f"sqlite:///{self.folder / f'own_{next(_number)}.test.db'}"

    def fresh(self) -> str:
        """The URL of a new migrated, empty database that belongs to the caller."""
        url = self.blank()
        _copy(self._template, url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        """Removes a database of one's own."""
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(url.removeprefix("sqlite:///") + ending).unlink(missing_ok=True)

    def like(self, url: str) -> "SqliteDatabases":
        """Another pool, whose databases are as that one is now."""
        other = copy.copy(self)
        other._free, other._template = [], Path(url.removeprefix("sqlite:///"))
        return other

    def lend(self) -> Database:
        """A migrated, empty database; give it back."""
        if self._free:
            return self._free.pop()
        url = self.fresh()
        return Database(url, engine_for(url))

    def give_back(self, database: Database) -> None:
        """Puts the template's file in its place."""
        database.engine.dispose()
        self.drop(database.url)
        _copy(self._template, database.url.removeprefix("sqlite:///"))
        self._free.append(database)

    def close_pool(self) -> None:
        """Removes the databases of the pool."""
        for database in self._free:
            database.engine.dispose()
            self.drop(database.url)
        self._free.clear()

    def close(self) -> None:
        """Removes everything."""
        self.close_pool()
        self.drop(str(self._template))


class PostgresDatabases:
    """Databases of one server, all made from one template."""

    name = "postgresql"

    def __init__(self, server_url: str) -> None:
        self._root = sa.create_engine(server_url, isolation_level="AUTOCOMMIT")
        self._free: list[PooledPostgres] = []
        self._all: dict[str, PooledPostgres] = {}
        self._template: str | None = f"ju_template_{os.getpid()}"
        engine = sa.create_engine(self._create(self._template))
        runner.upgrade(engine)
        engine.dispose()

    def _create(self, name: str, template: str | None = None) -> str:
        source = f' TEMPLATE "{template}" STRATEGY file_copy' if template else ""
        with self._root.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}"{source}')
        return self._root.url.set(database=name).render_as_string(hide_password=False)

    def blank(self) -> str:
        """The URL of a database that nobody migrated."""
        return self._create(f"ju_test_blank_{os.getpid()}_{next(_number)}")

    def fresh(self) -> str:
        """The URL of a new migrated, empty database that belongs to the caller."""
        return self._create(f"ju_test_{os.getpid()}_{next(_number)}", self._template)

    def drop(self, url: str) -> None:
        """Removes a database, whoever is still connected to it."""
        self._drop(sa.make_url(url).database)

    def _drop(self, name: str | None) -> None:
        with self._root.connect() as connection:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def lend(self) -> Database:
        """A migrated, empty database; give it back."""
        if not self._free:
            self._free.append(PooledPostgres(self.fresh()))
        pooled = self._free.pop()
        self._all[pooled.database.url] = pooled
        return pooled.database

    def give_back(self, database: Database) -> None:
        """Empties it; throws it away when that cannot be done, or when its tables were changed."""
        pooled = self._all.pop(database.url)
        try:
            pooled.empty()
        except (sa.exc.DBAPIError, Changed):
            pooled.close()
            self.drop(database.url)
        else:
            self._free.append(pooled)

    def like(self, url: str) -> "PostgresDatabases":
        """Another pool, whose databases are as that one is now."""
        other = copy.copy(self)
        other._free, other._all, other._template = [], {}, sa.make_url(url).database
        return other

    def close_pool(self) -> None:
        """Removes the databases of the pool."""
        for pooled in (*self._free, *self._all.values()):
            pooled.close()
            self.drop(pooled.database.url)
        self._free.clear()

    def close(self) -> None:
        """Removes everything, and closes the connection to the server."""
        self.close_pool()
        self._drop(self._template)
        self._root.dispose()


class Changed(Exception):
    """A test left other tables, triggers or constraints behind than it found."""


TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name
"""
SEQUENCES = "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"
# Every change of a table leaves another row in these catalogues.
FINGERPRINT = """
SELECT sum(hashtext(mark)::bigint) FROM (
  SELECT 'n' || oid || '.' || xmin AS mark FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
  UNION ALL SELECT 'c' || oid || '.' || xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT 't' || oid || '.' || xmin FROM pg_trigger
  UNION ALL SELECT 'k' || oid || '.' || xmin FROM pg_constraint
  UNION ALL SELECT 'd' || oid || '.' || xmin FROM pg_attrdef
  UNION ALL SELECT 'f' || oid || '.' || xmin FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'a' || attrelid || '.' || attnum || '.' || a.xmin
    FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
) AS marks
"""
STRANGERS = """
SELECT count(pg_terminate_backend(pid, 60000)) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL(%s)
"""


class PooledPostgres:
    """One database of the pool, and the connection that empties it.

    As a replica's session it passes over foreign keys and triggers, so a table that refuses to
    lose rows is emptied like any other. What the migrations put in, and where sequences stood, is
    remembered and put back.
    """

    def __init__(self, url: str) -> None:
        self.database = Database(url, sa.create_engine(url))
        self._raw: list = []  # the engine's connections to the server
        event.listen(self.database.engine, "connect", lambda raw, _: self._raw.append(raw))
        self._keeper = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        self._connection = self._keeper.connect()
        self._run("SET session_replication_role = replica")
        self._run(f"SET lock_timeout = '{PATIENCE}s'")
        self._run(self._recipe())
        self._mark = self._run(FINGERPRINT).scalar()

    def _run(self, statement: str, *values):
        return self._connection.exec_driver_sql(statement, *values)

    def _recipe(self) -> str:
        """A function of this session that empties what holds rows."""
        large, rows, back = [], [], []
        for number, table in enumerate(self._run(TABLES).scalars().all()):
            name = f'public."{table}"'
            if self._run(f"SELECT EXISTS (SELECT 1 FROM {name})").scalar():
                self._run(f"CREATE TEMP TABLE kept_{number} AS TABLE {name}")
                back.append(
                    f"DELETE FROM {name};"
                    f" INSERT INTO {name} OVERRIDING SYSTEM VALUE SELECT * FROM pg_temp.kept_{number};"
                )
                continue
            large.append(
                f"IF pg_total_relation_size('{name}') > {ABOUT_TO_TRUNCATE}"
                f" THEN TRUNCATE {name} CASCADE; truncated := true; END IF;"
            )
            rows.append(
                f"IF EXISTS (SELECT 1 FROM {name}) THEN DELETE FROM {name};"
                f" IF EXISTS (SELECT 1 FROM {name}) THEN RAISE 'rows stay in {table}'; END IF;"
                " END IF;"
            )
        for sequence in self._run(SEQUENCES).scalars().all():
            value, called = self._run(
                f'SELECT last_value, is_called FROM public."{sequence}"'
            ).one()
            back.append(f"PERFORM setval('public.\"{sequence}\"', {value}, {called});")
        return (
            "CREATE FUNCTION pg_temp.empty() RETURNS boolean LANGUAGE plpgsql AS $$"
            " DECLARE truncated boolean := false; BEGIN "
            + "\n".join((*large, *rows, *back))
            + " RETURN truncated; END $$"
        )

    def empty(self) -> None:
        """Leaves the database as the template is."""
        engine = self.database.engine
        if engine.pool.checkedout():  # a test or its thread still holds one
            engine.dispose()
        self._raw = [raw for raw in self._raw if not raw.closed]
        kept = [] if engine.pool.checkedout() else [raw.info.backend_pid for raw in self._raw]
        self._run(STRANGERS, (kept,))
        if self._run(FINGERPRINT).scalar() != self._mark:
            raise Changed
        if self._run("SELECT pg_temp.empty()").scalar():
            self._mark = self._run(FINGERPRINT).scalar()

    def close(self) -> None:
        """Leaves the server."""
        self.database.engine.dispose()
        self._connection.close()
        self._keeper.dispose()

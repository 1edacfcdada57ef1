"""Migrations: they say what the models say, go up and down, and keep data, on both engines."""

import datetime
import re
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobunivers import migrations
from jobunivers.migrations import runner
from jobunivers.models import metadata
from jobunivers.shared import audit, chain, clock
from jobunivers.shared.audit import AuditEvent

REVISION = re.compile(r'^down_revision = "(\d+)"', re.MULTILINE)
pytestmark = [pytest.mark.both_engines, pytest.mark.own_database]


def test_head_equals_the_models(database_url):
    engine = sa.create_engine(database_url)
    assert runner.differences(engine, metadata) == []
    current, head = runner.current_and_head(engine)
    assert current == head
    engine.dispose()


def test_numbers_rise_along_the_chain():
    """The house is ready when the database is at the highest number: the last step must have it."""
    files = sorted(Path(migrations.__file__).parent.glob("versions/[0-9]*.py"))
    numbers = [path.name.partition("_")[0] for path in files]
    before = [REVISION.search(path.read_text())[1] for path in files[1:]]
    assert before == numbers[:-1]
    assert migrations.newest() == numbers[-1]


def test_up_down_up(database_url):
    engine = sa.create_engine(database_url)
    runner.downgrade(engine)
    assert set(sa.inspect(engine).get_table_names()) <= {"alembic_version"}
    runner.upgrade(engine)
    assert runner.differences(engine, metadata) == []
    engine.dispose()


def test_each_step_keeps_the_data_of_earlier_tables(database_url):
    engine = sa.create_engine(database_url)
    runner.downgrade(engine, "0001")
    team, citizen = metadata.tables["team"], metadata.tables["citizen"]
    now = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        team_id = uuid.uuid4()
        connection.execute(
            sa.insert(team).values(
                id=team_id, created_at=now, name="Team ÆØÅ", target_groups=["insured"]
            )
        )
        connection.execute(
            sa.insert(citizen).values(
                id=uuid.uuid4(),
                created_at=now,
                name="Олена Demo",
                locale="uk",
                team_id=team_id,
                channel="email",
                digital_post_exempt=False,
                name_protected=False,
            )
        )
    runner.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalar(sa.select(citizen.c.name)) == "Олена Demo"
        assert connection.scalar(sa.select(team.c.name)) == "Team ÆØÅ"
    engine.dispose()


def test_numbers_and_addresses_that_stand_are_stored_one_way(database_url):
    stored = {
        "20 00 00 09": "+4520000009",
        "+45 (0)20 00 00 08": "+4520000008",
        "ask my mother": "ask my mother",
    }
    engine = sa.create_engine(database_url)
    runner.downgrade(engine, "0020")
    citizen, now = metadata.tables["citizen"], datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    common = {"name": "Maja", "locale": "da", "channel": "sms", "created_at": now}
    flags = {"digital_post_exempt": False, "name_protected": False}
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for phone in stored:
            row = {"id": uuid.uuid4(), "phone": phone, "email": "MAJA@XN--BLBR-ROAH.DK"}
            connection.execute(sa.insert(citizen).values(**row, **common, **flags))
    runner.upgrade(engine)
    with engine.connect() as connection:
        phones = set(connection.scalars(sa.select(citizen.c.phone)))
        assert phones == set(stored.values())
        assert set(connection.scalars(sa.select(citizen.c.email))) == {"maja@blåbær.dk"}
    engine.dispose()


def test_rows_of_the_log_before_the_chain_become_links_of_it(database_url):
    engine = sa.create_engine(database_url)
    runner.downgrade(engine, "0022")
    names = ("id", "created_at", "actor_role", "action", "purpose", "detail")
    old = sa.table("audit_event", *(AuditEvent.__table__.c[name]._copy() for name in names))
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for number in range(3):
            row = {"id": uuid.uuid4(), "created_at": clock.now(), "action": f"test.{number}"}
            connection.execute(
                sa.insert(old).values(actor_role="system", purpose="æ", detail={"n": 1}, **row)
            )
    runner.upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(sa.select(AuditEvent.__table__).order_by(sa.text("number"))).all()
        head = connection.execute(sa.select(metadata.tables["chain_head"])).one()
    before = chain.FIRST
    for number, row in enumerate(rows, 1):
        assert row.number == number and row.digest == audit.digest_of(row._mapping)
        assert row.hash == chain.digest_of(number, before, row.digest)
        before = row.hash
    assert (head.name, head.number, head.hash, head.mac) == ("audit", 3, before, "")
    runner.downgrade(engine, "0022")
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(old)) == 3
    engine.dispose()

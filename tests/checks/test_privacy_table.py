"""Every column is declared with its reason before it is stored, docs/privacy.md is what is declared,
and whatever is declared to be hers to read leaves in her files.
"""

import json
import uuid
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.models import metadata
from jobunivers.portal import erasure_services as erasing
from jobunivers.portal import personal_catalogue as personal
from jobunivers.portal import record_queries
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write
from jobunivers.shared.privacy import HERSELF, Personal

DOCS = Path(__file__).parents[2] / "docs" / "privacy.md"
EVERYWHERE = {"id", "created_at"}


def declared():
    return Counter((one.table, name) for one in personal.PERSONAL for name in one.names)


def stored():
    return {
        (table.name, column.name)
        for table in metadata.tables.values()
        for column in table.columns
        if column.name not in EVERYWHERE
    }


def test_every_column_is_declared_once():
    missing = sorted(stored() - set(declared()))
    assert missing == [], "say in its feature's personal_types.py why you store: " + ", ".join(
        f"{table}.{column}" for table, column in missing
    )
    assert [name for name, times in declared().items() if times > 1] == []


def test_nothing_is_declared_that_is_not_stored():
    assert sorted(set(declared()) - stored()) == []


def test_each_declaration_says_why_on_what_ground_how_long_and_for_whom():
    for one in personal.PERSONAL:
        assert all((one.section, one.columns, one.why, one.ground, one.kept, one.sees)), one.table
        assert "|" not in one.row().replace(" | ", "").strip("| ")


def test_the_documentation_is_made_from_the_declarations():
    text = DOCS.read_text()
    assert personal.written(text) == text, "run: python3 run.py privacy write"
    for one in personal.PERSONAL:
        assert one.row() in text, f"{one.section}: there is no such section in docs/privacy.md"


def test_who_may_read_what_is_told_in_words_that_the_check_understands():
    for one in personal.PERSONAL:
        assert one.is_hers or HERSELF not in one.sees, one


# --- what is hers leaves in her files
# ------------------------------------------------------------------------------


def filler(column, number):
    """A value that stands out, of the column's own type."""
    kind = column.type
    if isinstance(kind, sa.Enum):
        return list(kind.enum_class)[0] if kind.enum_class else kind.enums[0]
    if isinstance(kind, sa.LargeBinary):
        return vault.seal(f"sealed {column.table.name}.{column.name}")
    makers = (
        (sa.Boolean, lambda: False),
        (sa.Integer, lambda: 70_000 + number),
        (sa.DateTime, lambda: clock.now()),
        (sa.Date, lambda: date(2031, 1, 1 + number % 28)),
        (sa.JSON, lambda: {"said": f"{column.table.name}.{column.name}"}),
        (sa.Uuid, lambda: uuid.UUID(int=number)),
    )
    made = kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind
    for of_kind, make in makers:
        if isinstance(made, of_kind):
            return make()
    return f"{column.table.name}.{column.name}"


@pytest.fixture
def full(app, make):
    """A citizen with a row in every table that may hold something of hers; every column filled."""
    maja = make.citizen()
    ids = {"citizen": maja.id, "owner": maja.owner_id, "user": maja.user}
    ids["staff"] = make.caseworker().id
    numbers = iter(range(1, 10_000))
    with app.app_context(), db.engine.connect().execution_options(write=True) as connection:
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            for table in metadata.sorted_tables:
                if table.name in record_queries.hers():
                    fill(connection, table, ids, numbers)
        raw.execute("PRAGMA foreign_keys=ON")
    return maja


def fill(connection, table, ids, numbers):
    values = {column.name: filler(column, next(numbers)) for column in table.columns}
    for key in table.foreign_keys:
        meant = key.column.table.name
        if meant == "user" and key.parent.name != "user_id":
            meant = "staff"
        values[key.parent.name] = ids.get(meant, values[key.parent.name])
    for name in ("citizen_id", "owner_id", "user_id"):
        if name in values:
            values[name] = ids[name.removesuffix("_id")]
    if table.name in ids:
        own = {name: value for name, value in values.items() if name != "id"}
        for name in ("user_id", "citizen_id", "team_id"):
            own.pop(name, None)
        connection.execute(sa.update(table).where(table.c.id == ids[table.name]).values(own))
        return
    ids.setdefault(table.name, values["id"])
    connection.execute(sa.insert(table).values(values))


def test_every_column_that_is_hers_to_read_leaves_in_her_file(app, full, client_of):
    from jobunivers.identity.types import Viewer
    from jobunivers.portal import everything_queries as everything

    with app.app_context():
        viewer = Viewer(user_id=full.user, name="Maja", citizen_id=full.id, owner_id=full.owner_id)
        records = json.loads(
            everything.as_json(
                {
                    "records": record_queries.rows_about(
                        citizen_id=full.id, owner_id=full.owner_id, user_id=viewer.user_id
                    )
                }
            )
        )["records"]
    missing = []
    for table, columns in record_queries.hers().items():
        rows = records.get(table)
        if not rows:
            missing.append(table)
            continue
        missing += [f"{table}.{name}" for name in columns if name not in rows[0]]
        if table not in ("citizen", "user", "owner"):  # theirs are not all filled here
            missing += [
                f"{table}.{name} is empty"
                for name in columns
                if all(row.get(name) is None for row in rows)
            ]
    assert missing == []
    assert records["health_answer"][0]["value_sealed"] == "sealed health_answer.value_sealed"
    assert {"team_id", "last_seen_at"} <= set(records["citizen"][0])
    assert "cpr_sealed" not in records["citizen"][0]


def test_nobody_elses_rows_are_in_it(app, full, make):
    other = make.citizen()
    with app.app_context():
        found = record_queries.rows_about(
            citizen_id=other.id, owner_id=other.owner_id, user_id=other.user
        )
    assert str(full.id) not in json.dumps(found, default=str)
    assert set(found) <= {"citizen", "spell", "user", "owner"}


def test_a_new_column_that_is_hers_is_in_the_file_without_anything_else(monkeypatch, app, make):
    maja = make.citizen()
    monkeypatch.setattr(record_queries, "hers", lambda: {"citizen": ("name", "person_uuid")})
    with app.app_context():
        assert "person_uuid" in record_queries.rows_about(citizen_id=maja.id)["citizen"][0]
    assert Personal("A", "t", "a b", why="w", ground="g", kept="k", sees="herself, team").is_hers


def test_what_is_kept_as_long_as_her_case_or_her_work_goes_when_she_is_erased(app, full):
    with app.app_context():
        with write() as session:
            session.execute(sa.update(metadata.tables["spell"]).values(ended_on=date(2024, 1, 1)))
        with write():
            erasing.erase_citizen(full.id, by_role="command")
        left = record_queries.rows_about(
            citizen_id=full.id, owner_id=full.owner_id, user_id=full.user
        )
    assert left == {}

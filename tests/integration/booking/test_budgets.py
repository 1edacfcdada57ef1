"""Pages stay cheap: a fixed number of statements, however many meetings, colleagues and people
there are.
"""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from jobunivers.extensions import db
from jobunivers.shared import clock

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
CITIZEN, STAFF = 9, 14


def count(app, call):
    """How many SELECTs and writes a request sends."""
    found = []
    with app.app_context():
        engine = db.engine

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    call()
    event.remove(engine, "before_cursor_execute", note)
    return len(found)


@pytest.fixture
def town(app, make):
    """A caseworker with colleagues, windows, and many meetings."""
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    for _colleague in range(3):
        make.windows(make.caseworker(team_id=anne.team_id))
    return anne


def test_citizen_pages_stay_within_nine_statements(app, make, town, client_of):
    maja = make.citizen(caseworker=town, phone="20304050")
    need = make.need(maja, kind="week-22")
    for day in range(1, 5):
        make.booking(maja, town, NOW + timedelta(days=day, hours=2), now=NOW)
    meeting = make.booking(maja, town, NOW + timedelta(days=7, hours=2), now=NOW)
    phone = client_of(maja.user)
    for path in (
        "",
        f"/book?need={need}",
        "/book",
        f"/{meeting}",
        f"/{meeting}/cancel",
        f"/{meeting}/move",
    ):
        assert count(app, lambda path=path: phone.get(f"/my/meetings{path}")) <= CITIZEN, path


def test_staff_pages_do_not_grow_with_the_number_of_people(app, make, town, client_of):
    desk = client_of(town)
    for number in range(8):
        citizen = make.citizen(caseworker=town, log_in=False, weeks_out_of_work=20)
        make.booking(
            citizen, town, NOW + timedelta(days=number % 4, hours=2 + number // 4 * 2), now=NOW
        )
    meetings = count(app, lambda: desk.get("/caseworker/calendar"))
    people = count(app, lambda: desk.get("/caseworker/lists/never-met"))
    for number in range(8, 14):
        citizen = make.citizen(caseworker=town, log_in=False, weeks_out_of_work=20)
        make.booking(
            citizen, town, NOW + timedelta(days=number % 4, hours=8 + number // 4 * 2), now=NOW
        )
    assert count(app, lambda: desk.get("/caseworker/calendar")) == meetings <= STAFF
    assert count(app, lambda: desk.get("/caseworker/lists/never-met")) == people <= STAFF
    for path in (
        "calendar/windows",
        "lists/no-next-contact",
        "lists/week-22",
        f"calendar/book/{citizen.id}?kind=follow-up",
    ):
        assert count(app, lambda path=path: desk.get(f"/caseworker/{path}")) <= STAFF, path

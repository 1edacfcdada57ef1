"""An administrator closes days: nothing is offered there, nothing booked is cancelled, and each
host is asked to find another time.
"""

from datetime import UTC, date, datetime

import pytest

from jobunivers.booking import closing_services as closing
from jobunivers.booking import queries
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.contact import queries as contact
from jobunivers.contact import rules
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.integration.booking.test_races import race

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)
PAGE = "/admin/closing-days"


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    person = make.caseworker(name="Anne Demo")
    make.windows(person)
    return person


@pytest.fixture
def maja(make, anne):
    return make.citizen(name="Maja Demo", caseworker=anne, phone="20304050")


@pytest.fixture
def office(make, client_of, anne):
    return client_of(make.staff(Grant.ADMIN))


def days(first="2026-11-26", last="", location="", label="Staff day"):
    return {"first_on": first, "last_on": last, "location": location, "label": label}


def test_meetings_that_stand_there_are_shown_before_anything_is_saved(
    app, make, anne, maja, office
):
    make.booking(maja, anne, TEN, now=NOW)
    page = office.get(f"{PAGE}/check", query_string=days())
    assert "1 meeting is on these days" in page.words
    assert "Anne Demo" in page.one("standing").text and "10:00" in page.one("standing").text
    assert "Maja" not in page.words
    with app.app_context():
        assert contact.list_closings(clock.today()) == []


def test_whoever_may_open_the_meeting_gets_a_link(make, client_of, anne, maja):
    both = make.staff(Grant.ADMIN, Grant.CASEWORKER, team_id=anne.team_id)
    meeting = make.booking(maja, anne, TEN, now=NOW)
    page = client_of(both).get(f"{PAGE}/check", query_string=days())
    assert page.one("standing").a["href"].endswith(str(meeting))


def test_a_closed_day_keeps_its_meetings_and_asks_the_host_to_move_them(
    app, make, anne, maja, office, client_of
):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    for _again in range(2):
        office.post(PAGE, days())
    assert "Staff day · The whole office" in office.get(PAGE).one("closing-day").text
    with app.app_context():
        assert queries.get_meeting(maja.id, meeting).status is AppointmentStatus.BOOKED
        assert [task.what for task in contact.list_tasks(anne.id)] == ["closed_day"]
    desk = client_of(anne)
    assert "Call and find another time" in desk.get("/caseworker").one("task").text
    assert "We are closed: Staff day" in desk.get("/caseworker/calendar").one("closed").text


def test_a_day_that_opens_again_takes_the_tasks_along(app, make, anne, maja, office):
    make.booking(maja, anne, TEN, now=NOW)
    office.post(PAGE, days())
    office.post(office.get(PAGE).one("closing-day").form["action"])
    assert "No closing days ahead" in office.get(PAGE).words
    with app.app_context():
        assert contact.list_tasks(anne.id) == []
    office.post(PAGE, days())
    with app.app_context():
        assert len(contact.list_tasks(anne.id)) == 1


def test_no_time_is_offered_on_a_closed_day(make, anne, maja, office, client_of):
    book = "/my/meetings/book?kind=first-meeting&form=phone&from=2026-11-26"
    screen = client_of(maja.user)
    assert "Thursday 26 November" in screen.get(book).words
    office.post(PAGE, days())
    assert "Thursday 26 November" not in screen.get(book).words


def test_a_closed_place_stops_meetings_there_but_no_calls_and_no_deadlines(
    app, make, anne, maja, office, client_of
):
    office.post(PAGE, days(location="main-office", label="The lift is repaired"))
    screen = client_of(maja.user)
    day = "Thursday 26 November"
    assert (
        day in screen.get("/my/meetings/book?kind=first-meeting&form=phone&from=2026-11-26").words
    )
    assert (
        day
        not in screen.get(
            f"/my/meetings/book?kind=first-meeting&form={Form.OFFICE}&from=2026-11-26"
        ).words
    )
    with app.app_context():
        assert THURSDAY not in contact.closed_days(THURSDAY, THURSDAY)


def test_no_deadline_ends_on_a_closed_day(app, office):
    office.post(PAGE, days("2026-12-01", "2026-12-03"))
    with app.app_context():
        closed = contact.closed_days(clock.today(), date(2026, 12, 31))
    assert rules.deadline(clock.today(), 8, closed) == date(2026, 12, 4)


def test_weekends_holidays_and_days_closed_already_are_left_out(office):
    page = office.get(f"{PAGE}/check", query_string=days("2026-12-24", "2026-12-29"))
    assert [day.text for day in page.all("day")] == [
        "Monday 28 December 2026",
        "Tuesday 29 December 2026",
    ]
    office.get(f"{PAGE}/check", query_string=days("2026-11-28", "2026-11-29"), status=422)


@pytest.mark.parametrize(
    "wrong",
    [
        days(first=""),
        days(label=""),
        days(first="2026-11-20"),
        days(last="2026-11-25"),
        days(last="2027-11-25"),
        days(location="the-moon"),
    ],
)
def test_wrong_days_come_back_with_a_word(office, wrong):
    assert office.get(f"{PAGE}/check", query_string=wrong, status=422).soup.find(
        attrs={"role": "alert"}
    )
    office.post(PAGE, wrong, status=422)


def test_the_same_days_closed_by_two_administrators_at_once_are_closed_once(app, make):
    clock.start_at(NOW)
    someone = make.staff(Grant.ADMIN)

    def close():
        with app.app_context(), write():
            closing.close(
                first=THURSDAY,
                last=THURSDAY,
                location="",
                label="Kursus",
                by_user_id=someone.id,
                now=clock.now(),
            )

    assert set(race([close] * 6)) <= {"won", "Conflict"}
    with app.app_context():
        assert len(contact.list_closings(clock.today())) == 1

"""The caseworker's week, windows, booking on behalf, outcomes."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking.models import AgendaPoint, Appointment, OpeningWindow
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.caseload.models import Absence
from jobunivers.contact import list_queries
from jobunivers.contact import queries as contact
from jobunivers.extensions import db
from jobunivers.shared import clock
from jobunivers.shared.audit import looks_at
from tests.integration.booking.test_citizen_pages import confirm_url, fields_of

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
WINDOW = {
    "weekday": "1",
    "starts_minute": "540",
    "ends_minute": "720",
    "forms": ["phone", "office"],
    "location": "main-office",
    "valid_from": "2026-11-23",
}


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    return make.caseworker(name="Anne Demo")


@pytest.fixture
def maja(make, anne):
    return make.citizen(caseworker=anne, phone="20304050")


@pytest.fixture
def desk(client_of, anne):
    return client_of(anne)


def rows(app, model):
    with app.app_context():
        return list(db.session.scalars(sa.select(model).order_by(model.created_at)))


def test_the_week_shows_her_own_points_and_the_interpreter_and_is_logged(
    app, make, anne, maja, desk
):
    make.save(AgendaPoint(owner_id=maja.owner_id, text="Can I take a course?"))
    make.booking(maja, anne, TEN, now=NOW, interpreter_language="uk", phone="20304050")
    page = desk.get("/caseworker/calendar")
    assert page.one("point").text == "Can I take a course?"
    assert "Ukrainian" in page.one("interpreter").text and "20 30 40 50" in page.words
    with app.app_context():
        assert [look.action for look in looks_at(maja.id)][0] == "calendar.view"
    assert "Maja" not in desk.get("/caseworker/calendar?from=2026-12-10").words
    desk.get("/caseworker/calendar?from=rubbish")


def test_a_colleagues_meetings_are_not_in_my_week(make, anne, maja, client_of):
    make.booking(maja, anne, TEN, now=NOW)
    assert "Maja" not in client_of(make.caseworker()).get("/caseworker/calendar").words


def test_windows_are_added_once_and_ended(app, desk):
    for _twice in range(2):
        desk.post("/caseworker/calendar/windows", WINDOW)
    [window] = rows(app, OpeningWindow)
    assert (window.weekday, window.starts_minute, window.forms, window.location) == (
        1,
        540,
        ["phone", "office"],
        "main-office",
    )
    assert (
        "Tuesdays from 9:00 to 12:00" in desk.get("/caseworker/calendar/windows").one("window").text
    )
    desk.post(f"/caseworker/calendar/windows/{window.id}/end")
    assert rows(app, OpeningWindow)[0].valid_to == clock.today()


@pytest.mark.parametrize(
    "change",
    [
        {"ends_minute": "540"},
        {"ends_minute": "never"},
        {"weekday": "9"},
        {"forms": []},
        {"location": ""},
        {"location": "main-library"},
        {"forms": ["office", "library"]},
        {"valid_from": "yesterday"},
    ],
)
def test_wrong_windows_are_refused(app, desk, change):
    desk.post("/caseworker/calendar/windows", {**WINDOW, **change}, status=422)
    assert rows(app, OpeningWindow) == []


def test_days_away_are_whole_danish_days_and_can_be_taken_back(app, desk):
    desk.post("/caseworker/calendar/absences", {"first_on": "2026-11-30", "last_on": "2026-12-01"})
    [absence] = rows(app, Absence)
    assert (absence.starts_at, absence.ends_at) == (
        datetime(2026, 11, 29, 23, tzinfo=UTC),
        datetime(2026, 12, 1, 23, tzinfo=UTC),
    )
    assert (
        "Monday 30 November – Tuesday 1 December"
        in desk.get("/caseworker/calendar/windows").one("absence").text
    )
    desk.post(
        "/caseworker/calendar/absences",
        {"first_on": "2026-11-30", "last_on": "2026-11-01"},
        status=422,
    )
    desk.post(f"/caseworker/calendar/absences/{absence.id}/remove")
    assert rows(app, Absence) == []


def test_somebody_elses_window_and_absence_are_not_there(app, make, desk, client_of):
    desk.post("/caseworker/calendar/windows", WINDOW)
    desk.post("/caseworker/calendar/absences", {"first_on": "2026-11-30", "last_on": "2026-12-01"})
    other = client_of(make.caseworker())
    other.post(f"/caseworker/calendar/windows/{rows(app, OpeningWindow)[0].id}/end", status=404)
    other.post(f"/caseworker/calendar/absences/{rows(app, Absence)[0].id}/remove", status=404)


def test_booking_on_behalf_needs_no_notice_and_tells_the_citizen(app, make, anne, maja, desk):
    make.windows(anne)
    assert "First meeting" in desk.get(f"/caseworker/calendar/book/{maja.id}").words
    check = desk.get(
        confirm_url(desk.get(f"/caseworker/calendar/book/{maja.id}?kind=first-meeting"))
    )
    assert "Monday 23 November" in check.one("when").text  # today: no notice for staff
    form = check.one("book-this-time").find_parent("form")
    page = desk.follow(desk.post(form["action"], fields_of(form)))
    assert page.soup.h1.text == "Meeting with Maja Demo"
    [meeting] = rows(app, Appointment)
    assert (meeting.citizen_id, meeting.booked_by_id) == (maja.id, anne.id)


def test_a_colleague_of_another_team_cannot_book_or_see(make, anne, maja, client_of):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    other = client_of(make.caseworker())
    other.get(f"/caseworker/calendar/book/{maja.id}?kind=first-meeting", status=404)
    other.get(f"/caseworker/calendar/{meeting}", status=404)
    other.post(f"/caseworker/calendar/{meeting}/outcome", {"outcome": "held"}, status=404)


def test_the_outcome_is_recorded_and_the_next_contact_planned_at_once(app, make, anne, maja, desk):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    desk.post(
        f"/caseworker/calendar/{meeting}/outcome", {"outcome": "held"}, status=403
    )  # not before it begins
    clock.start_at(TEN + timedelta(hours=1))
    assert len(desk.get("/caseworker/calendar").all("open-outcome")) == 1
    desk.post(f"/caseworker/calendar/{meeting}/outcome", {"outcome": "asleep"}, status=422)
    desk.post(f"/caseworker/calendar/{meeting}/outcome", {"outcome": "held"})
    assert rows(app, Appointment)[0].status is AppointmentStatus.HELD
    with app.app_context():
        assert [need.kind for need in contact.list_open_needs(maja.id)] == ["follow-up"]
        assert list_queries.without_next_contact(today=clock.today(), now=clock.now()) == []


def test_the_office_moves_and_cancels(app, make, anne, maja, desk):
    make.windows(anne)
    meeting = make.booking(maja, anne, TEN, now=NOW)
    form = (
        desk.get(confirm_url(desk.get(f"/caseworker/calendar/{meeting}/move")))
        .one("move-here")
        .find_parent("form")
    )
    desk.post(form["action"], fields_of(form))
    assert rows(app, Appointment)[0].sequence == 1
    desk.post(f"/caseworker/calendar/{meeting}/cancel", {"why": "ill"})
    assert rows(app, Appointment)[0].status is AppointmentStatus.CANCELLED_BY_OFFICE


def test_the_video_room_is_a_whole_https_address(app, make, anne, maja, desk, client_of):
    meeting = make.booking(maja, anne, TEN, now=NOW, form=Form.VIDEO)
    for wrong in ("javascript:alert(1)", "http://room.example", "room", "x" * 400):
        desk.post(f"/caseworker/calendar/{meeting}/video", {"video_url": wrong}, status=422)
    desk.post(
        f"/caseworker/calendar/{meeting}/video", {"video_url": "https://video.example/room/7"}
    )
    assert (
        "https://video.example/room/7" in client_of(maja.user).get(f"/my/meetings/{meeting}").text
    )


def test_lists_show_mine_or_the_teams_and_page_by_key(make, anne, desk, monkeypatch):
    monkeypatch.setattr(list_queries, "PAGE", 2)
    for weeks in (9, 7, 5):
        make.citizen(name=f"Week {weeks}", caseworker=anne, weeks_out_of_work=weeks, log_in=False)
    for name in ("no-next-contact", "never-met"):
        page = desk.get(f"/caseworker/lists/{name}")
        assert [row.th.text.strip() for row in page.all("citizen")] == ["Week 9", "Week 7"]
        assert [
            row.th.text.strip()
            for row in desk.get(page.soup.find("a", rel="next")["href"]).all("citizen")
        ] == ["Week 5"]
    assert desk.get("/caseworker/lists/week-22?who=team").all("citizen") == []
    desk.get("/caseworker/lists/never-met?after=rubbish")


def test_a_task_for_myself_counts_as_next_contact_and_is_done_once(
    app, make, anne, maja, desk, client_of
):
    url = f"/caseworker/lists/tasks/{maja.id}"
    assert desk.get(url).soup.h1.text == "A task for myself"
    for wrong in (
        {"note": "", "due_on": "2026-11-24"},
        {"note": "call", "due_on": "2027-11-24"},
        {"note": "call", "due_on": "soon"},
    ):
        desk.post(url, wrong, status=422)
    for _twice in range(2):
        assert (
            "Everybody knows what comes next"
            in desk.follow(desk.post(url, {"note": "call", "due_on": "2026-11-24"})).words
        )
    with app.app_context():
        [task] = contact.list_tasks(anne.id)
    client_of(make.caseworker()).post(f"/caseworker/lists/tasks/{task.id}/done", status=404)
    assert (
        desk.post(
            f"/caseworker/lists/tasks/{task.id}/done", {"next": "https://evil.example"}
        ).location
        == "/caseworker"
    )
    desk.post(f"/caseworker/lists/tasks/{task.id}/done")
    client_of(make.caseworker()).get(url, status=404)


def test_citizens_do_not_come_in(maja, client_of):
    browser = client_of(maja.user)
    for path in ("calendar", "calendar/windows", "lists/no-next-contact"):
        browser.get(f"/caseworker/{path}", status=403)

"""Events: open to everybody, seats given once, a line for those who wait, told of every change;
kept by an administrator.
"""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from jobunivers.events import queries, services
from jobunivers.events.models import EventSignUp
from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.messages import notices
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Message
from jobunivers.portal import erasure_services as erasing
from jobunivers.shared import clock
from jobunivers.shared.errors import Conflict
from jobunivers.shared.house import house
from tests.integration.booking.test_races import race
from tests.support.queries import counted_queries

FORM = {
    "title_da": "Jobmesse",
    "text_da": "Mød arbejdsgivere.",
    "begins": "14:00",
    "ends": "16:00",
    "place": "Rådhuset",
    "language": "en",
    "seats": "2",
}


@pytest.fixture
def admin(make, client_of):
    return client_of(make.staff(Grant.ADMIN))


def told(app, citizen):
    """Titles of the notices she got, in order."""
    with app.app_context():
        found = db.session.scalars(
            sa.select(Message)
            .where(Message.citizen_id == citizen.id)
            .order_by(Message.created_at, Message.id)
        )
        return [notices.read(message.kind, message.params, "en").title for message in found]


def sign_up(make, event, person):
    return make.keep(services.sign_up, event, person.id, now=clock.now())


def test_everybody_reads_what_comes_in_her_language_or_in_danish(make, client):
    assert "No events just now" in client.get("/events").words
    later, sooner = make.event(days=9, title={"da": "Åbent hus"}), make.event(days=2)
    page = client.get("/events")
    assert [link["href"] for link in page.soup.select("[data-test=event] a")] == [
        f"/events/{sooner}",
        f"/events/{later}",
    ]
    assert [title["lang"] for title in page.soup.select("[data-test=event] h2")] == ["en", "da"]
    shown = client.get(f"/events/{sooner}")
    assert (
        shown.one("log-in")["href"] == f"/log-in?next=/events/{sooner}"
        or "next=%2Fevents" in shown.one("log-in")["href"]
    )
    assert "Or call us" in shown.words


def test_an_event_that_is_over_is_not_on_the_list(make, client):
    make.event(days=-1)
    assert "No events just now" in client.get("/events").words


def test_a_citizen_signs_up_once_gets_a_receipt_sees_it_beside_her_meetings_and_signs_off(
    app, make, client_of
):
    maja, event = make.citizen(), make.event()
    browser = client_of(maja.user)
    for _twice in range(2):
        page = browser.follow(browser.post(f"/events/{event}/sign-up"))
    assert "You are signed up" in page.words
    assert told(app, maja) == ["You are signed up"]
    assert "Job fair" in browser.get("/my/meetings").one("event").get_text()
    page = browser.follow(browser.post(f"/events/{event}/sign-off"))
    assert page.one("sign-up")
    browser.post(f"/events/{event}/sign-off")
    assert not browser.get("/my/meetings").all("event")


def test_a_line_of_those_who_wait_gets_the_seats_in_order(app, make, client_of):
    anna, bea, cleo = (make.citizen(name=name) for name in ("Anna", "Bea", "Cleo"))
    event = make.event(seats=1)
    for person in (anna, bea, cleo):
        sign_up(make, event, person)
    page = client_of(cleo.user).get(f"/events/{event}")
    assert "1 person waits before you" in page.words
    assert "All 1 are taken" in page.words
    make.keep(services.sign_off, event, anna.id, now=clock.now())
    assert told(app, bea) == ["You are on the waiting list", "You have got a seat"]
    assert told(app, cleo) == ["You are on the waiting list"]


def test_ten_people_want_the_last_three_seats_and_three_get_them(app, make):
    event = make.event(seats=3)
    people = [make.citizen(log_in=False) for _number in range(10)]
    assert (
        race([lambda person=person: sign_up(make, event, person) for person in people])
        == ["won"] * 10
    )
    with app.app_context():
        assert queries.count_line(event) == (3, 7)
    maja = make.citizen(log_in=False)
    assert race([lambda: sign_up(make, event, maja)] * 5) == ["won"] * 5
    with app.app_context():
        assert (
            db.session.scalar(sa.select(sa.func.count()).where(EventSignUp.citizen_id == maja.id))
            == 1
        )


def test_nobody_signs_up_too_late_or_for_what_does_not_take_place(make, client_of):
    maja = make.citizen()
    closed = make.event(sign_up_by=clock.today() - timedelta(days=1))
    cancelled = make.event()
    make.keep(services.cancel_event, cancelled, by_user_id=None, now=clock.now())
    for event in (closed, cancelled):
        assert not client_of(maja.user).get(f"/events/{event}").all("sign-up")
        client_of(maja.user).post(f"/events/{event}/sign-up", status=409)
        with pytest.raises(Conflict):
            sign_up(make, event, maja)


def test_a_reminder_comes_the_day_before_and_not_to_whoever_signed_off(app, make):
    stays, leaves, event = make.citizen(), make.citizen(), make.event(days=5)
    sign_up(make, event, stays)
    sign_up(make, event, leaves)
    make.keep(services.sign_off, event, leaves.id, now=clock.now())
    with app.app_context():
        begins = queries.get_event(event).starts_at
    clock.start_at(begins - timedelta(hours=12))
    worker.run_once(app, at_night_too=True)
    assert told(app, stays)[-1] == "An event you signed up for is soon"
    assert "An event you signed up for is soon" not in told(app, leaves)


def test_an_administrator_makes_changes_and_cancels_an_event_and_whoever_comes_is_told(
    app, admin, make, client
):
    maja = make.citizen()
    day = clock.today() + timedelta(days=4)
    admin.post("/admin/events/new", {**FORM, "on": day.isoformat()})
    edit = admin.get("/admin/events").all("event")[0].a["href"]
    event = edit.rsplit("/", 1)[1]
    page = client.get(f"/events/{event}")
    assert (
        "14:00–16:00" in page.words and "2 of 2 are free" in page.words and "English" in page.words
    )
    with app.app_context():
        event_id = queries.list_events(clock.now())[0].id
    sign_up(make, event_id, maja)
    assert admin.get(edit).soup.find(id="begins")["value"] == "14:00"
    admin.post(edit, {**FORM, "on": day.isoformat(), "title_da": "Stor jobmesse"})
    assert told(app, maja) == ["You are signed up"]
    admin.post(edit, {**FORM, "on": day.isoformat(), "begins": "13:00"})
    for _twice in range(2):
        admin.post(f"{edit}/cancel")
    assert told(app, maja) == [
        "You are signed up",
        "An event you signed up for has changed",
        "An event you signed up for is cancelled",
    ]
    assert "This event is cancelled" in client.get(f"/events/{event}").words
    assert "Cancelled" in client.get("/events").words
    admin.post(
        edit, {**FORM, "on": day.isoformat(), "begins": "12:00"}
    )  # from a window that was open before
    assert told(app, maja)[-1] == "An event you signed up for is cancelled"


def test_more_seats_go_to_those_who_wait(app, make):
    event, first, second = make.event(seats=1), make.citizen(), make.citizen()
    sign_up(make, event, first)
    sign_up(make, event, second)
    with app.app_context():
        found = queries.get_event(event)
        names = ("title", "text", "starts_at", "ends_at", "place", "url", "language", "sign_up_by")
        values = {name: getattr(found, name) for name in names} | {"seats": 5}
    make.keep(services.save_event, event, values, by_user_id=None, now=clock.now())
    assert told(app, second)[-1] == "You have got a seat"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_da": ""},
        {"text_da": " "},
        {"on": "2020-01-01"},
        {"on": "never"},
        {"ends": "13:00"},
        {"begins": "late"},
        {"url": "http://example.org"},
        {"seats": "-1"},
        {"language": "xx"},
        {"sign_up_by": "2199-01-01"},
    ],
)
def test_a_wrong_event_is_not_saved_and_the_form_says_why(admin, client, wrong):
    page = admin.post(
        "/admin/events/new",
        {**FORM, "on": (clock.today() + timedelta(days=4)).isoformat(), **wrong},
        status=422,
    )
    assert page.soup.select_one("[role=alert] a")
    assert "No events just now" in client.get("/events").words


def test_the_way_in_to_an_online_event_is_for_those_who_have_a_seat(make, client, client_of):
    maja, event = make.citizen(), make.event(place="", url="https://example.org/room")
    assert not client.get(f"/events/{event}").all("link")
    sign_up(make, event, maja)
    assert (
        client_of(maja.user).get(f"/events/{event}").one("link")["href"]
        == "https://example.org/room"
    )


def test_the_calendar_file_says_what_it_is_and_not_who_comes(make, client):
    event = make.event()
    answer = client.http.get(f"/events/{event}.ics")
    entry = Calendar.from_ical(answer.get_data()).events[0]
    assert answer.status_code == 200
    assert (str(entry["summary"]), entry["dtstart"].dt.hour) in {("Job fair", 8), ("Job fair", 9)}
    assert "attendee" not in entry


def test_somebody_without_a_case_is_told_to_call_and_staff_cannot_sign_up(make, client_of):
    event = make.event()
    page = client_of(make.visitor()).get(f"/events/{event}")
    assert "Call us" in page.words and not page.all("sign-up")
    worker_page = client_of(make.caseworker()).get(f"/events/{event}")
    assert not worker_page.all("sign-up") and not worker_page.all("log-in")


def test_her_sign_ups_are_in_everything_about_her_and_go_with_her_case(app, make):
    maja, event = make.citizen(), make.event()
    sign_up(make, event, maja)
    with app.app_context():
        assert house().of_citizen["events"](maja.id)["signed_up"][0]["title"] == "Jobmesse"
    make.keep(erasing.erasure.erase, maja.id)
    with app.app_context():
        assert queries.count_line(event) == (0, 0)


def test_pages_of_events_cost_the_same_however_many_there_are(app, make, client_of):
    maja = make.citizen()
    browser, counts = client_of(maja.user), []
    for _round in range(2):
        for _number in range(3):
            event = make.event(seats=5)
            sign_up(make, event, maja)
        browser.get("/my")
        for path in ("/events", f"/events/{event}", "/my/meetings"):
            with counted_queries(app) as statements:
                browser.get(path)
            counts.append(len(statements))
    assert counts[:3] == counts[3:]
    assert max(counts) <= 9

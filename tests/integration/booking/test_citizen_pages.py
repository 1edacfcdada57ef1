"""A citizen books, moves, cancels and says what she wants to talk about."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from icalendar import Calendar

from jobunivers.booking.models import AgendaPoint, Appointment, SlotSearch
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.contact import queries as contact
from jobunivers.extensions import db
from jobunivers.shared import clock

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday, 8.00 in Denmark
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    return anne


@pytest.fixture
def maja(make, anne):
    return make.citizen(caseworker=anne, phone="20304050")


@pytest.fixture
def phone(client_of, maja):
    return client_of(maja.user)


def fields_of(form):
    """What a browser would send: inputs without ticks, texts, and what is chosen in lists."""
    fields = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field.get("name") and field.get("type") != "checkbox"
    }
    fields |= {field["name"]: field.text.strip() for field in form.find_all("textarea")}
    return fields | {
        field["name"]: field.find("option", selected=True)["value"]
        for field in form.find_all("select")
    }


def part(page, name):
    """A piece of a page or of an htmx answer, comparable; tokens of forms differ and are left out."""
    return re.sub(
        r'value="[^"]{40,}"', "", str(BeautifulSoup(page.text, "html.parser").find(id=name))
    )


def confirm_url(page, number=0):
    slot = page.all("slot")[number]
    form = slot.find_parent("form")
    values = {field["name"]: field["value"] for field in form.find_all("input")} | {
        "slot": slot["value"]
    }
    return form["action"] + "?" + "&".join(f"{name}={value}" for name, value in values.items())


def book(phone, need, **more):
    page = phone.get(confirm_url(phone.get(f"/my/meetings/book?need={need}")))
    form = page.one("book-this-time").find_parent("form")
    return phone.post(form["action"], {**fields_of(form), **more})


def rows(app, model=Appointment):
    with app.app_context():
        return list(db.session.scalars(sa.select(model).order_by(model.created_at)))


def test_three_screens_from_invitation_to_booked(app, make, maja, phone):
    need = make.need(maja)
    overview = phone.get("/my/meetings")
    assert "You have until Wednesday 2 December: 9 days." in overview.words
    times = phone.get(overview.one("book")["href"])
    assert [heading.text for heading in times.soup.find_all("h3")][0] == "Tuesday 24 November"
    check = phone.get(confirm_url(times))
    assert check.soup.h1.text == "Not booked yet: is this right?" and rows(app) == []
    form = check.one("book-this-time").find_parent("form")
    receipt = phone.follow(phone.post(form["action"], fields_of(form)))
    assert receipt.soup.h1.text == "Your meeting is booked"
    assert "Tuesday 24 November" in receipt.one("when").text and "20 30 40 50" in receipt.words
    [meeting] = rows(app)
    assert (meeting.need_id, meeting.status, meeting.phone) == (
        need,
        AppointmentStatus.BOOKED,
        "+4520304050",
    )
    assert "See free times" not in phone.get("/my/meetings").words


def test_the_same_form_sent_twice_shows_the_same_meeting(app, make, maja, phone):
    page = phone.get(confirm_url(phone.get(f"/my/meetings/book?need={make.need(maja)}")))
    fields = fields_of(page.one("book-this-time").find_parent("form"))
    first, second = (phone.post("/my/meetings/book", fields) for _twice in range(2))
    assert first.location == second.location
    assert len(rows(app)) == 1


def test_the_loser_of_a_race_gets_other_times_and_keeps_her_choices(app, make, anne, maja, phone):
    page = phone.get(confirm_url(phone.get("/my/meetings/book?kind=follow-up&interpreter=yes")))
    fields = fields_of(page.one("book-this-time").find_parent("form"))
    start = datetime.strptime(fields["slot"].split("_")[0], "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    make.booking(make.citizen(caseworker=anne), anne, start, now=NOW)
    lost = phone.post(
        "/my/meetings/book",
        {**fields, "interpreter_language": "uk", "has_companion": "y", "access_needs": "A lift"},
        status=409,
    )
    assert "Everything you chose is kept" in lost.words
    slot = lost.all("slot")[0]
    form = slot.find_parent("form")
    phone.post(form["action"], {**fields_of(form), "slot": slot["value"]})
    meeting = rows(app)[-1]
    assert (meeting.interpreter_language, meeting.has_companion, meeting.access_needs) == (
        "uk",
        True,
        "A lift",
    )
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=50)


def test_a_time_that_is_gone_when_she_opens_it_leads_to_other_times(make, anne, maja, phone):
    url = confirm_url(phone.get("/my/meetings/book?kind=follow-up"))
    make.booking(
        make.citizen(caseworker=anne), anne, datetime(2026, 11, 24, 8, 0, tzinfo=UTC), now=NOW
    )
    assert "You have no meeting yet" in phone.get(url, status=409).words


@pytest.mark.parametrize("phone_number", ["", "call me", "1" * 40])
def test_a_call_needs_a_number(app, make, maja, phone, phone_number):
    page = phone.get(confirm_url(phone.get("/my/meetings/book?kind=follow-up")))
    fields = fields_of(page.one("book-this-time").find_parent("form")) | {"phone": phone_number}
    refused = phone.post("/my/meetings/book", fields, status=422)
    assert refused.soup.find(role="alert") and rows(app) == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"slot": "tomorrow"}, 409),
        ({"slot": "20261124T0807Z_00000000000000000000000000000001"}, 409),  # no such host
        ({"kind": "nonsense"}, 404),
        ({"need": "not-a-uuid"}, 404),
        ({"request_key": "x"}, 422),
        ({"form": "carrier-pigeon"}, 422),
        ({"access_needs": "x" * 301}, 422),
        ({"interpreter": "yes", "interpreter_language": "klingon"}, 422),
    ],
)
def test_forged_and_broken_forms_book_nothing(app, make, maja, phone, change, status):
    page = phone.get(confirm_url(phone.get("/my/meetings/book?kind=follow-up")))
    fields = fields_of(page.one("book-this-time").find_parent("form"))
    phone.post("/my/meetings/book", {**fields, **change}, status=status)
    assert rows(app) == []


def test_a_time_outside_every_window_cannot_be_forged(app, anne, maja, phone):
    page = phone.get(confirm_url(phone.get("/my/meetings/book?kind=follow-up")))
    fields = fields_of(page.one("book-this-time").find_parent("form"))
    phone.post(
        "/my/meetings/book", {**fields, "slot": f"20261124T2000Z_{anne.id.hex}"}, status=409
    )  # 21.00
    assert rows(app) == []


def test_interpreter_from_her_record_makes_the_meeting_longer(app, make, anne, client_of):
    olena = make.citizen(caseworker=anne, interpreter_language="uk", phone="20304050")
    book(client_of(olena.user), make.need(olena))
    [meeting] = rows(app)
    assert (meeting.interpreter_language, meeting.ends_at - meeting.starts_at) == (
        "uk",
        timedelta(minutes=75),
    )


def test_without_interpreter_is_a_choice_too(app, make, anne, client_of):
    olena = make.citizen(caseworker=anne, interpreter_language="uk", phone="20304050")
    phone = client_of(olena.user)
    page = phone.get(confirm_url(phone.get("/my/meetings/book?kind=follow-up&interpreter=no")))
    form = page.one("book-this-time").find_parent("form")
    phone.post(form["action"], fields_of(form))
    assert rows(app)[0].interpreter_language is None


def test_choosing_how_to_meet_swaps_the_times_as_a_reload_would(make, anne, phone):
    block = phone.htmx_get("/my/meetings/book?kind=follow-up&form=office&interpreter=no")
    page = phone.get("/my/meetings/book?kind=follow-up&form=office&interpreter=no")
    assert part(block, "times") == part(page, "times")
    assert block.all("slot")


def test_no_time_before_the_day_is_noted_in_her_favour_and_somebody_acts(
    app, make, anne, maja, phone
):
    need = make.need(maja, kind="week-22", days=9)
    page = phone.get(f"/my/meetings/book?need={need}&form=library")
    assert "That is not your fault" in page.words
    phone.get(f"/my/meetings/book?need={need}&form=library")
    [search] = rows(app, SlotSearch)
    assert (search.kind, search.form, search.found) == ("week-22", "library", 0)
    with app.app_context():
        assert [task.what for task in contact.list_tasks(anne.id)] == ["no_slot_found"]
    assert [link.text for link in page.soup.select("#times .alert a")] == [
        "By video",
        "At our office",
    ]


def test_i_cannot_before_then_is_one_tap(app, make, anne, maja, phone):
    need = make.need(maja)
    url = f"/my/meetings/needs/{need}/cannot"
    block = phone.htmx_post(url)
    assert "Anne Demo calls you by Tuesday 24 November" in block.one("asked").text
    page = phone.follow(phone.post(url))
    assert part(page, "needs") == part(block, "needs")
    with app.app_context():
        assert [task.what for task in contact.list_tasks(anne.id)] == ["cannot_before_deadline"]


def test_please_call_me(app, anne, phone):
    page = phone.follow(phone.post("/my/meetings/ask-for-call", {"kind": "follow-up"}))
    assert "Anne Demo calls you" in page.one("asked").text
    phone.post("/my/meetings/ask-for-call", {"kind": "nonsense"}, status=404)


def test_moving_keeps_the_meeting_and_cancelling_asks_first(app, make, anne, maja, phone):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    times = phone.get(f"/my/meetings/{meeting}/move")
    assert "stays booked until you have a new time" in times.words
    check = phone.get(confirm_url(times))
    form = check.one("move-here").find_parent("form")
    moved = phone.follow(phone.post(form["action"], fields_of(form)))
    assert moved.soup.h1.text == "Your meeting has a new time"
    assert (
        phone.post(form["action"], fields_of(form)).location == f"/my/meetings/{meeting}?done=moved"
    )  # sent twice
    assert rows(app)[0].sequence == 1
    question = phone.get(f"/my/meetings/{meeting}/cancel")
    assert rows(app)[0].status is AppointmentStatus.BOOKED
    done = phone.follow(
        phone.post(question.one("cancel-it").find_parent("form")["action"], {"why": "ill child"})
    )
    assert done.soup.h1.text == "Your meeting is cancelled"
    phone.post(f"/my/meetings/{meeting}/cancel", {"why": ""})  # twice is kind


def test_moving_to_a_time_that_was_taken_keeps_the_old_one(app, make, anne, maja, phone):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    other = TEN + timedelta(hours=3)
    make.booking(make.citizen(caseworker=anne), anne, other, now=NOW)
    page = phone.post(
        f"/my/meetings/{meeting}/move",
        {"slot": f"{other:%Y%m%dT%H%MZ}_{anne.id.hex}", "form": "phone"},
        status=409,
    )
    assert "Your old time is still yours" in page.words
    assert rows(app)[0].starts_at == TEN


def test_too_late_to_move_but_never_too_late_to_say_that_one_cannot_come(
    app, make, anne, maja, phone
):
    soon = NOW + timedelta(hours=3)
    meeting = make.booking(maja, anne, soon, now=NOW - timedelta(days=3))
    assert "cannot be moved here" in phone.get(f"/my/meetings/{meeting}/move").words
    phone.post(
        f"/my/meetings/{meeting}/move", {"slot": f"{TEN:%Y%m%dT%H%MZ}_{anne.id.hex}"}, status=409
    )
    phone.post(f"/my/meetings/{meeting}/cancel", {"why": ""})
    with app.app_context():
        assert [task.what for task in contact.list_tasks(anne.id)] == ["cancelled_late"]
    clock.start_at(soon + timedelta(minutes=1))


def test_the_calendar_file_is_neutral_and_follows_changes(make, anne, maja, phone):
    meeting = make.booking(
        maja, anne, TEN, now=NOW, form=Form.OFFICE, location="main-office", rooms=6
    )
    first = Calendar.from_ical(phone.http.get(f"/my/meetings/{meeting}.ics").data)
    event = first.events[0]
    assert (first["METHOD"], event["SUMMARY"], event["SEQUENCE"]) == (
        "PUBLISH",
        "Meeting, Aarhus Municipality",
        0,
    )
    assert (
        event.start == TEN
        and event["DTSTART"].params["TZID"] == "Europe/Copenhagen"
        and event["LOCATION"] == "Eksempelgade 1, 8000 Aarhus C"
    )
    assert (
        "Maja" not in first.to_ical().decode() and "first-meeting" not in first.to_ical().decode()
    )
    phone.post(f"/my/meetings/{meeting}/cancel", {"why": ""})
    second = Calendar.from_ical(phone.http.get(f"/my/meetings/{meeting}.ics").data)
    assert (
        second["METHOD"],
        second.events[0]["SEQUENCE"],
        second.events[0]["STATUS"],
        second.events[0]["UID"],
    ) == ("CANCEL", 1, "CANCELLED", event["UID"])


def test_her_points_are_added_changed_and_removed(app, make, anne, maja, phone):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    base = f"/my/meetings/{meeting}/points"
    block = phone.htmx_post(base, {"text": "Can I take a course?"})
    page = phone.get(f"/my/meetings/{meeting}")
    assert part(block, "points") == part(page, "points") and block.one("point")
    assert "Anne Demo sees your points" in page.words
    [point] = rows(app, AgendaPoint)
    assert (point.appointment_id, point.owner_id) == (meeting, maja.owner_id)
    phone.post(f"{base}/{point.id}", {"text": "Which course?"})
    assert rows(app, AgendaPoint)[0].text == "Which course?"
    for text in ("", "x" * 301):
        phone.post(base, {"text": text}, status=422)
        phone.post(f"{base}/{point.id}", {"text": text}, status=422)
    phone.post(f"{base}/{point.id}", {"text": "Which course?", "remove": "1"})
    assert rows(app, AgendaPoint) == []


def test_points_wait_for_the_next_meeting(app, make, anne, maja, phone):
    phone.post("/my/meetings/points", {"text": "My first question"})
    assert phone.htmx_post("/my/meetings/points", {"text": ""}, status=422).soup.find(role="alert")
    meeting = make.booking(maja, anne, TEN, now=NOW)
    assert "My first question" in phone.get(f"/my/meetings/{meeting}").words


def test_somebody_elses_meeting_need_and_point_are_not_there(make, anne, maja, phone):
    other = make.citizen(caseworker=anne)
    meeting, need = make.booking(other, anne, TEN, now=NOW), make.need(other)
    point = make.save(AgendaPoint(owner_id=other.owner_id, appointment_id=meeting, text="Secret"))
    for path in (
        f"{meeting}",
        f"{meeting}/move",
        f"{meeting}/cancel",
        f"{meeting}.ics",
        f"book?need={need}",
    ):
        phone.get(f"/my/meetings/{path}", status=404)
    for path in (
        f"{meeting}/move",
        f"{meeting}/cancel",
        f"{meeting}/points",
        f"needs/{need}/cannot",
        f"points/{point}",
    ):
        phone.post(f"/my/meetings/{path}", {"slot": "x", "text": "y"}, status=404)


def test_staff_and_strangers_do_not_come_in(client, client_of, anne):
    assert client.get("/my/meetings", status=303).location.startswith("/log-in")
    client_of(anne).get("/my/meetings", status=403)


def test_link_without_log_in_shows_moves_and_cancels_and_says_nothing_about_her(
    app, make, anne, maja, phone, client
):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    url = "/m/" + phone.get(f"/my/meetings/{meeting}").one("link").text.rsplit("/", 1)[1]
    page = client.get(url)
    assert "Thursday 26 November" in page.words
    assert (
        "Maja" not in page.text and "20304050" not in page.text and "First meeting" not in page.text
    )
    form = client.get(confirm_url(client.get(f"{url}/move"))).one("move-here").find_parent("form")
    assert (
        "The meeting has a new time"
        in client.follow(client.post(form["action"], fields_of(form))).words
    )
    assert (
        "The meeting is cancelled" in client.follow(client.post(f"{url}/cancel", {"why": ""})).words
    )
    assert rows(app)[0].status is AppointmentStatus.CANCELLED_BY_CITIZEN
    client.get(url[:-3] + "abc", status=404)
    clock.start_at(TEN + timedelta(days=2))
    client.get(url, status=410)


def test_of_two_invitations_the_first_has_the_primary_button(make, maja, phone):
    make.need(maja)
    make.need(maja, kind="job-broker")
    assert [
        len(need.select(".button-primary")) for need in phone.get("/my/meetings").all("need")
    ] == [1, 0]

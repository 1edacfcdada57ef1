"""What happens at the edges of booking: too far ahead, twice, moved, taken out of the profile."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import queries, services
from jobunivers.booking.models import Appointment, Participant
from jobunivers.booking.types import Actor, AppointmentStatus, Form
from jobunivers.contact.models import Need, Task
from jobunivers.contact.types import NeedStatus
from jobunivers.extensions import db
from jobunivers.messages.models import Message
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.profile import load_profile, profile_codes

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday, 8.00 in Denmark
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HERSELF = Actor(None, "citizen")


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


def slot(anne, starts_at):
    return f"{starts_at.strftime('%Y%m%dT%H%MZ')}_{anne.id.hex}"


def one(app, model, *where):
    with app.app_context():
        return db.session.scalars(sa.select(model).where(*where)).one()


def booking_form(anne, starts_at, **more):
    return {
        "slot": slot(anne, starts_at),
        "request_key": f"{abs(hash(starts_at)):032x}"[:32],
        "form": "phone",
        "interpreter": "no",
        "interpreter_language": "",
        "phone": "20304050",
        **more,
    }


# --- how far ahead
# ------------------------------------------------------------------------------


def test_nobody_books_a_meeting_for_the_year_after_next(app, make, anne, maja, phone):
    assert "No free times" in phone.get("/my/meetings/book?kind=follow-up&from=2031-01-06").text
    far = datetime(2031, 1, 6, 9, 0, tzinfo=UTC)
    form = booking_form(anne, far, kind="follow-up")
    phone.post("/my/meetings/book", form, status=409)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Appointment.id))) == 0


def test_an_invitation_leads_to_days_up_to_its_last_one_and_the_grace(app, make, anne, maja, phone):
    need = make.need(maja, days=9)  # until 2 December, and fourteen days more
    page = phone.get(f"/my/meetings/book?need={need}&form=phone&from=2026-12-14")
    assert page.one("horizon").text == "Times can be booked until Wednesday 16 December."
    assert page.all("later") == []
    late = booking_form(anne, datetime(2026, 12, 17, 9, 0, tzinfo=UTC), need=need, kind="")
    phone.post("/my/meetings/book", late | {"kind": "first-meeting"}, status=409)
    assert one(app, Need, Need.id == need).status is NeedStatus.OPEN


def test_the_day_that_has_passed_still_lets_her_book(make, anne, maja, phone):
    need = make.need(maja, days=-30)
    assert phone.get(f"/my/meetings/book?need={need}").all("slot")


def test_a_meeting_is_moved_no_further_than_its_invitation_allows(app, make, anne, maja, phone):
    need = make.need(maja, days=9)
    meeting = make.booking(maja, anne, TEN, now=NOW, need_id=need, phone="20304050")
    form = {"slot": slot(anne, datetime(2026, 12, 21, 9, 0, tzinfo=UTC)), "form": "phone"}
    phone.post(f"/my/meetings/{meeting}/move", form, status=409)
    assert one(app, Appointment).starts_at == TEN


def test_the_year_stands_when_it_is_not_this_year(app):
    clock.start_at(NOW)
    with app.app_context(), i18n.speaking("en"):
        assert i18n.day(date(2026, 12, 31)) == "Thursday 31 December"
        assert i18n.day(date(2027, 1, 4)) == "Monday 4 January 2027"
        assert i18n.days(date(2026, 12, 28), date(2027, 1, 3)) == "28 December – 3 January 2027"
    with app.app_context(), i18n.speaking("da"):
        assert i18n.day(date(2027, 1, 4)) == "mandag den 4. januar 2027"


@pytest.mark.parametrize("code", profile_codes())
def test_every_meeting_that_a_rule_asks_for_can_be_booked_when_it_is_asked_for(code):
    profile = load_profile(code)
    for rule in profile.contact_rules:
        horizon = profile.kind(rule.kind).horizon_weeks
        asked_ahead = rule.by_week if rule.from_week < 20 and rule.by_week else rule.every_weeks
        assert horizon >= (asked_ahead or 0), rule.code


# --- twice
# ------------------------------------------------------------------------------


def test_one_invitation_is_one_meeting_also_from_two_windows(app, make, anne, maja, phone):
    need = make.need(maja)
    first = booking_form(anne, TEN, need=need, kind="first-meeting")
    phone.post("/my/meetings/book", first, status=303)
    second = booking_form(anne, TEN + timedelta(days=1), need=need, kind="first-meeting")
    page = phone.post("/my/meetings/book", second, status=303)
    meeting = one(app, Appointment)
    assert str(meeting.id) in page.location
    assert str(meeting.id) in phone.get(f"/my/meetings/book?need={need}", status=303).location


def test_the_database_keeps_one_meeting_for_one_invitation(app, make, anne, maja):
    need = make.need(maja)
    make.booking(maja, anne, TEN, now=NOW, need_id=need)
    with pytest.raises(Conflict):
        make.booking(maja, anne, TEN + timedelta(days=1), now=NOW, need_id=need)
    other = make.booking(maja, anne, TEN + timedelta(days=1), now=NOW)
    with pytest.raises(sa.exc.IntegrityError), app.app_context(), write():
        db.session.get(Appointment, other).need_id = need


def test_a_booking_without_the_invitation_s_link_meets_it_all_the_same(app, make, anne, maja):
    need = make.need(maja)
    make.booking(maja, anne, TEN, now=NOW)
    assert one(app, Need, Need.id == need).status is NeedStatus.MET
    assert one(app, Appointment).need_id == need


def test_she_books_so_many_of_a_kind_herself_and_staff_more(app, make, anne, maja, phone):
    for day in (0, 1):
        make.booking(maja, anne, TEN + timedelta(days=day), now=NOW, kind="follow-up", by=HERSELF)
    page = phone.get("/my/meetings/book?kind=follow-up")
    assert len(page.one("enough").find_all(attrs={"data-test": "meeting"})) == 2
    assert "Do you need one more? Call us on" in page.words
    phone.post(
        "/my/meetings/book",
        booking_form(anne, TEN + timedelta(days=4), kind="follow-up"),
        status=409,
    )
    with pytest.raises(services.EnoughComing):
        make.booking(maja, anne, TEN + timedelta(days=4), now=NOW, kind="follow-up", by=HERSELF)
    make.booking(maja, anne, TEN + timedelta(days=4), now=NOW, kind="follow-up")


# --- moving and cancelling
# ------------------------------------------------------------------------------


def test_moving_keeps_interpreter_and_companion(app, make, anne, maja, phone):
    meeting = make.booking(
        maja, anne, TEN, now=NOW, interpreter_language="uk", has_companion=True, phone="20304050"
    )
    to = {"slot": slot(anne, TEN + timedelta(days=1)), "form": "phone"}
    page = phone.get(f"/my/meetings/{meeting}/move?slot={to['slot']}&form=phone")
    assert "interpreter" in page.words and "Somebody comes with you" in page.words
    phone.post(f"/my/meetings/{meeting}/move", to | {"phone": "20304050"}, status=303)
    row = one(app, Appointment)
    assert (row.interpreter_language, row.has_companion) == ("uk", True)
    assert row.ends_at - row.starts_at == timedelta(minutes=75)
    with app.app_context():
        assert set(db.session.scalars(sa.select(Participant.role))) == {
            "citizen",
            "caseworker",
            "interpreter",
            "companion",
        }


def test_moving_to_a_call_asks_for_a_number(app, make, anne, client_of):
    mute = make.citizen(caseworker=anne)
    make.windows(anne, forms=("office", "phone"))
    meeting = make.booking(
        mute, anne, TEN, now=NOW, form=Form.OFFICE, location="main-office", rooms=6
    )
    phone, to = client_of(mute.user), slot(anne, TEN + timedelta(days=1))
    form = {"slot": to, "form": "phone", "phone": ""}
    page = phone.post(f"/my/meetings/{meeting}/move", form, status=422)
    assert "Write the number we shall call." in page.words
    phone.post(f"/my/meetings/{meeting}/move", form | {"phone": "20 30 40 50"}, status=303)
    assert one(app, Appointment).phone == "+4520304050"


def test_by_link_no_number_of_hers_is_shown(app, make, anne, maja, client):
    from jobunivers.booking import link_http as links

    meeting = make.booking(
        maja, anne, TEN, now=NOW, form=Form.OFFICE, location="main-office", rooms=6
    )
    with app.app_context(), app.test_request_context():
        url = links.url_for_meeting(meeting)
    path = "/m/" + url.split("/m/")[1]
    to = slot(anne, TEN + timedelta(days=1))
    page = client.get(f"{path}/move?slot={to}&form=phone")
    assert "20304050" not in page.text
    assert "Leave it empty to be called on the number we have." in page.words


def test_cancelling_plans_what_comes_next_at_once(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW, kind="follow-up")
    with app.app_context(), write():
        services.cancel(meeting, by=HERSELF, now=NOW)
    with app.app_context():
        [need] = db.session.scalars(sa.select(Need).where(Need.status == NeedStatus.OPEN))
        assert need.citizen_id == maja.id and need.invited_at == NOW
        assert "need.invited" in db.session.scalars(sa.select(Message.kind)).all()


def test_cancelling_where_nothing_is_free_is_the_team_s_task_at_once(app, make):
    clock.start_at(NOW)
    bo = make.caseworker(name="Bo Demo")
    ida = make.citizen(caseworker=bo)
    meeting = make.booking(ida, bo, TEN, now=NOW, kind="follow-up")
    with app.app_context(), write():
        services.cancel(meeting, by=HERSELF, now=NOW)
    assert one(app, Task, Task.citizen_id == ida.id).what == "no_slot_found"
    with app.app_context():
        assert "need.invited" not in db.session.scalars(sa.select(Message.kind)).all()


def test_staff_says_why_a_meeting_is_cancelled(app, make, anne, maja, client_of):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    desk = client_of(anne.id)
    page = desk.post(f"/caseworker/calendar/{meeting}/cancel", {"why": "  "}, status=422)
    assert "Write why" in page.words
    desk.post(f"/caseworker/calendar/{meeting}/cancel", {"why": "The room is gone"}, status=303)
    with app.app_context():
        row = queries.get_meeting_by_id(meeting)
        assert row.status is AppointmentStatus.CANCELLED_BY_OFFICE
        assert "appointment.cancelled" in db.session.scalars(sa.select(Message.kind)).all()
    assert "The room is gone" in client_of(maja.user).get("/my/data").text


# --- what the profile no longer has
# ------------------------------------------------------------------------------


def test_a_kind_and_a_place_taken_out_of_the_profile_break_nothing_that_stands(
    app, make, anne, maja, phone, client_of, monkeypatch
):
    meeting = make.booking(
        maja, anne, TEN, now=NOW, form=Form.OFFICE, location="main-office", rooms=6
    )
    need = make.need(maja, kind="job-broker")
    profile = app.config["PROFILE"]
    without = replace(
        profile,
        meeting_kinds=tuple(
            kind
            for kind in profile.meeting_kinds
            if kind.code not in ("first-meeting", "job-broker")
        ),
        locations=profile.locations[1:],
    )
    monkeypatch.setitem(app.config, "PROFILE", without)
    for path in ("", f"/{meeting}", f"/{meeting}/move", f"/{meeting}/cancel", f"/{meeting}.ics"):
        phone.get(f"/my/meetings{path}")
    assert phone.get(f"/my/meetings/book?need={need}&form=phone").all("slot")
    phone.get("/my")
    desk = client_of(anne.id)
    for path in ("", f"/{meeting}", f"/{meeting}/move", "/windows"):
        desk.get(f"/caseworker/calendar{path}")
    to = {"slot": slot(anne, TEN + timedelta(days=1)), "form": "phone", "phone": "20304050"}
    phone.post(f"/my/meetings/{meeting}/move", to, status=303)
    assert one(app, Appointment).starts_at == TEN + timedelta(days=1)

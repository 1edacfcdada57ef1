"""A caseworker with the right exempts a citizen: she is told, is called instead, and loses nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import services as booking
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload import queries as caseload
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import jobs, queries
from jobunivers.contact.types import ExemptionScope
from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.messages import notices
from jobunivers.messages.models import Message
from jobunivers.messages.types import Topic
from jobunivers.shared import clock
from jobunivers.shared.audit import looks_at
from jobunivers.shared.db import write
from tests.integration.booking.test_races import race
from tests.support.make_booking import STAFF

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SELF_BOOKING = {"reason": "digital-skills", "ends_on": "2027-05-01", "note": "Agreed on the phone"}


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    team = make.team(name="Team A")
    person = make.staff(Grant.CASEWORKER, Grant.EXEMPTION, team_id=team, name="Anne Demo")
    person.team_id = team
    make.windows(person)
    return person


@pytest.fixture
def maja(make, anne):
    return make.citizen(name="Maja Demo", caseworker=anne)


@pytest.fixture
def screen(client_of, anne):
    return client_of(anne)


def path(citizen):
    return f"/caseworker/citizens/{citizen.id}/exemptions"


def test_whoever_is_exempt_is_told_and_called_instead(app, make, anne, maja, screen, client_of):
    make.need(maja)
    screen.post(path(maja), SELF_BOOKING)
    assert "Finds digital services very hard to use" in screen.get(path(maja)).one("exemption").text
    with app.app_context():
        assert [task.what for task in queries.list_tasks(anne.id)] == ["book_for_citizen"]
        assert queries.list_open_needs(
            maja.id
        )  # the invitation stays: she may still choose herself
    hers = client_of(maja.user)
    assert "One of us calls you" in hers.get("/my").words
    page = hers.get("/my/meetings")
    assert "You need not book your meetings yourself" in page.one("exempt").text
    assert page.all("deadline") == [] and page.all("cannot") == []
    assert "You have until" not in hers.get("/my/meetings/book").words
    assert "Until Saturday 1 May 2027 you need not book" in hers.get("/my/messages").words


def test_the_mail_about_an_exemption_does_not_speak_of_a_meeting(app):
    assert [notices.find_kind(kind).topic for kind in (exemptions.GRANTED, exemptions.ENDED)] == [
        Topic.MESSAGE,
        Topic.MESSAGE,
    ]


def test_a_later_invitation_asks_an_exempt_citizen_for_nothing(app, make, maja, screen, client_of):
    screen.post(path(maja), SELF_BOOKING)
    with app.app_context():
        jobs.apply_to_everybody(NOW + timedelta(days=1))
    words = client_of(maja.user).get("/my/messages").words
    assert "Please choose a time by" not in words
    assert "You need not do anything" in words


def test_an_exemption_ends_by_hand_and_leaves_its_rows(app, make, maja, screen, client_of):
    screen.post(path(maja), SELF_BOOKING)
    screen.post(screen.get(path(maja)).one("exemption").form["action"])
    assert "Not exempt from anything" in screen.get(path(maja)).words
    with app.app_context():
        assert queries.books_herself(maja.id, clock.today())
        assert {"citizen.exempted", "citizen.exemption_ended"} <= {
            look.action for look in looks_at(maja.id)
        }
        assert {"exempted", "exemption_ended"} <= {
            change["what"] for change in caseload.everything_about_citizen(maja.id)["changes"]
        }
    assert (
        "You choose the times of your meetings yourself again"
        in client_of(maja.user).get("/my/messages").words
    )


def test_the_same_form_twice_is_one_exemption_and_another_one_waits_for_the_end(app, maja, screen):
    for _again in range(2):
        screen.post(path(maja), SELF_BOOKING)
    with app.app_context():
        assert len(exemptions.list_in_force(clock.today(), citizen_id=maja.id)) == 1
    page = screen.post(path(maja), SELF_BOOKING | {"reason": "language"}, status=422)
    assert "exempt from this already" in page.words


def test_the_first_meeting_is_for_everybody(app, make, anne, maja, screen, client_of):
    talks = {"reason": "assessed", "ends_on": "2027-02-01"}
    assert "The first meeting is for everybody" in screen.post(path(maja), talks, status=422).words
    meeting = make.booking(maja, anne, NOW + timedelta(hours=1), now=NOW)
    make.keep(
        booking.record_outcome,
        meeting,
        AppointmentStatus.HELD,
        by=STAFF,
        now=NOW + timedelta(hours=2),
    )
    screen.post(path(maja), talks)
    with app.app_context():
        assert exemptions.find_in_force(maja.id, ExemptionScope.TALKS, clock.today())
    assert "We do not invite you to meetings now" in client_of(maja.user).get("/my/meetings").words


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "laziness"},
        {"ends_on": ""},
        {"ends_on": "2026-11-23"},
        {"ends_on": "2028-11-23"},
        {"note": "x" * 301},
    ],
)
def test_wrong_exemptions_come_back_with_a_word(maja, screen, wrong):
    assert screen.post(path(maja), SELF_BOOKING | wrong, status=422).soup.find(
        attrs={"role": "alert"}
    )


def test_a_colleague_without_the_right_reads_but_does_not_exempt(make, maja, screen, client_of):
    screen.post(path(maja), SELF_BOOKING)
    own = make.caseworker()
    client_of(own).get(path(maja), status=404)
    ole = make.citizen(caseworker=own)
    page = client_of(own).get(path(ole))
    assert "Colleagues with the right to exempt" in page.words and not page.soup.find(id="ends_on")
    client_of(own).post(path(ole), SELF_BOOKING, status=403)


def test_the_register_says_who_why_and_who_decided(make, anne, maja, screen, client_of):
    screen.post(path(maja), SELF_BOOKING)
    lars = make.staff(Grant.COORDINATOR, team_id=anne.team_id)
    words = client_of(lars).get("/coordinator/exemptions").words
    for part in (
        "Maja Demo",
        "Finds digital services very hard to use",
        "Agreed on the phone",
        "1 May 2027",
        "Anne Demo",
    ):
        assert part in words


def test_the_same_form_from_two_windows_at_once_exempts_once_and_tells_once(app, maja, anne):
    reason = next(
        each for each in app.config["PROFILE"].exemption_reasons if each.code == "digital-skills"
    )

    def exempt():
        with app.app_context(), write():
            exemptions.grant(
                maja.id, reason, ends_on=date(2027, 5, 1), note="", by_user_id=anne.id, now=NOW
            )

    race([exempt] * 8)
    with app.app_context():
        assert len(exemptions.list_in_force(clock.today(), citizen_id=maja.id)) == 1
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Message)) == 1

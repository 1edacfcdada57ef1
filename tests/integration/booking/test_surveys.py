"""After a meeting: asked once, answered in a few taps, counted without a name, and nobody can be
found again.
"""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import link_http as links
from jobunivers.booking import services
from jobunivers.booking import survey_services as surveys
from jobunivers.booking.models import Appointment, SurveyCount, SurveyLine
from jobunivers.booking.types import Actor, AppointmentStatus
from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.messages import services as messages
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.notices import capped_kinds
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.db import UtcDateTime, write
from jobunivers.shared.errors import Conflict

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # a Tuesday, 10.00 in Denmark
STAFF = Actor(None, "caseworker")
ANSWERS = {"agenda": "yes", "heard": "partly", "next": "yes", "form": "same"}
POSTED = {f"q-{question}": answer for question, answer in ANSWERS.items()}


@pytest.fixture
def anne(make):
    clock.start_at(NOW)
    return make.caseworker(name="Anne Demo")


def held(app, make, citizen, caseworker, *, hours_ago=2, outcome=AppointmentStatus.HELD, **more):
    """A meeting of the past with its outcome of now."""
    starts_at = clock.now() - timedelta(hours=hours_ago)
    meeting = make.booking(
        citizen, caseworker, starts_at, now=starts_at - timedelta(days=7), **more
    )
    record(app, meeting, outcome)
    return meeting


def record(app, meeting, outcome):
    with app.app_context(), write():
        services.record_outcome(meeting, outcome, by=STAFF, now=clock.now())


def answer(app, meeting, line="", **answers):
    with app.app_context(), write():
        surveys.answer(meeting, answers or ANSWERS, line, now=clock.now())


def send(phone, meeting, **fields):
    """The page after the form was sent."""
    return phone.follow(phone.post(f"/my/meetings/{meeting}/survey", fields))


def rows(app, model, *where):
    with app.app_context():
        return list(db.session.scalars(sa.select(model).where(*where)))


def notices(app, citizen):
    return rows(app, Message, Message.citizen_id == citizen.id, Message.kind == surveys.ASKED)


# --- asking
# ------------------------------------------------------------------------------


def test_a_held_meeting_is_asked_about_once(app, make, anne):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    record(app, meeting, AppointmentStatus.UNKNOWN)
    record(app, meeting, AppointmentStatus.HELD)
    assert len(notices(app, maja)) == 1


@pytest.mark.parametrize("outcome", [AppointmentStatus.MISSED, AppointmentStatus.UNKNOWN])
def test_a_meeting_that_was_not_held_is_not_asked_about(app, make, anne, outcome):
    maja = make.citizen(caseworker=anne)
    held(app, make, maja, anne, outcome=outcome)
    assert notices(app, maja) == []


def test_an_outcome_recorded_late_asks_nothing(app, make, anne):
    maja = make.citizen(caseworker=anne)
    held(app, make, maja, anne, hours_ago=24 * 8)
    assert notices(app, maja) == []


def test_nobody_gets_a_letter_about_it(app, make, anne):
    gerda = make.citizen(caseworker=anne, channel=Channel.LETTER)
    held(app, make, gerda, anne)
    [notice] = notices(app, gerda)
    assert rows(app, Delivery, Delivery.message_id == notice.id) == []


def test_it_takes_no_place_from_a_reminder_and_keeps_to_the_weekly_cap(app, make, anne):
    maja = make.citizen(caseworker=anne, email="maja@example.org")
    with app.app_context():
        cap = app.config["PROFILE"].reminders_per_week
        capped = capped_kinds()
    assert surveys.ASKED not in capped
    for number in range(cap):
        make.keep(
            messages.notify,
            make.recipient(maja),
            capped[0],
            {},
            now=clock.now(),
            key=f"reminder:{number}",
        )
    held(app, make, maja, anne)
    [notice] = notices(app, maja)
    assert rows(app, Delivery, Delivery.message_id == notice.id) == []


# --- answering
# ------------------------------------------------------------------------------


def test_four_taps_and_a_line(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    phone = client_of(maja.user)
    assert (
        phone.get(f"/my/meetings/{meeting}").one("survey")["href"]
        == f"/my/meetings/{meeting}/survey"
    )
    page = send(phone, meeting, **POSTED, line="A good talk")
    assert "Thank you for your answers" in page.words
    assert {(row.question, row.answer, row.count) for row in rows(app, SurveyCount)} == {
        (*pair, 1) for pair in ANSWERS.items()
    }
    assert [row.text for row in rows(app, SurveyLine)] == ["A good talk"]
    assert phone.get(f"/my/meetings/{meeting}").all("survey") == []


def test_one_answer_is_enough_and_none_is_told_so(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    phone = client_of(maja.user)
    assert (
        "Answer one of the questions"
        in phone.post(f"/my/meetings/{meeting}/survey", {}, status=422).words
    )
    phone.post(
        f"/my/meetings/{meeting}/survey", {"q-heard": "an answer that nobody offered"}, status=422
    )
    assert "Thank you" in send(phone, meeting, **{"q-heard": "no"}).words


def test_the_same_form_twice_is_counted_once(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    phone = client_of(maja.user)
    send(phone, meeting, **POSTED)
    assert "The questions about this meeting are closed" in send(phone, meeting, **POSTED).words
    assert {row.count for row in rows(app, SurveyCount)} == {1}


def test_no_thank_you_counts_nothing(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    assert "That is fine" in send(client_of(maja.user), meeting, **POSTED, decline="1").words
    assert rows(app, SurveyCount) == []


def test_the_link_on_paper_leads_to_the_questions_after_the_meeting(app, make, anne, client):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    with app.app_context():
        link = f"/m/{links.token_for(meeting)}"
    assert client.get(link, status=303).location == f"{link}/survey"
    assert "How was the meeting?" in client.get(f"{link}/survey").words
    assert "Thank you" in client.follow(client.post(f"{link}/survey", POSTED)).words
    client.get(link, status=410)


def test_after_two_weeks_it_is_closed(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne)
    meeting = held(app, make, maja, anne)
    clock.start_at(NOW + timedelta(days=15))
    assert "are closed" in client_of(maja.user).get(f"/my/meetings/{meeting}/survey").words
    with pytest.raises(Conflict):
        answer(app, meeting)


# --- nobody is found again
# ------------------------------------------------------------------------------


def test_no_row_of_an_answer_can_be_joined_to_a_person_a_meeting_or_a_moment(app, make, anne):
    for model in (SurveyCount, SurveyLine):
        assert [
            column.name
            for column in model.__table__.columns
            if column.foreign_keys or isinstance(column.type, UtcDateTime)
        ] == []
    people = [make.citizen(caseworker=anne) for _number in range(3)]
    meetings = [
        held(app, make, person, anne, hours_ago=2 + 2 * number)
        for number, person in enumerate(people)
    ]
    for meeting in meetings[:2]:
        answer(app, meeting, line="The same words")
    known = (
        {value for person in people for value in (person.id, person.user, person.owner_id)}
        | set(meetings)
        | {anne.id}
    )
    known |= {value.hex for value in known} | {str(value) for value in known}
    with app.app_context():
        stored = [
            dict(row)
            for model in (SurveyCount, SurveyLine)
            for row in db.session.execute(sa.select(model.__table__)).mappings()
        ]
    assert [row for row in stored if known & set(row.values())] == []
    assert {row["count"] for row in stored if "count" in row} == {
        2
    }  # two people, one row: an answer is counted, not kept


def test_who_answered_who_declined_and_who_was_silent_look_the_same_in_the_end(app, make, anne):
    people = [make.citizen(caseworker=anne) for _number in range(3)]
    meetings = [
        held(app, make, person, anne, hours_ago=2 + 2 * number)
        for number, person in enumerate(people)
    ]
    answer(app, meetings[0])
    with app.app_context(), write():
        surveys.decline(meetings[1], now=clock.now())
    with app.app_context(), write():
        surveys.forget(now=NOW + timedelta(days=15))
    assert {row.survey_open for row in rows(app, Appointment)} == {False}


def test_a_talk_that_only_advisers_hold_is_counted_without_its_kind(app, make, anne):
    adviser = make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS)
    with app.app_context():
        kind = next(
            kind.code for kind in app.config["PROFILE"].meeting_kinds if kind.requires_grant
        )
    starts_at = clock.now() - timedelta(hours=3)
    meeting = make.booking(
        make.citizen(caseworker=anne),
        adviser,
        starts_at,
        now=starts_at - timedelta(days=7),
        kind=kind,
    )
    record(app, meeting, AppointmentStatus.HELD)
    answer(app, meeting)
    assert {row.kind for row in rows(app, SurveyCount)} == {""}


def test_old_lines_go(app, make, anne):
    meeting = held(app, make, make.citizen(caseworker=anne), anne)
    answer(app, meeting, line="Thank you")
    for days, left in ((300, 1), (420, 0)):
        with app.app_context(), write():
            surveys.forget(now=NOW + timedelta(days=days))
        assert len(rows(app, SurveyLine)) == left

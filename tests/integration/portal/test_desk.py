"""The caseworker's desk: the next meeting above all, then people who may be lost."""

from datetime import timedelta

import pytest

from jobunivers.booking.models import AgendaPoint
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from tests.support.queries import counted_queries


@pytest.fixture
def anna(make):
    return make.caseworker(name="Anna Caseworker")


@pytest.fixture
def screen(anna, client_of):
    clock.start_at(clock.now().replace(hour=7, minute=50))
    return client_of(anna)


def meeting_at(make, citizen, caseworker, minutes):
    starts_at = clock.now().replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    return make.booking(citizen, caseworker, starts_at)


def test_the_next_meeting_shows_the_citizens_own_points_first(make, anna, screen):
    maja = make.citizen(name="Maja Demo", caseworker=anna)
    booked = meeting_at(make, maja, anna, 120)
    make.save(AgendaPoint(owner_id=maja.owner_id, appointment_id=booked, text="Can I take a course?"))
    card = screen.get("/caseworker").one("next-meeting").text
    assert "Maja Demo" in card
    assert "Can I take a course?" in card


def test_people_without_a_next_contact_are_named(make, anna, screen):
    make.citizen(name="Peter Demo", caseworker=anna)
    lost = screen.get("/caseworker").one("lost").text
    assert "1 person has neither" in lost
    assert "Peter Demo" in lost
    assert "never met" in lost


def test_everybody_with_an_invitation_is_not_lost(make, anna, screen):
    make.need(make.citizen(caseworker=anna))
    assert "Everybody on your list knows" in screen.get("/caseworker").one("lost").text


def test_tasks_say_what_and_when(make, anna, screen):
    make.task(make.citizen(name="Ole Demo", caseworker=anna), anna, what="call_unclear", days=0)
    task = screen.get("/caseworker").one("task").text
    assert "Ole Demo: Call: the answers leave something open" in task
    assert "due" in task


def test_unanswered_messages_are_told(make, anna, screen):
    maja = make.citizen(name="Maja Demo", caseworker=anna)
    make.save(Message(citizen_id=maja.id, from_citizen=True, body="Hello?"))
    assert "Maja Demo" in screen.get("/caseworker").one("unanswered").text


def test_new_flags_come_with_the_reason_in_words(make, anna, screen):
    make.flag(make.citizen(name="Ole Demo", caseworker=anna), rule="citizen_asked")
    flags = screen.get("/caseworker").one("flags").text
    assert "1 person waits for your decision" in flags
    assert "Ole Demo: Asked for a talk" in flags


def test_an_empty_desk_is_calm(screen):
    words = screen.get("/caseworker").words
    assert "No meetings today." in words
    assert "All messages are answered." in words


def test_the_desk_needs_few_queries_whatever_the_number_of_citizens(app, make, anna, screen):
    counts = []
    for _round in range(2):
        for _number in range(2):
            person = make.citizen(caseworker=anna)
            make.task(person, anna)
            make.save(Message(citizen_id=person.id, from_citizen=True, body="Hello?"))
        meeting_at(make, person, anna, 120 + 120 * len(counts))
        with counted_queries(app) as statements:
            screen.get("/caseworker")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 14


def test_citizens_have_no_desk(make, client_of):
    client_of(make.citizen().user).get("/caseworker", status=403)

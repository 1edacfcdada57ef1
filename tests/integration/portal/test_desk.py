"""The caseworker's desk: the next meeting above all, then people who may be lost."""

from datetime import timedelta

import pytest

from jobunivers.booking.models import AgendaPoint
from jobunivers.contact import task_services
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from tests.support.htmx import assert_swap_equals_reload
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
    make.save(
        AgendaPoint(owner_id=maja.owner_id, appointment_id=booked, text="Can I take a course?")
    )
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
    assert counts[0] == counts[1] <= 15  # who is away is asked first


def test_citizens_have_no_desk(make, client_of):
    client_of(make.citizen().user).get("/caseworker", status=403)


def test_a_task_is_done_on_the_desk_and_a_wrong_tap_is_taken_back(make, anna, screen):
    make.task(make.citizen(name="Ole Demo", caseworker=anna), anna, days=0)
    button = screen.get("/caseworker").one("task-done")
    screen.follow(screen.post(button.find_parent("form")["action"], {"next": "/caseworker"}))
    page = screen.get("/caseworker")
    assert "done at" in page.one("task").text
    screen.post(page.one("task-open").find_parent("form")["action"])
    assert screen.get("/caseworker").one("task-done")


def test_the_swapped_list_of_tasks_is_what_a_reload_shows(make, anna, screen):
    for name in ("Ole Demo", "Maja Demo"):
        make.task(make.citizen(name=name, caseworker=anna), anna, days=0)
    action = screen.get("/caseworker").all("task-done")[0].find_parent("form")["action"]
    swapped = screen.htmx_post(action, target="tasks")
    assert_swap_equals_reload(swapped, screen.get("/caseworker"), "#tasks")
    assert len(swapped.soup.select("[data-test=task-done]")) == 1


def test_what_was_done_yesterday_is_gone_from_the_desk(app, make, anna, screen):
    task_id = make.task(make.citizen(caseworker=anna), anna)
    make.keep(
        task_services.finish_task, task_id, user_id=anna.id, now=clock.now() - timedelta(days=1)
    )
    assert "No tasks with a date" in screen.get("/caseworker").one("tasks").text


def test_on_the_citizens_page_only_my_own_task_has_a_button(make, anna, screen):
    ole, bo = make.citizen(caseworker=anna), make.caseworker(team_id=anna.team_id)
    make.task(ole, anna)
    make.task(ole, bo)
    page = screen.get(f"/caseworker/citizens/{ole.id}")
    assert (len(page.all("task")), len(page.all("task-done"))) == (2, 1)

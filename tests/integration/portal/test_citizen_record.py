"""One citizen's page for staff: what comes next, what waits, who she is."""

from datetime import timedelta

import pytest

from jobunivers.booking.models import AgendaPoint
from jobunivers.identity.types import Grant
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from tests.support.queries import counted_queries


@pytest.fixture
def anna(make):
    return make.caseworker(name="Anna Caseworker")


@pytest.fixture
def maja(make, anna):
    return make.citizen(caseworker=anna, interpreter_language="uk", access_needs="A quiet room")


def in_days(days):
    return (clock.now() + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)


def test_the_next_meeting_comes_with_the_citizens_own_points(make, anna, maja, client_of):
    booked = make.booking(maja, anna, in_days(4))
    make.save(
        AgendaPoint(owner_id=maja.owner_id, appointment_id=booked, text="Can I take a course?")
    )
    page = client_of(anna).get(f"/caseworker/citizens/{maja.id}")
    assert "Can I take a course?" in page.one("next-meeting").text
    assert "A quiet room" in page.words
    assert "Ukrainian" in page.words


def test_a_citizen_without_next_contact_is_marked(anna, maja, client_of):
    assert (
        "Neither a meeting nor an invitation nor a task"
        in client_of(anna).get(f"/caseworker/citizens/{maja.id}").one("next-contact").text
    )


def test_invitations_tasks_flags_and_messages_stand_together(make, anna, maja, client_of):
    make.need(maja)
    make.task(maja, anna, what="call_unclear", days=0)
    make.flag(maja, rule="citizen_asked")
    make.save(Message(citizen_id=maja.id, from_citizen=True, body="Hello?"))
    page = client_of(anna).get(f"/caseworker/citizens/{maja.id}")
    assert "Invited to choose a time: First meeting" in page.words
    assert "Call: the answers leave something open" in page.one("task").text
    assert "Asked for a talk" in page.one("flag").text
    assert "waiting for an answer" in page.words


def test_a_flag_that_rests_on_health_is_shown_only_to_staff_with_the_right(
    make, anna, maja, client_of
):
    make.flag(maja, rule="adjustments")
    adviser = make.staff(Grant.CASEWORKER, Grant.HEALTH_ANSWERS, team_id=anna.team_id)
    assert client_of(anna).get(f"/caseworker/citizens/{maja.id}").all("flag") == []
    assert client_of(adviser).get(f"/caseworker/citizens/{maja.id}?because=meeting").all("flag")


def test_the_page_needs_few_queries_with_the_look_in_the_log(app, make, anna, maja, client_of):
    make.need(maja)
    make.booking(maja, anna, in_days(4))
    make.task(maja, anna)
    screen = client_of(anna)
    with counted_queries(app) as statements:
        screen.get(f"/caseworker/citizens/{maja.id}")
    assert len(statements) <= 14, "\n".join(statements)

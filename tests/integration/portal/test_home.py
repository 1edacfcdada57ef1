"""The citizen's home: the next thing first."""

from datetime import timedelta

import pytest

from jobunivers.learning import catalogue
from jobunivers.learning import services as learning
from jobunivers.messages.models import Message
from jobunivers.screening import flag_services
from jobunivers.screening.types import Choice, Reason
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.queries import counted_queries


@pytest.fixture
def anna(make):
    return make.caseworker(name="Anna Caseworker")


@pytest.fixture
def maja(make, anna):
    return make.citizen(caseworker=anna)


def in_days(days, hour=8):
    return (clock.now() + timedelta(days=days)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )


def test_with_nothing_to_do_a_lesson_is_offered(make, maja, client_of):
    make.screening(maja)
    page = client_of(maja.user).get("/my")
    assert "Nothing waits for you" in page.words
    assert page.soup.find("a", href="/modules")


def test_an_invitation_comes_first_and_says_until_when(make, anna, maja, client_of):
    make.need(maja)
    page = client_of(maja.user).get("/my")
    assert "Choose a time: First meeting" in page.one("next").text
    assert "Please book by" in page.one("next").text
    assert page.one("next").select_one("a.button")["href"].startswith("/my/meetings/book?need=")


def test_the_next_meeting_says_when_how_and_with_whom(make, anna, maja, client_of):
    make.booking(maja, anna, in_days(4))
    words = client_of(maja.user).get("/my").one("next").text
    assert "Your next meeting" in words
    assert "By phone, with Anna Caseworker" in words


def test_the_questions_about_help_are_offered_once_and_stay_voluntary(make, maja, client_of):
    screen = client_of(maja.user)
    assert "It is voluntary" in screen.get("/my").one("next").text
    make.screening(maja, finished=False)
    assert "Go on with the questions" in screen.get("/my").one("next").text


def test_a_decision_comes_before_everything_else(app, make, anna, maja, client_of):
    make.need(maja)
    flag_id = make.flag(maja)
    with app.app_context(), write():
        decision = {
            "choice": Choice.STANDARD_OFFER,
            "reason": Reason.ALREADY_SORTED,
            "offer_kind": None,
            "note": "",
            "message": "Call me",
        }
        flag_services.review_flag(
            flag_id, reviewer_id=anna.id, sees_health=False, seen=0, **decision, now=clock.now()
        )
    page = client_of(maja.user).get("/my")
    assert "There is an answer for you" in page.one("next").text
    assert page.one("step-need")


def test_new_messages_are_told(make, maja, client_of):
    make.save(Message(citizen_id=maja.id, body="Hello"))
    assert "1 new message" in client_of(maja.user).get("/my").one("unread").text


def test_a_visitor_sees_her_own_things_and_no_meetings(make, client_of):
    page = client_of(make.staff()).get("/my")
    assert page.soup.find("a", href="/my/cv")
    assert not page.soup.main.find("a", href="/my/messages")


def test_a_visitor_is_told_that_meetings_come_with_a_case_and_is_offered_only_the_phone(
    make, client_of
):
    page = client_of(make.staff()).get("/my/meetings", status=403)
    assert page.soup.h1.text == "This page opens when you have a case"
    assert page.soup.select(".talk a[href^='tel:']")
    assert not page.soup.select(".talk a[href^='/my/meetings']")


def test_a_person_is_one_tap_away_but_not_twice_on_the_pages_of_meetings(maja, client_of):
    screen = client_of(maja.user)
    assert screen.get("/my").soup.select(".talk a[href='/my/meetings/book']")
    assert not screen.get("/my/meetings").soup.select(".talk a[href^='/my/meetings']")


def test_home_needs_few_queries(app, make, anna, maja, client_of):
    make.need(maja)
    make.booking(maja, anna, in_days(4))
    screen = client_of(maja.user)
    screen.get("/my")  # the first visit of the day is noted
    with counted_queries(app) as statements:
        screen.get("/my")
    assert len(statements) <= 9, "\n".join(statements)


def test_without_draft_or_log_in_one_is_asked_to_log_in(client):
    assert client.get("/my", status=303).location.startswith("/log-in")


def test_staff_has_no_home(make, client_of):
    client_of(make.caseworker()).get("/my", status=403)


def test_the_lesson_that_was_begun_goes_on(app, make, maja, client_of):
    screen = client_of(maja.user)
    screen.get("/modules/cv/purpose")
    with app.app_context(), write():
        learning.open_lesson(
            maja.owner_id, catalogue.get_lesson("cv", "purpose")[1], now=clock.now()
        )
    step = screen.get("/my").one("next")
    assert step.select_one("a.button")["href"] == "/modules/cv/purpose"


def test_a_visit_is_noted_for_the_caseworker_but_a_helpers_is_not(make, anna, maja, client_of):
    staff = client_of(anna)
    client_of(make.helper(maja)).get("/my")
    assert "Not yet" in staff.get("/caseworker/citizens").one("citizen").text
    client_of(maja.user).get("/my")
    assert "Not yet" not in staff.get("/caseworker/citizens").one("citizen").text

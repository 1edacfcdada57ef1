"""Citizen and caseworker write to each other; notices are read in two languages; letters are
printed and posted.
"""

import re
from datetime import UTC, datetime

import pytest

from jobunivers.extensions import db
from jobunivers.messages import notices, queries, services
from jobunivers.messages.models import Message
from jobunivers.messages.types import Channel, NoticeText
from jobunivers.shared import audit, clock
from jobunivers.shared.db import write
from tests.support.htmx import piece
from tests.support.queries import counted_queries

SATURDAY = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def world(app, monkeypatch):
    """A Saturday in November, and one kind of notice."""
    clock.start_at(SATURDAY)
    words = {
        "da": ("Vi har set på dine svar", "Du får et tilbud."),
        "uk": ("Ми переглянули ваші відповіді", "Ви отримаєте пропозицію."),
    }
    monkeypatch.setattr(notices, "_kinds", {})
    notices.register(
        "test.news",
        lambda params, locale: NoticeText(
            *words.get(locale, ("We have read your answers", "You get an offer.")), "/my/screening"
        ),
    )


@pytest.fixture
def staff(make):
    return make.caseworker(name="Karen Demo")


def tell(make, citizen, **more):
    with make.app.app_context(), write():
        services.notify(make.recipient(citizen, **more), "test.news", {}, now=clock.now())


def thread_of(app, citizen):
    with app.app_context():
        return queries.list_messages(citizen.id)


def key_in(page):
    return page.soup.find("input", attrs={"name": "key"})["value"]


def test_citizen_writes_and_reads_when_she_gets_an_answer(make, client_of, staff):
    browser = client_of(make.citizen(caseworker=staff).user)
    page = browser.get("/my/messages")
    assert "No messages yet" in page.words and "Write to Karen Demo" in page.words
    page = browser.follow(
        browser.post(
            "/my/messages",
            {"key": key_in(page), "body": "May I bring my sister?\nShe speaks Danish."},
        )
    )
    assert "May I bring my sister?" in page.one("message").get_text()
    assert (
        "Tuesday 24 November" in page.one("answer-by").get_text()
    )  # two working days after a Saturday


def test_the_same_form_sent_twice_is_one_message(app, make, client_of, staff):
    citizen = make.citizen(caseworker=staff)
    browser = client_of(citizen.user)
    form = {"key": key_in(browser.get("/my/messages")), "body": "Hello"}
    browser.post("/my/messages", form)
    browser.post("/my/messages", form)
    assert len(thread_of(app, citizen)) == 1


@pytest.mark.parametrize("body", ["", "   \n ", "x" * 5001])
def test_empty_or_endless_message_is_refused_and_nothing_is_stored(app, make, client_of, body):
    citizen = make.citizen()
    page = client_of(citizen.user).post("/my/messages", {"key": "forged", "body": body}, status=422)
    assert page.soup.select_one(".error-summary a")["href"] == "#body"
    assert thread_of(app, citizen) == []


def test_swap_after_sending_equals_reload(make, client_of, staff):
    browser = client_of(make.citizen(caseworker=staff).user)
    key = key_in(browser.get("/my/messages"))
    swapped = browser.htmx_post("/my/messages", {"key": key, "body": "Hello"}, target="#thread")
    reloaded = browser.get("/my/messages")
    assert without_key(piece(swapped, "#thread")) == without_key(piece(reloaded, "#thread"))
    assert browser.htmx_post("/my/messages", {"body": ""}, status=422).soup.select_one(
        ".error-summary"
    )


def without_key(text):
    return re.sub(r'value="[0-9a-f-]{36}"', "", text)


def test_notice_is_new_once_and_has_the_danish_text_at_hand(make, client_of):
    citizen = make.citizen(locale="uk")
    tell(make, citizen, locale="uk")
    browser = client_of(citizen.user, locale="uk")
    page = browser.get("/my/messages")
    message = page.one("message")
    assert "Ми переглянули ваші відповіді" in message.get_text()
    assert "Vi har set på dine svar" in message.select_one('[lang="da"]').get_text()
    assert message.select_one(".status") and message.find("a", href="/my/screening")
    assert not browser.get("/my/messages").one("message").select_one(".status")


def test_page_of_messages_asks_the_database_little_and_never_more_with_more_messages(
    app, make, client_of, staff
):
    citizen = make.citizen(caseworker=staff)
    browser = client_of(citizen.user)
    counts = []
    for _ in range(2):
        for _ in range(5):
            tell(make, citizen)
        with counted_queries(app) as statements:
            browser.get("/my/messages")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 9


def test_caseworker_sees_who_waits_and_answers(app, make, client_of, staff):
    citizen = make.citizen(name="Oksana Demo", locale="uk", caseworker=staff)
    client_of(citizen.user, locale="uk").post(
        "/my/messages", {"body": "Чи можу я прийти з сестрою?"}
    )
    browser = client_of(staff.id)
    [row] = browser.get("/caseworker/messages").all("waiting")
    assert "Oksana Demo" in row.get_text() and "by Tuesday 24 November" in row.get_text()
    page = browser.get(row.a["href"])
    assert "Чи можу я прийти з сестрою?" in page.one("message").get_text() and page.one("promise")
    page = browser.follow(
        browser.post(row.a["href"], {"key": key_in(page), "body": "Ja, tag hende med."})
    )
    assert "Ja, tag hende med." in page.all("message")[0].get_text() and not page.all("promise")
    assert "Nobody waits for an answer" in browser.get("/caseworker/messages").words
    with app.app_context():
        assert queries.count_unread(citizen.id) == 1
        assert "messages.view" in [event.action for event in audit.looks_at(citizen.id)]


def test_caseworker_who_answered_by_phone_says_so(make, client_of, staff):
    citizen = make.citizen(caseworker=staff)
    client_of(citizen.user).post("/my/messages", {"body": "Please call me"})
    browser, path = client_of(staff.id), f"/caseworker/citizens/{citizen.id}/messages"
    browser.get(path)
    swapped = browser.htmx_post(f"{path}/answered", target="#thread")
    assert without_key(piece(swapped, "#thread")) == without_key(
        piece(browser.get(path), "#thread")
    )
    assert "Nobody waits" in browser.get("/caseworker/messages").words


def test_staff_reads_a_notice_in_danish_beside_the_citizens_language(make, client_of, staff):
    citizen = make.citizen(locale="uk", caseworker=staff)
    tell(make, citizen, locale="uk")
    message = client_of(staff.id).get(f"/caseworker/citizens/{citizen.id}/messages").one("message")
    assert "Ми переглянули" in message.select_one('.pair-own[lang="uk"]').get_text()
    assert "Vi har set" in message.select_one('.pair-danish[lang="da"]').get_text()


def test_colleague_of_the_team_says_why_and_a_stranger_finds_nothing(make, client_of, staff):
    citizen = make.citizen(caseworker=staff)
    path = f"/caseworker/citizens/{citizen.id}/messages"
    colleague = client_of(make.caseworker(team_id=staff.team_id).id)
    assert "Why do you open this page?" in colleague.get(path).words
    colleague.get(f"{path}?because=stand_in")
    stranger = client_of(make.caseworker().id)
    stranger.get(path, status=404)
    stranger.post(path, {"body": "Hello"}, status=404)
    stranger.post(f"{path}/answered", status=404)
    client_of(citizen.user).get("/caseworker/messages", status=403)


def test_messages_of_the_whole_team_are_one_tap_away(make, client_of, staff):
    citizen = make.citizen(caseworker=staff)
    client_of(citizen.user).post("/my/messages", {"body": "Hello"})
    colleague = client_of(make.caseworker(team_id=staff.team_id).id)
    assert not colleague.get("/caseworker/messages").all("waiting")
    assert len(colleague.get("/caseworker/messages?who=team").all("waiting")) == 1


def test_letter_is_printed_in_two_languages_and_posted_once(app, make, client_of, staff):
    citizen = make.citizen(locale="uk", caseworker=staff)
    tell(make, citizen, locale="uk", channel=Channel.LETTER)
    browser = client_of(staff.id)
    [row] = browser.get("/caseworker/letters").all("letter")
    assert "Demo Street 1, 8000 Aarhus C" in row.get_text(" ")
    sheet = browser.get(row.a["href"])
    assert (
        "Ми переглянули" in sheet.words
        and "Vi har set" in sheet.words
        and "Demo Street 1" in sheet.words
    )
    browser.post(row.form["action"])
    assert "No letters are waiting" in browser.get("/caseworker/letters").words
    browser.post(row.form["action"], status=404)
    client_of(make.caseworker().id).get(row.a["href"], status=404)
    with app.app_context():
        [message] = db.session.query(Message)
        everything = queries.everything_about_citizen(citizen.id)["messages"]
        assert (
            everything[0]["sent_by"] == "letter"
            and everything[0]["written_at"] == message.created_at.isoformat()
        )

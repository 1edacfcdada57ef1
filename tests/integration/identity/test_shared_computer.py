"""A computer at the library, a school or a friend's: who sits at it says so, and nothing stays there."""

from datetime import timedelta

import pytest
import time_machine

from jobunivers.shared import clock

LESSON = "/modules/cv/profile-text"
ANSWER = {"answer": "My words", "done": "1", "seen": ""}


def mark(browser, shared="yes"):
    page = browser.get("/log-in")
    button = page.one("shared")
    assert button["value"] == shared
    form = button.find_parent("form")
    fields = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}
    fields.pop("csrf_token")
    return browser.post(form["action"], {**fields, "shared": shared})


def draft_cookie(answer):
    lines = answer.headers.getlist("Set-Cookie")
    return next((line for line in lines if line.startswith("ju_draft=")), "")


def test_she_says_at_log_in_that_others_use_this_computer_and_can_take_it_back(client):
    assert mark(client).location == "/log-in"
    assert client.get("/log-in").one("is-shared")
    assert client.get(LESSON).soup.select("[data-offline]") == []
    assert "unregister" in client.get("/sw.js").text
    mark(client, "no")
    assert client.get(LESSON).soup.select("[data-offline]")
    assert "unregister" not in client.get("/sw.js").text


def test_the_page_of_one_computer_is_not_shown_on_another(app, client):
    """Public pages are kept for an hour: marked and unmarked computers each have theirs."""
    from tests.support.client import PageClient

    assert not client.get("/modules").all("leave-link")
    mark(client)
    assert client.get("/modules").all("leave-link")
    assert not PageClient(app).get("/modules").all("leave-link")


def test_a_citizen_says_so_in_her_settings_and_is_logged_out_after_ten_minutes(make, client_of):
    browser = client_of(make.citizen().user)
    browser.get("/my/settings").one("shared")
    browser.post("/shared-computer", {"shared": "yes", "next": "/my/settings"})
    page = browser.get("/my/settings")
    assert page.soup.select_one("dialog[data-idle-warning]")["data-seconds"] == "600"
    with time_machine.travel(clock.real_now() + timedelta(minutes=9), tick=True):
        browser.get("/my/settings")
        with time_machine.travel(clock.real_now() + timedelta(minutes=11), tick=True):
            browser.get("/my/settings", status=303)


def test_the_log_in_ends_when_the_browser_is_closed_and_all_is_forgotten_at_log_out(
    make, client, client_of
):
    browser = client_of(make.citizen().user)
    browser.post("/shared-computer", {"shared": "yes"})
    out = browser.post("/log-out")
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.get("/log-in").one("is-shared"), "the next person is as safe"
    mine = client_of(make.citizen().user)
    assert mine.post("/log-out").headers["Clear-Site-Data"] == '"cache"'


def test_who_never_logged_in_leaves_by_a_button_and_is_forgotten_after_half_an_hour(client):
    mark(client)
    saved = client.post(LESSON, ANSWER)
    assert "Max-Age=1800" in draft_cookie(saved)
    assert "Max-Age=1800" in draft_cookie(client.get("/modules")), "in use: it begins anew"
    page = client.get(client.get("/modules").one("leave-link")["href"])
    assert page.one("is-shared")
    left = client.post("/r/leave", {"choice": "delete"})
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Max-Age=0" in draft_cookie(left) or "1970" in draft_cookie(left)
    assert "My words" not in client.get(LESSON).text


def test_on_her_own_phone_the_draft_stays(client):
    assert "Max-Age=7776000" in draft_cookie(client.post(LESSON, ANSWER))
    assert draft_cookie(client.get("/modules")) == ""


@pytest.mark.parametrize("wish", ["", "maybe"])
def test_nonsense_changes_nothing_and_leads_nowhere_else(client, wish):
    sent = client.post("/shared-computer", {"shared": wish, "next": "https://evil.example"})
    assert sent.location == "/log-in" and "Set-Cookie" not in sent.headers


def test_a_kiosk_cannot_be_talked_out_of_it(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "KIOSK", True)
    page = client.get("/log-in")
    assert page.one("is-shared") and not page.all("shared")
    client.post("/shared-computer", {"shared": "no"})
    assert client.get(LESSON).soup.select("[data-offline]") == []

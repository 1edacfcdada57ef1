"""Sessions: new at every log-in, ended by idleness, by age, from another device; and what the
browser is told.
"""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from jobunivers.extensions import db
from jobunivers.identity import rules, services
from jobunivers.identity.models import FailedLogin, LoginSession
from jobunivers.shared import clock, csrf
from jobunivers.shared.db import write
from tests.support.client import PageClient

PHONE = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"
}


def rows(app):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(LoginSession))


@pytest.fixture
def persona(make):
    """A demo persona to log in with over HTTP."""
    with make.app.app_context(), write():
        return services.create_user(name="Demo Person", persona="p").id


def cookie_of(page, name="ju_session"):
    return next(
        (header for header in page.headers.getlist("Set-Cookie") if header.startswith(f"{name}=")),
        "",
    )


def test_token_is_new_at_every_log_in_also_of_the_same_person(app, persona, client):
    tokens = {
        re.match(r"ju_session=([^;]+)", cookie_of(client.post("/demo/log-in", {"persona": "p"})))[1]
        for _ in range(3)
    }
    assert len(tokens) == 3
    assert rows(app) == 1, "the earlier rows are gone"


def test_nothing_that_the_browser_carried_before_comes_along(app, persona, client):
    with client.http.session_transaction() as planted:
        planted["acting_for"] = "x"
        planted["recovery_codes"] = "x"
    client.post("/demo/log-in", {"persona": "p"})
    with app.app_context():
        assert db.session.scalar(sa.select(LoginSession.values)) == {}


def test_cookie_is_for_the_browser_only_and_the_database_knows_only_its_hash(app, persona, client):
    header = cookie_of(client.post("/demo/log-in", {"persona": "p"}))
    assert "HttpOnly" in header and "SameSite=Lax" in header and "Path=/" in header
    assert "Domain" not in header and "Expires" not in header
    token = re.match(r"ju_session=([^;]+)", header)[1]
    with app.app_context():
        assert token not in str(db.session.execute(sa.text("SELECT * FROM login_session")).all())


def test_with_tls_every_cookie_is_secure_and_the_session_bound_to_this_host(
    app, persona, client, monkeypatch
):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    page = client.post("/demo/log-in", {"persona": "p"}, base_url="https://localhost")
    assert cookie_of(page, "__Host-ju_session")
    assert all("Secure" in header for header in page.headers.getlist("Set-Cookie"))
    away = client.http.post(
        "/log-out", base_url="https://localhost", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert away.status_code == 400, "the token is bound to the session"
    assert "Demo Person" in client.http.get("/log-in/sessions", base_url="https://localhost").text


def test_session_ends_after_half_an_hour_without_use(make, client_of):
    browser = client_of(make.citizen().user)
    with time_machine.travel(clock.real_now() + timedelta(minutes=29), tick=True):
        browser.get("/log-in/sessions")
    with time_machine.travel(clock.real_now() + timedelta(minutes=58), tick=True):
        browser.post("/session/stay", status=204)
    with time_machine.travel(clock.real_now() + timedelta(minutes=89), tick=True):
        assert (
            browser.get("/log-in/sessions?a=1", status=303).location
            == "/log-in?next=/log-in/sessions?a%3D1"
        )


def test_session_ends_after_twelve_hours_however_busy(app, make, client_of):
    browser = client_of(make.citizen().user)
    with app.app_context(), write():
        db.session.execute(
            sa.update(LoginSession).values(
                began_at=clock.real_now() - rules.LONGEST - timedelta(seconds=1)
            )
        )
    browser.get("/log-in/sessions", status=303)


def test_forgotten_tab_that_moves_on_by_itself_keeps_nothing_alive(app, make, client_of):
    browser = client_of(make.citizen().user)
    with time_machine.travel(clock.real_now() + timedelta(minutes=20), tick=True):
        assert "You are still logged in" in browser.get("/logged-out").words
    with time_machine.travel(clock.real_now() + timedelta(minutes=31), tick=True):
        assert "You are logged out" in browser.get("/logged-out").words


def test_form_sent_after_the_session_ended_leads_to_log_in_and_back_to_its_page(make, client_of):
    browser = client_of(make.citizen().user)
    token = browser._token()
    with time_machine.travel(clock.real_now() + timedelta(minutes=31), tick=True):
        referer = {"Referer": "http://localhost/my/settings?x=1"}
        page = browser.post(
            "/log-in/sessions/end-all", {csrf.FIELD: token}, token=False, headers=referer
        )
        assert page.location == "/log-in?next=/my/settings?x%3D1"
        headers = {"HX-Current-URL": "http://localhost/my/cv", csrf.HEADER: token}
        assert browser.htmx_post("/session/stay", headers=headers).location == "/log-in?next=/my/cv"
        elsewhere = browser.post(
            "/session/stay",
            {csrf.FIELD: token},
            token=False,
            headers={"Referer": "https://evil.example/x"},
        )
        assert elsewhere.location == "/log-in?next=/my"


def test_list_shows_devices_and_ends_one_or_all(app, make, client_of):
    citizen = make.citizen()
    here, phone, other = (
        client_of(citizen.user),
        client_of(citizen.user),
        client_of(make.citizen().user),
    )
    with app.app_context(), write():
        latest = db.session.scalars(
            sa.select(LoginSession)
            .where(LoginSession.user_id == citizen.user)
            .order_by(LoginSession.began_at.desc())
        ).first()
        latest.device = "Chrome, Android"
    page = here.get("/log-in/sessions")
    assert len(page.all("session")) == 2
    assert "Chrome, Android" in page.words and "This device" in page.words
    url = page.soup.find("form", action=re.compile(r"/end$"))["action"]
    other.post(url, status=404)
    here.post(url)
    phone.get("/log-in/sessions", status=303)
    here.post("/log-in/sessions/end-all")
    here.get("/log-in/sessions", status=303)
    assert rows(app) == 1


def test_log_in_remembers_the_kind_of_device(app, persona, client):
    client.post("/demo/log-in", {"persona": "p"}, headers=PHONE)
    assert "Chrome, Android" in client.get("/log-in/sessions").words


def test_log_out_tells_the_browser_to_forget(app, make, client_of):
    browser = client_of(make.citizen().user)
    page = browser.post("/log-out")
    assert page.headers["Clear-Site-Data"] == '"cache"'
    assert page.location == "/logged-out"
    assert rows(app) == 0
    assert "Clear-Site-Data" not in browser.get("/logged-out").headers


def test_stolen_cookie_is_worthless_after_log_out(app, make, client_of):
    browser = client_of(make.citizen().user)
    thief = PageClient(app)
    thief.http.set_cookie("ju_session", browser.http.get_cookie("ju_session").value)
    thief.get("/log-in/sessions")
    browser.post("/log-out")
    thief.get("/log-in/sessions", status=303)


def test_whoever_is_in_already_is_led_on(make, client_of):
    browser = client_of(make.citizen().user)
    assert browser.get("/log-in?next=/my/cv", status=303).location == "/my/cv"
    assert browser.get("/log-in?next=https://evil.example", status=303).location == "/my"
    assert client_of(make.caseworker()).get("/log-in?next=/my", status=303).location in (
        "/caseworker",
        "/",
    )


@pytest.mark.parametrize(
    "evil",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "///evil.example",
        " //evil.example",
    ],
)
def test_no_redirect_ever_leads_away(persona, client, evil):
    for answer in (
        client.post("/language", {"lang": "en", "next": evil}),
        client.post("/demo/log-in", {"persona": "p", "next": evil}),
    ):
        assert re.match(r"/(?![/\\])", answer.location), answer.location
    again = client.get("/log-in", query_string={"next": evil}, status=303)
    assert re.match(r"/(?![/\\])", again.location), again.location


def test_language_switch_keeps_page_and_query(make, client_of):
    browser = client_of(make.citizen().user)
    assert (
        browser.post("/language", {"lang": "uk", "next": "/log-in/sessions?a=%C3%A5&b=2"}).location
        == "/log-in/sessions?a=%C3%A5&b=2"
    )
    browser.locale = "uk"
    browser.get("/log-in/sessions")
    assert browser.post("/language", {"lang": "xx", "next": "/"}).location == "/"
    browser.get("/log-in/sessions")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/language", {"lang": "uk"}),
        ("/my/settings/language", {"locale": "uk"}),
        ("/modules/cv/profile-text", {"lang": "uk", "answer": "typed so far", "seen": ""}),
    ],
)
def test_language_cookie_is_the_same_wherever_it_is_set(app, make, monkeypatch, path, fields):
    browser = PageClient(app)
    browser.log_in(make.citizen().user)
    browser.http.set_cookie("__Host-ju_session", browser.http.get_cookie("ju_session").value)
    token = browser._token()
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    answer = browser.http.post(path, data={**fields, csrf.FIELD: token})
    cookie = next(
        header for header in answer.headers.getlist("Set-Cookie") if header.startswith("ju_lang=uk")
    )
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Max-Age=31536000"} <= set(cookie.split("; "))


def test_what_log_in_leaves_behind_is_tidied(app, make, client_of):
    client_of(make.citizen().user)
    make.save(
        FailedLogin(account_hash="a", address_hash="b", at=clock.real_now() - timedelta(hours=25))
    )
    with app.app_context():
        with write():
            gone = services.tidy(clock.real_now() + timedelta(minutes=31))
        assert gone == {
            "sessions": 1,
            "links": 0,
            "address_notices": 0,
            "form_keys": 0,
            "attempts": 1,
            "unmatched": 0,
        }

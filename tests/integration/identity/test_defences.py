"""Forged requests, headers, and a log that tells nothing: tried from outside, over HTTP."""

import io
import json
import logging
from datetime import timedelta

import pytest
import time_machine

from jobunivers.shared import clock, csrf, logs
from tests.support.client import PageClient


def token_of(browser):
    return browser._token()


def test_token_of_another_session_is_refused(make, client_of):
    mine, hers = client_of(make.citizen().user), client_of(make.citizen().user)
    mine.post("/language", {"lang": "en", csrf.FIELD: token_of(hers)}, token=False, status=400)
    mine.post("/language", {"lang": "en", csrf.FIELD: token_of(mine)}, token=False)


def test_anonymous_token_is_worthless_for_somebody_who_is_logged_in(app, make, client, client_of):
    client_of(make.citizen().user).post(
        "/language", {"lang": "en", csrf.FIELD: token_of(client)}, token=False, status=400
    )


def test_token_is_worthless_after_log_out(make, client_of):
    browser = client_of(make.citizen().user)
    old = token_of(browser)
    browser.post("/log-out")
    browser.post("/language", {"lang": "en", csrf.FIELD: old}, token=False, status=400)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "https://localhost.evil.example"},
    ],
)
def test_right_token_from_another_site_is_refused(make, client_of, headers):
    browser = client_of(make.citizen().user)
    assert (
        "Nothing was changed"
        in browser.post("/language", {"lang": "uk"}, status=400, headers=headers).words
    )


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "å" * 50])
def test_made_up_token_is_refused(client, token):
    client.post("/language", {"lang": "uk", csrf.FIELD: token}, token=False, status=400)


@pytest.mark.parametrize(("ahead", "status"), [(90, 303), (180, 400), (-90, 303)])
def test_a_token_from_a_machine_whose_clock_is_a_little_ahead_is_good(app, client, ahead, status):
    client.get("/")
    app.extensions.pop("anonymous_token", None)
    with time_machine.travel(clock.real_now() + timedelta(seconds=ahead), tick=True):
        token = token_of(client)
    client.post("/language", {"lang": "en", csrf.FIELD: token}, token=False, status=status)


def test_every_answer_carries_the_headers(client, make, client_of):
    pages = [
        client.get("/"),
        client.get("/no-such-page", status=404),
        client.get("/my/cv", status=303),
        client_of(make.citizen().user).get("/log-in/sessions"),
    ]
    for page in pages:
        policy = page.headers["Content-Security-Policy"]
        assert (
            "default-src 'none'" in policy
            and "frame-ancestors 'none'" in policy
            and "form-action 'self'" in policy
        )
        assert "unsafe" not in policy and "*" not in policy
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in page.headers["Permissions-Policy"]
        assert "Server" not in page.headers or "waitress" not in page.headers["Server"]
    assert pages[-1].headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in pages[-1].headers["Vary"]


def test_with_tls_browsers_are_told_to_stay_with_it(client):
    assert (
        "max-age=63072000"
        in client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"]
    )


@pytest.fixture
def log_lines():
    """log_lines() -> what was logged, as text and as parsed lines."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    before = logs.logger.level
    logs.logger.addHandler(handler)
    logs.logger.setLevel(logging.INFO)
    yield lambda: (stream.getvalue(), [json.loads(line) for line in stream.getvalue().splitlines()])
    logs.logger.removeHandler(handler)
    logs.logger.setLevel(before)


def test_log_names_route_and_status_and_nothing_of_the_person(
    app, make, client, client_of, log_lines
):
    person = make.password_staff(with_app=True)
    citizen = client_of(make.citizen(name="Hemmelig Person").user)
    secrets = [
        "hemmelig-soegning",
        person.email,
        person.password,
        "Hemmelig Person",
        "010190-1234",
        "eyJtoken",
    ]
    citizen.get("/log-in/sessions?q=hemmelig-soegning")
    client.get("/log-in/e-mail/eyJtoken", status=410)
    client.post(
        "/log-in/staff", {"email": person.email, "password": "010190-1234 forkert"}, status=422
    )
    client.post("/log-in/staff", {"email": person.email, "password": person.password})
    citizen.get("/my/010190-1234", status=404)
    text, lines = log_lines()
    assert len(lines) == 5
    assert all({"at", "id", "method", "route", "status", "ms"} <= set(line) for line in lines)
    assert [secret for secret in secrets if secret in text] == []
    assert lines[1]["route"] == "/log-in/e-mail/<token>"


def test_errors_are_logged_by_kind_and_place_only(log_lines):
    try:
        int("010190-1234")
    except ValueError:
        logs.logger.exception("unexpected error")
    text, [line] = log_lines()
    assert line["error"] == "ValueError"
    assert "010190" not in text


@pytest.mark.parametrize("path", ["/log-in", "/log-in/e-mail", "/log-in/staff"])
def test_hostile_next_is_never_printed_raw(app, path):
    page = PageClient(app).get(path, query_string={"next": '/x"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text

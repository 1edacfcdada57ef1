"""What was typed into a form that is refused: no word is lost, and nobody else gets it."""

import re
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from werkzeug.test import encode_multipart

from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.messages.models import Message
from jobunivers.shared import csrf
from jobunivers.shared.db import write

WORDS = "Jeg kan ikke komme på tirsdag.\nKan vi tage onsdag?"


@pytest.fixture
def maja(make):
    return make.citizen(name="Maja Demo", caseworker=make.caseworker())


@pytest.fixture
def hers(maja, client_of):
    return client_of(maja.user)


def form_of(page):
    """The fields of the form that came back."""
    form = page.one("kept")
    fields = {f["name"]: f.get("value", "") for f in form.select("input[name]")}
    return form["action"], fields | {
        area["name"]: area.get_text().removeprefix("\n") for area in form.select("textarea")
    }


def log_in_again(app, browser, user):
    """A new log-in in another tab of the same browser."""
    browser.log_in(user)


def written(app):
    with app.app_context():
        return [row.replace("\r\n", "\n") for row in db.session.scalars(sa.select(Message.body))]


def end_sessions(app, user):
    with app.app_context(), write():
        identity.end_sessions_of(user)


def message(browser, page="/my/messages"):
    form = browser.get(page).soup.select_one('form[action="/my/messages"]')
    return {f["name"]: f.get("value", "") for f in form.select("input[name]")} | {"body": WORDS}


@pytest.mark.parametrize("how", ["ended", "logged out", "logged in anew"])
def test_a_form_sent_without_its_session_comes_back_whole_and_can_be_sent_again(
    app, maja, hers, how
):
    fields = message(hers)
    if how == "ended":
        end_sessions(app, maja.user)
    elif how == "logged out":
        hers.post("/log-out")
    else:
        hers.log_in(maja.user)
    page = hers.post("/my/messages", fields, token=False, status=401 if how == "ended" else 400)
    action, again = form_of(page)
    assert again["body"] == WORDS and page.headers["Cache-Control"] == "private, no-store"
    assert ("Log in in a new tab" in page.words) == (how != "logged in anew")
    hers.log_in(maja.user)
    hers.post(action, again, token=False)
    assert written(app) == [WORDS]


def test_somebody_else_at_the_same_computer_cannot_send_it_as_herself(app, make, maja, hers):
    fields = message(hers)
    other = make.citizen(name="Other")
    hers.log_in(other.user)
    page = hers.post("/my/messages", fields, token=False, status=400)
    assert "Somebody else is logged in now" in page.words
    action, again = form_of(page)
    assert not page.one("kept").find("button")
    end_sessions(app, other.user)
    refused = form_of(hers.post("/my/messages", fields, token=False, status=401))[1]
    hers.log_in(other.user)
    hers.post(action, refused, token=False, status=400)
    assert written(app) == []


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}],
)
def test_another_site_never_gets_its_words_into_a_page_of_ours(maja, hers, headers):
    fields = {"body": "words of somebody else", csrf.FIELD: "made up"}
    page = hers.post("/my/messages", fields, token=False, status=400, headers=headers)
    assert not page.all("kept") and "words of somebody" not in page.text
    block = hers.htmx_post(
        "/my/messages", fields, status=400, headers={**headers, csrf.HEADER: "x"}
    )
    assert "data-token" not in block.text


def test_secrets_do_not_come_back(app, make, client_of):
    anna = make.caseworker()
    screen = client_of(anna)
    fields = {
        "name": "Ida Demo",
        "cpr": "010190-1234",
        "note": "0101901234",
        "password": "lyseblå traktor under broen",
        "code": "123 456",
        csrf.FIELD: screen._token(),
    }
    end_sessions(app, anna.id)
    page = screen.post("/caseworker/citizens/new", fields, token=False, status=401)
    assert "Ida Demo" in page.text
    for secret in ("1234", "traktor", "123 456"):
        assert secret not in re.sub(r'value="[^"]{60,}"', "", page.one("kept").decode())
    assert "is not kept here" in page.words


@pytest.mark.parametrize(
    "path", ["/my/letters/8f14e45f-ceea-467f-a9c8-1c1c5d6f0b3d", "/admin/staff"]
)
def test_what_was_typed_survives_every_other_refusal_too(app, hers, path):
    page = hers.http.post(path, data={"text": WORDS, csrf.FIELD: hers._token()})
    assert page.status_code in (403, 404, 405)
    assert "Kan vi tage onsdag?" in page.get_data(as_text=True)


def test_for_htmx_a_refusal_is_a_few_words_beside_the_form(app, maja, hers):
    token = hers._token()
    end_sessions(app, maja.user)
    block = hers.htmx_post(
        "/my/settings/contact", {"email": "x@example.org"}, status=401, headers={csrf.HEADER: token}
    )
    assert "<html" not in block.text and block.soup.find(role="alert")
    assert block.headers["HX-Reswap"] == "none" and block.headers["HX-Refusal"] == "1"
    assert block.one("log-in-beside")["target"] == "_blank"
    hers.log_in(maja.user)
    fresh = {csrf.HEADER: block.one("refusal")["data-token"]}
    hers.htmx_post("/my/settings/contact", {"email": "x@example.org"}, headers=fresh)
    other = hers.htmx_post("/my/no-such-page", {"text": WORDS}, status=404)
    assert "<html" not in other.text and other.headers["HX-Reswap"] == "none"


def test_without_anything_in_the_form_she_is_led_to_log_in_as_before(app, maja, hers):
    token = hers._token()
    end_sessions(app, maja.user)
    page = hers.post("/log-in/sessions/end-all", {csrf.FIELD: token}, token=False)
    assert page.location.startswith("/log-in?next=")


def long_post(browser, fields, status, kind="application/x-www-form-urlencoded", **more):
    """As one body of bytes: the test client would leave a temporary file behind."""
    body = urlencode(fields).encode()
    if kind.startswith("multipart"):
        boundary, body = encode_multipart(fields)
        kind = f"{kind}; boundary={boundary}"
    sent = browser.http.post("/my/messages", data=body, content_type=kind, **more)
    return browser._check(sent, status)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize("size", [900_000, 2_000_000, 3_900_000])
def test_a_very_long_text_comes_back_whole_too(app, maja, hers, size, kind):
    fields = message(hers) | {"body": "æ word " * (size // 8)}
    end_sessions(app, maja.user)
    sent = long_post(hers, fields, 401, kind)
    _action, again = form_of(sent)
    assert again["body"].strip() == fields["body"].strip()


def test_a_text_that_is_too_long_for_its_field_is_shown_again(hers):
    fields = message(hers) | {"body": "word " * 300_000}
    page = long_post(hers, fields, 422)
    assert page.soup.select_one("textarea[name=body]").get_text().strip() == fields["body"].strip()


@pytest.mark.parametrize("htmx", [False, True])
def test_beyond_the_limit_she_reads_in_our_words_that_going_back_brings_it_back(hers, htmx):
    fields = message(hers) | {"body": "word " * 2_700_000}
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"} if htmx else {}
    page = long_post(hers, fields, 413, headers=headers)
    assert "what you wrote is still there" in page.words and "Request Entity" not in page.words

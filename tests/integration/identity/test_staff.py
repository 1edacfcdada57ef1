"""Password and code: for staff without a directory."""

import re
from datetime import timedelta

import pyotp
import pytest
import sqlalchemy as sa
import time_machine

from jobunivers.extensions import db
from jobunivers.identity import link_http as links
from jobunivers.identity import password_rules as passwords
from jobunivers.identity import services
from jobunivers.identity.models import FailedLogin, LoginSession, User
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.make_identity import PASSWORD

WRONG = "do not match"


def give_password(client, person, password=PASSWORD, status=303, **more):
    return client.post(
        "/log-in/staff", {"email": person.email, "password": password, **more}, status=status
    )


def test_first_log_in_sets_up_the_code_app_and_shows_recovery_codes_once(app, make, client):
    person = make.password_staff()
    setup = client.follow(give_password(client, person, next="/caseworker?x=1"))
    secret = setup.one("secret").get_text().replace(" ", "")
    assert setup.soup.find("svg", class_="qr")
    client.post("/log-in/staff/app", {"code": "000000"}, status=422)
    assert "Log out" not in client.get("/log-in").words
    codes = client.follow(client.post("/log-in/staff/app", {"code": pyotp.TOTP(secret).now()}))
    assert len(codes.all("recovery-code")) == 10
    assert client.post("/log-in/recovery-codes").location == "/caseworker?x=1"
    assert client.get("/log-in/recovery-codes", status=303).location == "/log-in/sessions"
    with app.app_context():
        user = db.session.get_one(User, person.id)
        assert secret.encode() not in user.totp_secret


def test_code_is_good_once(make, client_of, app):
    from tests.support.client import PageClient

    person = make.password_staff(with_app=True)
    with time_machine.travel(clock.real_now(), tick=False):
        code, first, second = person.code(), PageClient(app), PageClient(app)
        for browser in (first, second):
            assert (
                give_password(browser, person, next="/caseworker/flags").location
                == "/log-in/staff/code"
            )
        assert (
            first.post("/log-in/staff/code", {"code": code[:3] + " " + code[3:]}).location
            == "/caseworker/flags"
        )
        assert "used before" in second.post("/log-in/staff/code", {"code": code}, status=422).words


def test_recovery_code_is_good_once_and_only_for_its_owner(make, app):
    from tests.support.client import PageClient

    person, other = make.password_staff(with_app=True), make.password_staff(with_app=True)
    for code, status in (
        (other.recovery_codes[0], 422),
        (person.recovery_codes[0].upper(), 303),
        (person.recovery_codes[0], 422),
    ):
        browser = PageClient(app)
        give_password(browser, person)
        browser.post("/log-in/staff/code", {"code": code}, status=status)


def test_password_alone_lets_nobody_in(make, client):
    person = make.password_staff(with_app=True)
    give_password(client, person)
    assert client.get("/log-in/sessions", status=303).location.startswith("/log-in?")
    with time_machine.travel(clock.real_now() + timedelta(minutes=11), tick=True):
        assert (
            client.post("/log-in/staff/code", {"code": person.code()}).location == "/log-in/staff"
        )


def test_code_without_password_leads_back(client):
    for path in ("/log-in/staff/code", "/log-in/staff/app"):
        assert client.get(path, status=303).location == "/log-in/staff"
        assert client.post(path, {"code": "123456"}).location == "/log-in/staff"


def test_app_of_a_confirmed_account_cannot_be_set_up_again_with_the_password_alone(make, client):
    person = make.password_staff(with_app=True)
    give_password(client, person)
    assert client.get("/log-in/staff/app", status=303).location == "/log-in/staff"


def test_wrong_password_and_unknown_account_read_alike(app, make, client, monkeypatch):
    person, citizen_like = make.password_staff(), make.visitor()
    checked = []
    monkeypatch.setattr(passwords, "fits", lambda stored, password: checked.append(stored) or False)
    pages = [
        give_password(client, someone, "forkert kodeord her", 422)
        for someone in (person, citizen_like)
    ]
    pages.append(
        client.post(
            "/log-in/staff",
            {"email": "nobody@example.org", "password": "forkert kodeord her"},
            status=422,
        )
    )
    alerts = {page.soup.select_one('[role="alert"]').get_text() for page in pages}
    assert len(alerts) == 1
    assert WRONG in alerts.pop()
    assert len(checked) == 3, "a hash is computed for unknown accounts too"


def test_after_five_tries_each_waits_longer_even_with_the_right_password(app, make, client):
    person = make.password_staff(with_app=True)
    for _ in range(5):
        give_password(client, person, "forkert kodeord her", 422)
    refused = give_password(client, person, status=429)
    assert 55 <= int(refused.headers["Retry-After"]) <= 60
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(FailedLogin)) == 5
    with time_machine.travel(clock.real_now() + timedelta(seconds=61), tick=True):
        give_password(client, person, "forkert kodeord igen", 422)
        refused = give_password(client, person, status=429)
        assert 110 <= int(refused.headers["Retry-After"]) <= 120
        with time_machine.travel(clock.real_now() + timedelta(seconds=121), tick=True):
            assert give_password(client, person).location == "/log-in/staff/code"


def test_a_whole_line_with_ipv6_counts_as_one_address(make, client, monkeypatch):
    monkeypatch.setattr(passwords, "fits", lambda stored, password: False)

    def one(number, address, status):
        fields = {"email": f"n{number}@example.org", "password": "forkert"}
        where = {"REMOTE_ADDR": address}
        client.post("/log-in/staff", fields, status=status, environ_overrides=where)

    for number in range(60):
        one(number, f"2001:db8:1:2::{number:x}", 422)
    one(99, "2001:db8:1:2:ffff::1", 429)
    one(99, "2001:db8:1:3::1", 422)


def test_what_happened_with_her_log_in_is_hers_to_read(app, make, client, client_of, monkeypatch):
    person, other = make.password_staff(), make.password_staff()
    monkeypatch.setitem(app.config, "TOTP_REQUIRED", ())
    give_password(client, person, "forkert kodeord her", 422)
    give_password(client, person)
    client.post("/log-out")
    give_password(client, person)
    lines = [line.get_text() for line in client.get("/log-in/sessions").all("event")]
    for words, count in (
        ("Logged in, with a password", 2),
        ("Somebody tried to log in and failed, with a password", 1),
        ("Logged out", 1),
    ):
        assert sum(words in line for line in lines) == count, lines
    assert not client_of(other).get("/log-in/sessions").all("event")


def test_wrong_codes_count_with_wrong_passwords(make, client):
    person = make.password_staff(with_app=True)
    give_password(client, person)
    for status in (422, 422, 422, 422, 429):
        client.post("/log-in/staff/code", {"code": "1"}, status=status)


def test_one_address_may_try_many_accounts_but_not_endlessly(make, client, monkeypatch):
    monkeypatch.setattr(passwords, "fits", lambda stored, password: False)
    for number in range(60):
        client.post(
            "/log-in/staff", {"email": f"n{number}@example.org", "password": "forkert"}, status=422
        )
    client.post(
        "/log-in/staff", {"email": "one-more@example.org", "password": "forkert"}, status=429
    )


def test_good_log_in_takes_earlier_tries_back(app, make, client):
    person = make.password_staff(with_app=True)
    give_password(client, person, "forkert kodeord her", 422)
    give_password(client, person)
    client.post("/log-in/staff/code", {"code": person.code()})
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(FailedLogin)) == 0


def test_code_can_be_waived_for_a_role_in_the_settings(app, make, client):
    app.config["TOTP_REQUIRED"], before = ("admin",), app.config["TOTP_REQUIRED"]
    try:
        assert (
            give_password(client, make.password_staff(), next="/caseworker/flags").location
            == "/caseworker/flags"
        )
        assert (
            give_password(client, make.password_staff(Grant.ADMIN), status=303).location
            == "/log-in/staff/app"
        )
    finally:
        app.config["TOTP_REQUIRED"] = before


def test_link_of_the_administrator_sets_a_password_once(app, make, client):
    person = make.staff(Grant.CASEWORKER)
    with app.app_context():
        token = links.password_token(db.session.get_one(User, person.id))
    url = f"/log-in/staff/password/{token}"
    assert "easy to guess" in client.post(url, {"password": "Velkommen2026!"}, status=422).words
    assert client.post(url, {"password": PASSWORD}).location == "/log-in/staff"
    client.get(url, status=410)
    client.post(url, {"password": PASSWORD}, status=410)
    give_password(client, person)


@pytest.mark.parametrize("token", ["x", "a.b.c", "%00"])
def test_forged_password_link_is_worn_out(client, token):
    client.get(f"/log-in/staff/password/{token}", status=410)


def test_changed_password_logs_out_everywhere_else(app, make, client_of):
    person = make.password_staff()
    here, elsewhere = client_of(person), client_of(person)
    assert (
        "not the password"
        in here.post(
            "/log-in/password",
            {"current": "forkert", "password": "gul paraply i skoven"},
            status=422,
        ).words
    )
    assert (
        here.post(
            "/log-in/password", {"current": PASSWORD, "password": "gul paraply i skoven"}
        ).location
        == "/log-in/sessions"
    )
    here.get("/log-in/sessions")
    assert elsewhere.get("/log-in/sessions", status=303).location.startswith("/log-in")


def test_old_hash_is_made_anew_at_log_in(app, make, client):
    from argon2 import PasswordHasher

    person = make.password_staff(with_app=True)
    with app.app_context(), write():
        db.session.get_one(User, person.id).password_hash = PasswordHasher(
            time_cost=1, memory_cost=8192, parallelism=1
        ).hash(PASSWORD)
    give_password(client, person)
    with app.app_context():
        assert re.search(r"m=19456,t=2,p=1", db.session.get_one(User, person.id).password_hash)


def test_disabled_account_is_out_at_once(app, make, client, client_of):
    person = make.password_staff(with_app=True)
    browser = client_of(person)
    with app.app_context(), write():
        services.disable_user(person.id, clock.now())
    assert browser.get("/log-in/sessions", status=303).location.startswith("/log-in")
    assert WRONG in give_password(client, person, status=422).words
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(LoginSession)) == 0


def test_lost_app_is_forgotten_and_set_up_anew(app, make, client):
    person = make.password_staff(with_app=True)
    with app.app_context(), write():
        services.forget_code_app(person.id)
    assert give_password(client, person).location == "/log-in/staff/app"

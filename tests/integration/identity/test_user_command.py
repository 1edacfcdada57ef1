"""`jobunivers user`: the first administrator, and lost phones."""

import contextlib

import pytest
from click.testing import CliRunner

from jobunivers.commands import user as verb
from jobunivers.extensions import db
from jobunivers.identity.models import User
from tests.support.make_identity import PASSWORD


@pytest.fixture
def run(app, monkeypatch):
    """run("create", ...) -> the result of the verb on this test's database."""

    @contextlib.contextmanager
    def opened():
        with app.app_context():
            yield app

    monkeypatch.setattr(verb, "opened_app", opened)
    return lambda *arguments: CliRunner().invoke(verb.command, arguments)


def path_in(result):
    return "/log-in/staff/password/" + result.output.strip().rpartition("/")[2]


def test_first_administrator_chooses_her_password_by_the_link_and_sets_up_the_code_app(run, client):
    result = run("create", "--email", "Mette@Example.org", "--name", "Mette", "--grant", "admin")
    assert result.exit_code == 0
    client.post(path_in(result), {"password": PASSWORD})
    assert (
        client.post("/log-in/staff", {"email": "mette@example.org", "password": PASSWORD}).location
        == "/log-in/staff/app"
    )


def test_link_is_for_staff_only(run, make):
    for email in (make.visitor().email, "nobody@example.org"):
        result = run("link", email)
        assert (result.exit_code, result.output) == (
            1,
            f"Error: there is no member of staff {email}\n",
        )


def test_lost_phone_is_forgotten_and_a_new_password_chosen(app, run, make, client):
    person = make.password_staff(with_app=True)
    result = run("link", person.email, "--forget-code-app")
    with app.app_context():
        assert db.session.get_one(User, person.id).totp_secret is None
    client.post(path_in(result), {"password": "gul paraply i skoven"})

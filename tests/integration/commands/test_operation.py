"""Keys, log-ins of staff, and the doctor."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from cryptography.fernet import Fernet, InvalidToken

from jobunivers.caseload.models import Citizen
from jobunivers.cli import jobunivers
from jobunivers.commands import content
from jobunivers.config import DEMO_DATA_KEY
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock, vault


@pytest.fixture
def run(monkeypatch, database_url, tmp_path):
    """run("keys", "rotate") in demo mode on the test's database."""
    values = {
        "JU_DATABASE_URL": database_url,
        "JU_DEMO": "1",
        "JU_SMTP_URL": f"file:{tmp_path / 'mail'}",
        "JU_PROFILE": "aarhus",
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    for name in ("JU_SECRET_KEY", "JU_DATA_KEYS", "JU_CLOCK", "JU_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(jobunivers, arguments)


def test_rotation_seals_everything_with_the_first_key(app, make, run, monkeypatch):
    with app.app_context():
        citizens = [
            make.citizen(cpr_sealed=vault.seal(f"010101-{number:04}")) for number in range(3)
        ]
    fresh = Fernet.generate_key().decode()
    monkeypatch.setenv("JU_DATA_KEYS", f"{fresh},{DEMO_DATA_KEY}")
    done = run("keys", "rotate")
    assert done.exit_code == 0, done.output
    assert "citizen.cpr_sealed: 3 sealed anew" in done.output
    with app.app_context():
        sealed = db.session.get(Citizen, citizens[1].id).cpr_sealed
        assert Fernet(fresh).decrypt(sealed) == b"010101-0001"
        with pytest.raises(InvalidToken):
            Fernet(DEMO_DATA_KEY).decrypt(sealed)


def test_rotation_without_the_old_key_changes_nothing_and_says_so(app, make, run, monkeypatch):
    with app.app_context():
        make.citizen(cpr_sealed=vault.seal("010101-0001"))
    monkeypatch.setenv("JU_DATA_KEYS", Fernet.generate_key().decode())
    done = run("keys", "rotate")
    assert done.exit_code == 1 and "not in JU_DATA_KEYS" in done.output


def test_first_administrator_is_made_with_a_link_to_choose_a_password(app, client, run):
    done = run(
        "user",
        "create",
        "--name",
        "Mette",
        "--email",
        "Mette@Example.org",
        "--grant",
        "admin",
        "--grant",
        "caseworker",
    )
    assert done.exit_code == 0, done.output
    link = done.output.split("here: http://127.0.0.1:8000")[1].strip()
    client.get(link)
    again = run(
        "user", "create", "--name", "Mette", "--email", "mette@example.org", "--grant", "admin"
    )
    assert again.exit_code == 1 and "has a log-in already" in again.output


def test_disabled_staff_is_out_at_once(app, make, client_of, run):
    person = make.caseworker()
    browser = client_of(person.id)
    browser.get("/caseworker/messages")
    assert run("user", "disable", person.email).exit_code == 0
    assert browser.get("/caseworker/messages", status=303).location.startswith("/log-in")
    with app.app_context():
        assert db.session.get(User, person.id).disabled_at is not None
    assert "there is no log-in" in run("user", "disable", "nobody@example.org").output


@pytest.mark.parametrize(
    "arguments",
    [
        ("--name", "A", "--email", "no-address", "--grant", "admin"),
        ("--name", "A", "--email", "a@example.org", "--grant", "king"),
    ],
)
def test_wrong_log_ins_are_refused(run, arguments):
    assert run("user", "create", *arguments).exit_code in (1, 2)


def test_doctor_is_content_with_a_good_installation(app, run, monkeypatch):
    monkeypatch.setattr(
        content, "problems", lambda reading: []
    )  # `content check` has tests of its own
    worker.breathe(app)
    done = run("doctor")
    assert done.output.endswith("Everything is in order.\n") and done.exit_code == 0


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (datetime(2026, 9, 1, 10, tzinfo=UTC), ""),
        (datetime(2026, 12, 1, 10, tzinfo=UTC), "what it says ends on 2026-12-31"),
        (datetime(2031, 1, 2, 10, tzinfo=UTC), "what it says ended on 2026-12-31"),
    ],
)
def test_a_date_alone_makes_doctor_warn_and_never_fail(app, run, day, told):
    clock.start_at(day)
    worker.breathe(app)
    done = run("doctor")
    assert done.exit_code == 0
    assert told in done.output and ("warning: content" in done.output) == bool(told)


def test_doctor_names_each_problem_in_one_line(app, run, monkeypatch, tmp_path):
    monkeypatch.setenv("JU_DEMO", "0")
    monkeypatch.setenv("JU_DATA_KEYS", "not-a-key")
    monkeypatch.setenv("JU_PROFILE", "atlantis")
    monkeypatch.setenv("JU_SMTP_URL", "smtp://127.0.0.1:1")
    done = run("doctor")
    lines = done.output.splitlines()
    assert done.exit_code == 1
    for expected in (
        "JU_SECRET_KEY is missing",
        "key 1 of JU_DATA_KEYS",
        "https://",
        "no profile 'atlantis'",
        "worker: never seen",
        "mail: 127.0.0.1:1 does not answer",
    ):
        assert [line for line in lines if expected in line], (expected, lines)


def test_doctor_says_when_there_is_no_database(run, monkeypatch, tmp_path):
    monkeypatch.setenv("JU_DATABASE_URL", f"sqlite:///{tmp_path}/demo.db")
    done = run("doctor")
    assert done.exit_code == 1 and "demo.db does not exist" in done.output

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
from jobunivers.messages import services
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Delivery
from jobunivers.messages.types import Failure
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write
from tests.support.bad_servers import HANGS_UP, gateway, mail_server
from tests.support.imap_server import imap_server


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


@pytest.fixture
def doctor(app, run, monkeypatch):
    """doctor(JU_SMTP_URL=...) -> what it says."""
    monkeypatch.setattr(content, "problems", lambda reading: [])
    worker.breathe(app)

    def ask(**environment):
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return run("doctor").output

    return ask


@pytest.mark.parametrize(
    ("answers", "query", "told"),
    [
        ({"greeting": "554 go away"}, "?starttls=never", "does not answer"),
        ({"auth": "535 wrong"}, "?starttls=never", "does not take our user name"),
        ({}, "", "offers no STARTTLS"),
        ({}, "?starttls=never&smtputf8=yes", "offers no SMTPUTF8"),
        ({}, "?starttls=never", "Everything is in order"),
    ],
)
def test_doctor_logs_in_at_the_mail_server(doctor, answers, query, told):
    with mail_server(**answers) as server:
        port = server.server_address[1]
        assert told in doctor(JU_SMTP_URL=f"smtp://me:secret@127.0.0.1:{port}/{query}")


@pytest.mark.parametrize(("answer", "told"), [(401, "answers 401"), (HANGS_UP, "does not answer")])
def test_doctor_tries_the_sms_gateway(doctor, answer, told):
    with gateway(answer) as server:
        said = doctor(JU_SMS_URL=f"http://127.0.0.1:{server.server_address[1]}/send")
    assert "SMS: 127.0.0.1" in said and told in said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("", ""), ""),
        (("secret", "wrong"), "takes neither our password nor the folder"),
        (("INBOX", "Nowhere"), "takes neither our password nor the folder"),
        (("imap://", "imaps://"), "bounces: 127.0.0.1 "),
    ],
)
def test_doctor_opens_the_mailbox_for_bounces(doctor, change, told):
    with imap_server() as box:
        said = doctor(JU_BOUNCE_IMAP=box.url.replace(*change) if change[0] else box.url)
    assert told in said and ("bounces:" in said) == bool(told)


def test_doctor_names_each_setting_that_cannot_be_used(doctor):
    said = doctor(JU_BOUNCE_IMAP="http://u:hidden@h", JU_SMPT_URL="smtp://h")
    assert "settings: JU_BOUNCE_IMAP must be an address such as imaps://user:password@host" in said
    assert "settings: JU_SMPT_URL is not known; did you mean JU_SMTP_URL?" in said
    assert "hidden" not in said


def test_doctor_names_a_signing_key_that_went_too_early(app, make, doctor, monkeypatch):
    with app.app_context():
        make.citizen(
            cpr_sealed=vault.seal("0101901234"), cpr_fingerprint=vault.fingerprint("0101901234")
        )
    assert "keys:" not in doctor()
    monkeypatch.setenv("JU_SECRET_KEY", "a-fresh-signing-key-0123456789-abcdef")
    assert "CPR numbers are not found any more" in doctor()


def test_doctor_names_https_without_a_trusted_proxy(doctor):
    assert "JU_TRUSTED_PROXY is not set" in doctor(JU_BASE_URL="https://job.example.org")


def test_doctor_names_messages_that_reached_nobody(app, make, doctor):
    recipient = make.recipient(make.citizen(), email=None, phone=None, address=None)
    with app.app_context(), write():
        services.notify(recipient, "test.unknown", {}, now=clock.now())
    assert "messages: 1 reached nobody yet" in doctor()


def test_given_up_work_is_listed_and_tried_again(app, make, run):
    recipient = make.recipient(make.citizen())
    with app.app_context(), write():
        delivery = services.notify(recipient, "test.unknown", {}, now=clock.now())
        [one] = db.session.query(Delivery).filter_by(message_id=delivery.id)
        services.fall_back(one.id, Failure.REFUSED, now=clock.now())
        known = one.id
    said = run("outbox", "list").output
    assert str(known) in said and "refused" in said and "1 messages reached nobody" in said
    assert "@" not in said
    assert run("outbox", "retry", "00000000-0000-0000-0000-000000000000").exit_code == 1
    assert run("outbox", "retry", str(known)).output.endswith("1 are tried again.\n")
    assert "0 messages reached nobody" in run("outbox", "list").output

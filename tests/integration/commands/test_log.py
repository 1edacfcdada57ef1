"""`jobunivers log`: the proof that nothing was taken out, with the anchors that were kept outside."""

import json

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from jobunivers.cli import jobunivers
from jobunivers.extensions import db
from jobunivers.portal import anchor_jobs
from jobunivers.shared import audit, chain, clock, i18n
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.db import write


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "anchors.jsonl"


@pytest.fixture
def run(app, monkeypatch, database_url, file, tmp_path):
    """run("verify") in demo mode on the test's database."""
    values = {
        "JU_DATABASE_URL": database_url,
        "JU_DEMO": "1",
        "JU_SMTP_URL": f"file:{tmp_path / 'mail'}",
        "JU_PROFILE": "aarhus",
        "JU_ANCHORS": str(file),
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    for name in ("JU_SECRET_KEY", "JU_DATA_KEYS", "JU_CLOCK", "JU_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(jobunivers, ["log", *arguments])


def deeds(app, count=10):
    with app.app_context():
        for _number in range(count):
            with write():
                audit.record("test.deed", actor_id=None, actor_role="system")


def test_anchors_prove_that_nothing_before_them_was_removed(app, make, run, file):
    make.screening(make.citizen(caseworker=make.caseworker()))
    deeds(app)
    answer = run("anchor")
    assert answer.exit_code == 0, answer.output
    line = answer.output.splitlines()[0]
    assert line.startswith("audit ") and oct(file.stat().st_mode)[-3:] == "600"
    assert {json.loads(row)["log"] for row in file.read_text().splitlines()} == {
        "audit",
        "screening",
    }
    answer = run("verify", "--anchor", line)
    assert answer.exit_code == 0 and "Both logs are whole; 3 anchors hold." in answer.output
    rewritten_without_the_end(app, keep=5)
    answer = run("verify")
    assert answer.exit_code == 1 and "it was anchored and is missing" in answer.output
    file.unlink()
    assert run("verify").exit_code == 0  # whoever holds all keys deceives the log itself ...
    assert run("verify", "--anchor", line).exit_code == 1  # ... but not the mail of that night


def rewritten_without_the_end(app, *, keep):
    """What somebody with the database and all keys can do."""
    with app.app_context(), write() as session:
        session.execute(sa.delete(AuditEvent).where(AuditEvent.number > keep))
        digest = session.scalar(sa.select(AuditEvent.hash).where(AuditEvent.number == keep))
        chain.move_head(session, audit.LOG, keep, digest)


def test_the_last_five_removed_is_noticed_without_any_anchor(app, run):
    deeds(app)
    with app.app_context(), write() as session:
        session.execute(sa.delete(AuditEvent).where(AuditEvent.number > 5))
    answer = run("verify")
    assert answer.exit_code == 1 and "its head is link 10" in answer.output


def test_every_night_the_ends_go_to_file_log_and_mailbox(app, monkeypatch, file, caplog):
    from dataclasses import replace

    deeds(app, 3)
    sent = []
    settings = replace(app.config["SETTINGS"], anchors=str(file), anchor_mail="proof@example.org")
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setattr(anchor_jobs.gateways, "send_mail", lambda letter, _id: sent.append(letter))
    with app.test_request_context("/"), i18n.speaking("da"), caplog.at_level("INFO"):
        ((_log, number, digest),) = chain.list_heads()
        anchor_jobs.anchor_logs({}, clock.now())
    assert json.loads(file.read_text())["hash"] == digest
    (letter,) = sent
    assert letter.to == "proof@example.org" and f"audit {number} {digest}" in letter.text
    assert any(getattr(row, "fields", {}).get("hash") == digest for row in caplog.records)


def test_a_log_without_a_row_has_no_anchor(app, run, file):
    answer = run("anchor")
    assert (answer.exit_code, answer.output, file.exists()) == (0, "", False)
    assert "0 anchors hold" in run("verify").output


@pytest.mark.parametrize("line", ["audit", "audit x 00", "", "audit 1 " + "g" * 64])
def test_a_spoilt_anchor_is_one_clear_line(run, file, line):
    answer = run("verify", "--anchor", line)
    assert answer.exit_code == 1 and "is no anchor" in answer.output
    file.parent.mkdir()
    file.write_text("{}\n")
    assert "line 1: this is no anchor" in run("verify").output


def test_deeds_after_the_anchor_do_not_disturb_it(app, run):
    deeds(app, 2)
    assert run("anchor").exit_code == 0
    deeds(app, 2)
    assert run("verify").exit_code == 0
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == 4

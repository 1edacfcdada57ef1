"""Real SMTP: refused, tried again, sent once; refused for good, a letter instead."""

import dataclasses
import email
import email.policy
import socket
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from jobunivers.messages import notices, queries, services
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.types import NoticeText
from jobunivers.shared.db import write

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Sink:
    """Takes mail, or answers as told."""

    def __init__(self):
        self.mails, self.answers = [], []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def smtp(app, monkeypatch):
    """A real SMTP server."""
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setitem(
        app.config,
        "SETTINGS",
        dataclasses.replace(
            app.config["SETTINGS"], smtp_url=f"smtp://127.0.0.1:{port}?starttls=never"
        ),
    )
    yield sink
    controller.stop()


@pytest.fixture
def told(app, make, monkeypatch):
    """A citizen to whom one notice is on its way; her id."""
    monkeypatch.setattr(
        notices,
        "_kinds",
        {"test.news": notices.NoticeKind(lambda params, locale: NoticeText("News", ""))},
    )
    citizen = make.citizen()
    with app.app_context(), write():
        services.notify(make.recipient(citizen, locale="uk"), "test.news", {}, now=NOON)
    return citizen.id


def test_mail_goes_over_smtp_and_is_read_back_whole(app, smtp, told):
    worker.run_once(app, NOON)
    [mail] = smtp.mails
    assert mail["From"].addresses[0].addr_spec == "job@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    html = mail.get_body(("html",)).get_content()
    assert (
        '<html lang="uk"' in html
        and 'lang="da"' in html
        and "Aarhus Kommune" in html
        and "Муніципалітет Орхуса" in html
    )


def test_mail_refused_for_now_is_tried_again_and_sent_once(app, smtp, told):
    smtp.answers = ["451 try later"]
    worker.run_once(app, NOON)
    assert smtp.mails == []
    for minutes in (1, 2, 3):
        worker.run_once(app, NOON + timedelta(minutes=minutes))
    assert len(smtp.mails) == 1


def test_dead_server_loses_nothing(app, smtp, told, monkeypatch):
    alive = app.config["SETTINGS"]
    monkeypatch.setitem(
        app.config,
        "SETTINGS",
        dataclasses.replace(alive, smtp_url=f"smtp://127.0.0.1:{free_port()}"),
    )
    worker.run_once(app, NOON)
    monkeypatch.setitem(app.config, "SETTINGS", alive)
    worker.run_once(app, NOON + timedelta(minutes=1))
    assert len(smtp.mails) == 1


def test_address_refused_for_good_becomes_a_letter(app, smtp, told):
    smtp.answers = ["550 no such mailbox"]
    worker.run_once(app, NOON)
    worker.run_once(app, NOON + timedelta(hours=1))
    assert smtp.mails == []
    with app.app_context():
        [(letter, message)] = queries.list_letters([told])
        assert message.citizen_id == told and letter.address["address"].startswith("Demo Street")


def test_crash_between_sending_and_noting_sends_the_same_message_id(app, smtp, told, monkeypatch):
    real = services.mark_sent
    monkeypatch.setattr(services, "mark_sent", lambda *_, **__: 1 / 0)
    worker.run_once(app, NOON)
    monkeypatch.setattr(services, "mark_sent", real)
    worker.run_once(app, NOON + timedelta(minutes=1))
    assert len({mail["Message-ID"] for mail in smtp.mails}) == 1

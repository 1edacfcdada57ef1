"""The demo mailbox."""

import dataclasses
from datetime import UTC, datetime

import pytest

from jobunivers.messages import notices, services
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.mail_pages import Attachment
from jobunivers.messages.types import NoticeText, Topic
from jobunivers.shared import clock
from jobunivers.shared.db import write


@pytest.fixture
def told(app, make, tmp_path, monkeypatch):
    """A meeting's mail waits in the outbox at 11 in the evening."""
    monkeypatch.setitem(
        app.config,
        "SETTINGS",
        dataclasses.replace(app.config["SETTINGS"], smtp_url=f"file:{tmp_path}"),
    )
    clock.start_at(datetime(2026, 11, 24, 22, 0, tzinfo=UTC))
    file = Attachment("meeting.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar", "REQUEST")
    kind = notices.NoticeKind(
        lambda params, locale: NoticeText("Meeting", ""),
        topic=Topic.MEETING,
        attach=lambda params, locale, to: [file],
    )
    monkeypatch.setattr(notices, "_kinds", {"test.meeting": kind})
    citizen = make.citizen()
    with app.app_context(), write():
        services.notify(make.recipient(citizen), "test.meeting", {}, now=clock.now())
    return citizen


def test_mail_waits_for_the_morning_and_can_be_sent_now(app, client, told):
    worker.run_once(app)
    assert "1 mail waits to be sent" in client.get("/demo/mail").words
    page = client.follow(client.post("/demo/mail/send"))
    mail = client.get(page.one("mail").a["href"])
    assert (
        "News about a meeting" in mail.words
        and told.email in mail.words
        and "Aarhus Kommune" in mail.one("mail-text").get_text()
    )
    file = client.http.get(mail.one("mail-file")["href"])
    assert file.mimetype == "text/calendar" and "BEGIN:VCALENDAR" in file.text


def test_only_mails_of_the_folder_are_shown(client, told):
    assert "waits to be sent" in client.get("/demo/mail").words
    for name in ("0000000000000000", "..%2f..%2fetc%2fpasswd", "x"):
        client.get(f"/demo/mail/{name}", status=404)


def test_mailbox_exists_in_demo_mode_only(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    client.get("/demo/mail", status=404)
    client.post("/demo/mail/send", status=404)

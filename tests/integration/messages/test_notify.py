"""A notice comes into the thread, leaves by mail, SMS or letter, and says nothing personal on the
way.
"""

import email
import email.policy
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobunivers.messages import delivery_jobs as delivery
from jobunivers.messages import notices, queries, rules, services
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.mail_pages import Attachment
from jobunivers.messages.types import Channel, NoticeText, Purpose, Topic
from jobunivers.shared.db import write

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Notices of an invented feature."""
    monkeypatch.setattr(notices, "_kinds", {})
    notices.register(
        "test.news",
        lambda params, locale: NoticeText(f"News in {locale}", f"About {params['what']}", "/my"),
    )
    notices.register(
        "test.reminder", lambda params, locale: NoticeText("Remember", ""), purpose=Purpose.REMINDER
    )
    ics = Attachment(
        "meeting.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar", "REQUEST"
    )
    notices.register(
        "test.meeting",
        lambda params, locale: NoticeText("Meeting", ""),
        topic=Topic.MEETING,
        attach=lambda params, locale, to: [ics],
    )


@pytest.fixture
def outgoing(app, tmp_path, monkeypatch):
    """Folders instead of servers; `.mails()` and `.texts()` read them back."""
    import dataclasses

    settings = dataclasses.replace(
        app.config["SETTINGS"],
        smtp_url=f"file:{tmp_path / 'mail'}",
        sms_url=f"file:{tmp_path / 'sms'}",
    )
    monkeypatch.setitem(app.config, "SETTINGS", settings)

    class Outgoing:
        @staticmethod
        def mails():
            return [
                email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted((tmp_path / "mail").glob("*.eml"))
            ]

        @staticmethod
        def texts():
            return [path.read_text() for path in sorted(Path(tmp_path / "sms").glob("*.txt"))]

    return Outgoing


def tell(make, citizen, kind="test.news", now=NOON, key=None, **more):
    with make.app.app_context(), write():
        return services.notify(
            make.recipient(citizen, **more), kind, {"what": "depression"}, now=now, key=key
        ).id


def test_notice_leaves_as_a_neutral_mail_in_two_languages(app, make, outgoing):
    tell(make, make.citizen(), locale="en")
    assert worker.run_once(app, NOON) == 1
    [mail] = outgoing.mails()
    assert mail["Subject"] == "You have a message"
    text = mail.get_body(("plain",)).get_content()
    assert (
        "http://127.0.0.1:8000/my/messages" in text
        and "Aarhus Municipality" in text
        and "Aarhus Kommune" in text
    )
    assert 'lang="da"' in mail.get_body(("html",)).get_content()
    assert "depression" not in mail.as_string() and "Maja" not in text


def test_the_same_cause_makes_one_notice_and_one_mail(app, make, outgoing):
    citizen = make.citizen()
    assert tell(make, citizen, key="need:1") == tell(make, citizen, key="need:1")
    worker.run_once(app, NOON)
    worker.run_once(app, NOON + timedelta(hours=1))
    assert len(outgoing.mails()) == 1
    with app.app_context():
        assert len(queries.list_messages(citizen.id)) == 1


def test_nothing_leaves_between_21_and_9(app, make, outgoing):
    tell(make, make.citizen(), now=NIGHT)
    worker.run_once(app, NIGHT)
    worker.run_once(app, NIGHT + timedelta(hours=9, minutes=59))
    assert outgoing.mails() == []
    worker.run_once(app, NIGHT + timedelta(hours=10))
    assert len(outgoing.mails()) == 1


def test_a_mail_delayed_into_the_night_waits_for_the_morning(app, make, outgoing):
    tell(make, make.citizen())
    worker.run_once(app, NIGHT)
    assert outgoing.mails() == []
    worker.run_once(app, NIGHT + timedelta(hours=11))
    assert len(outgoing.mails()) == 1


def test_meeting_mail_carries_the_calendar_file_with_its_method(app, make, outgoing):
    tell(make, make.citizen(), kind="test.meeting")
    worker.run_once(app, NOON)
    [mail] = outgoing.mails()
    [file] = mail.iter_attachments()
    assert mail["Subject"] == "News about a meeting"
    assert (file.get_content_type(), file.get_param("method"), file.get_filename()) == (
        "text/calendar",
        "REQUEST",
        "meeting.ics",
    )
    assert file.get_content_disposition() == "inline"
    assert file.get_payload(decode=True) == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_sms_is_short_neutral_and_in_one_language(app, make, outgoing):
    tell(make, make.citizen(), channel=Channel.SMS, locale="uk")
    worker.run_once(app, NOON)
    [text] = outgoing.texts()
    number, words = text.split("\n", 1)
    assert number == "+4520304050" and rules.fits_sms(words) and "/my/messages" in words


def test_exempt_citizen_gets_a_letter_to_print(app, make, outgoing):
    citizen = make.citizen()
    tell(make, citizen, digital_post_exempt=True)
    worker.run_once(app, NOON)
    assert outgoing.mails() == []
    with app.app_context():
        [(letter, message)] = queries.list_letters([citizen.id])
        assert (
            letter.address["address"] == "Demo Street 1\n8000 Aarhus C"
            and message.kind == "test.news"
        )


def test_fourth_reminder_of_a_week_stays_in_the_thread_but_a_confirmation_always_leaves(
    app, make, outgoing
):
    citizen = make.citizen()
    for _ in range(4):
        tell(make, citizen, kind="test.reminder")
    tell(make, citizen, kind="test.news")
    worker.run_once(app, NOON)
    assert len(outgoing.mails()) == 3 + 1
    with app.app_context():
        assert queries.count_unread(citizen.id) == 5


def test_addresses_are_forgotten_once_the_mail_has_gone(app, make, outgoing):
    message_id = tell(make, make.citizen())
    worker.run_once(app, NOON)
    with app.app_context():
        from jobunivers.extensions import db
        from jobunivers.messages.models import Delivery

        sent = db.session.query(Delivery).filter_by(message_id=message_id).one()
        assert sent.address == {} and sent.sent_at == NOON


def test_every_sms_fits_in_every_language_even_with_a_long_address(app, monkeypatch):
    monkeypatch.setitem(
        app.config, "BASE_URL", "https://jobunivers.beskaeftigelse.laengstekommunenavn.example"
    )
    with app.app_context():
        texts = [
            delivery.sms_text(topic, code) for topic in Topic for code in app.config["LOCALES"]
        ]
    assert all(
        rules.fits_sms(text)
        and "https://jobunivers" in text
        and text.rstrip().endswith(("/messages", "/meetings"))
        for text in texts
    )

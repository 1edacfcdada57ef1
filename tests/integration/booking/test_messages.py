"""Mails about meetings: with a calendar file, neutral, in her language; reminders never at night,
never about the past.
"""

import dataclasses
import email
import email.policy
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from jobunivers.booking import services
from jobunivers.booking.types import Actor
from jobunivers.extensions import db
from jobunivers.messages import notices
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Message
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.db import write

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HERSELF = Actor(None, "citizen")


@pytest.fixture
def mails(app, tmp_path, monkeypatch):
    """mails() -> what has left since the last call."""
    monkeypatch.setitem(
        app.config,
        "SETTINGS",
        dataclasses.replace(app.config["SETTINGS"], smtp_url=f"file:{tmp_path / 'mail'}"),
    )
    seen = set()

    def take():
        fresh = [path for path in sorted((tmp_path / "mail").glob("*.eml")) if path not in seen]
        seen.update(fresh)
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in fresh
        ]

    return take


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    return anne


def work(app, now):
    clock.start_at(now)
    return worker.run_once(app, now)


def calendar_in(mail):
    [part] = [
        part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"
    ]
    assert part.get_param("method") == Calendar.from_ical(part.get_content())["METHOD"]
    return Calendar.from_ical(part.get_content())


def kinds(app, citizen):
    with app.app_context():
        return list(
            db.session.scalars(
                sa.select(Message.kind)
                .where(Message.citizen_id == citizen.id)
                .order_by(Message.created_at, Message.kind)
            )
        )


def change(app, service, *args, **more):
    with app.app_context(), write():
        service(*args, **more)


def test_booked_moved_and_cancelled_each_leave_one_neutral_mail_with_the_file(
    app, make, anne, mails
):
    olena = make.citizen(name="Олена Демо", locale="uk", caseworker=anne)
    meeting = make.booking(
        olena, anne, TEN, now=NOW, access_needs="hearing loop", interpreter_language="uk"
    )
    work(app, NOW)
    [booked] = mails()
    event = calendar_in(booked).events[0]
    assert (event["SEQUENCE"], event.start) == (0, TEN)
    text = booked.as_string()
    assert (
        "hearing" not in text
        and "first-meeting" not in text
        and "Олена" not in booked.get_body(("plain",)).get_content()
    )
    assert (
        "Aarhus Kommune" in booked.get_body(("plain",)).get_content()
    )  # the Danish text stands below
    change(
        app,
        services.move,
        meeting,
        make.choice(anne, TEN + timedelta(hours=2), interpreter_language="uk"),
        by=HERSELF,
        now=NOW,
    )
    work(app, NOW)
    [moved] = mails()
    assert (calendar_in(moved)["METHOD"], calendar_in(moved).events[0]["SEQUENCE"]) == (
        "REQUEST",
        1,
    )
    change(app, services.cancel, meeting, by=HERSELF, now=NOW)
    work(app, NOW)
    cancelled, _invited = sorted(mails(), key=lambda mail: not list(mail.iter_attachments()))
    # what comes next is planned at once
    again = calendar_in(cancelled).events[0]
    assert (calendar_in(cancelled)["METHOD"], again["SEQUENCE"], again["UID"]) == (
        "CANCEL",
        2,
        event["UID"],
    )


def test_a_move_before_the_first_mail_left_sends_only_the_newest(app, make, anne, mails):
    maja = make.citizen(caseworker=anne)
    meeting = make.booking(maja, anne, TEN, now=NOW)
    change(
        app,
        services.move,
        meeting,
        make.choice(anne, TEN + timedelta(hours=2)),
        by=HERSELF,
        now=NOW,
    )
    work(app, NOW)
    [only] = mails()
    assert calendar_in(only).events[0]["SEQUENCE"] == 1


def test_two_reminders_come_once_each_and_never_after_a_cancellation(app, make, anne, mails):
    maja = make.citizen(caseworker=anne)
    start = TEN + timedelta(hours=4)  # 14.00 on Thursday
    meeting = make.booking(maja, anne, start, now=NOW)
    work(app, NOW)
    for moment in (
        start - timedelta(days=2),
        start - timedelta(hours=30),
        start - timedelta(hours=3),
        start - timedelta(hours=2),
    ):
        work(app, moment)
    assert kinds(app, maja).count("appointment.reminder") == 2
    other = make.citizen(caseworker=anne)
    second = make.booking(other, anne, start + timedelta(days=6), now=start)
    change(app, services.cancel, second, by=HERSELF, now=start + timedelta(hours=1))
    work(app, start + timedelta(days=5))
    assert "appointment.reminder" not in kinds(app, other)
    assert meeting


def test_a_worker_that_was_down_sends_no_reminder_after_the_meeting(app, make, anne, mails):
    maja = make.citizen(caseworker=anne)
    make.booking(maja, anne, TEN, now=NOW)
    work(app, TEN + timedelta(minutes=1))
    assert "appointment.reminder" not in kinds(app, maja)


def test_somebody_who_wants_paper_gets_the_same_notice_as_a_letter(app, make, anne, mails):
    gerda = make.citizen(caseworker=anne, channel=Channel.LETTER, address="Demo Street 1")
    make.booking(gerda, anne, TEN, now=NOW)
    work(app, NOW)
    assert mails() == []
    assert kinds(app, gerda) == ["appointment.booked"]


def test_notices_say_when_and_how_in_each_language(app):
    clock.start_at(NOW)  # in another year the year is said, too
    params = {
        "appointment_id": "1",
        "sequence": 0,
        "starts_at": TEN.isoformat(),
        "kind": "follow-up",
        "form": "phone",
    }
    with app.app_context():
        notice = notices.read("appointment.booked", params, "en")
        assert (
            "Follow-up meeting: Thursday 26 November at 10:00" in notice.body
            and notice.link == "/my/meetings/1"
        )
        assert "torsdag den 26. november" in notices.read("appointment.booked", params, "da").body
        invited = notices.read(
            "need.invited", {"kind": "gone", "earliest_on": None, "deadline_on": "2026-12-04"}, "en"
        )
        assert "Please choose a time by Friday 4 December" in invited.body

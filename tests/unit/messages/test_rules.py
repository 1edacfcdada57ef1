"""When and how messages leave, as tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from jobunivers.messages import rules
from jobunivers.messages.types import Channel, Purpose, Recipient

DENMARK = ZoneInfo("Europe/Copenhagen")
QUIET = (21, 9)


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=DENMARK)


@pytest.mark.parametrize(
    ("moment", "sent_at"),
    [
        (local(24, 9), local(24, 9)),
        (local(24, 20, 59), local(24, 20, 59)),
        (local(24, 21), local(25, 9)),
        (local(24, 23, 59), local(25, 9)),
        (local(25, 0), local(25, 9)),
        (local(25, 8, 59), local(25, 9)),
    ],
)
def test_nothing_is_sent_between_21_and_9(moment, sent_at):
    assert rules.polite_time(moment, QUIET, DENMARK) == sent_at


def test_quiet_hours_follow_the_danish_clock_over_the_time_change():
    before, after = (
        datetime(2026, 10, 24, 20, 0, tzinfo=UTC),
        datetime(2026, 10, 25, 8, 0, tzinfo=UTC),
    )  # 22.00 summer time, 9.00 winter time
    assert rules.polite_time(before, QUIET, DENMARK) == after


def test_reminder_that_would_come_too_late_in_the_morning_goes_the_evening_before():
    assert rules.polite_time(local(25, 7), QUIET, DENMARK, not_after=local(25, 8, 30)) == local(
        24, 20, 45
    )
    assert rules.polite_time(local(24, 22), QUIET, DENMARK, not_after=local(25, 8, 30)) == local(
        24, 20, 45
    )
    assert rules.polite_time(local(25, 7), QUIET, DENMARK, not_after=local(25, 12)) == local(25, 9)


def test_quiet_hours_inside_one_day():
    assert rules.is_quiet(local(24, 12), (11, 13), DENMARK)
    assert not rules.is_quiet(local(24, 13), (11, 13), DENMARK)


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (80, 3600)]
)
def test_retries_wait_longer_and_longer_but_never_more_than_an_hour(attempts, seconds):
    assert rules.retry_at(attempts, local(24, 9)) == local(24, 9) + timedelta(seconds=seconds)


def person(**given):
    return Recipient(
        **{
            "citizen_id": uuid4(),
            "name": "Maja",
            "email": "a@example.org",
            "phone": "20304050",
            "address": None,
            "locale": "da",
            **given,
        }
    )


@pytest.mark.parametrize(
    ("given", "channel"),
    [
        ({}, Channel.EMAIL),
        ({"channel": Channel.SMS}, Channel.SMS),
        ({"channel": Channel.SMS, "phone": None}, Channel.EMAIL),
        ({"email": None}, Channel.SMS),
        ({"email": "", "phone": ""}, Channel.LETTER),
        ({"channel": Channel.LETTER}, Channel.LETTER),
        ({"digital_post_exempt": True}, Channel.LETTER),
        ({"channel": Channel.NONE, "digital_post_exempt": True}, Channel.NONE),
    ],
)
def test_chosen_channel_counts_and_nobody_is_left_without(given, channel):
    assert rules.choose_channel(person(**given)) == channel


@pytest.mark.parametrize(
    ("purpose", "lately", "goes"),
    [
        (Purpose.REMINDER, 2, True),
        (Purpose.REMINDER, 3, False),
        (Purpose.INVITATION, 3, False),
        (Purpose.CONFIRMATION, 99, True),
    ],
)
def test_caps_hold_for_reminders_and_invitations_only(purpose, lately, goes):
    assert rules.may_send(purpose, sent_lately=lately, cap=3) is goes


@pytest.mark.parametrize(
    ("written", "days", "closed", "answer"),
    [
        (date(2026, 11, 23), 2, (), date(2026, 11, 25)),  # Monday
        (date(2026, 11, 27), 2, (), date(2026, 12, 1)),  # over a weekend
        (date(2026, 11, 21), 1, (), date(2026, 11, 23)),  # written on a Saturday
        (date(2026, 12, 23), 2, (date(2026, 12, 24), date(2026, 12, 25)), date(2026, 12, 29)),
        (date(2026, 11, 23), 0, (), date(2026, 11, 23)),
    ],
)
def test_answers_are_promised_in_working_days(written, days, closed, answer):
    assert rules.answer_by(written, days, closed) == answer


def test_first_text_that_fits_an_sms_is_taken():
    assert rules.fitting(("x" * 151, "short")) == "short"
    assert rules.fitting(("x" * 151,)) == "x" * 150

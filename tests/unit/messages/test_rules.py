"""When and how messages leave, as tables."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("moment", "begins_at", "sent_at"),
    [
        (local(25, 7, 40), local(25, 9), local(25, 7, 40)),  # in the morning: at once
        (local(25, 7, 40), local(25, 8), local(25, 7, 40)),
        (local(24, 22), local(25, 8), local(25, 6)),  # the evening before: early, but not at night
        (local(24, 22), local(25, 9), local(25, 7)),
        (local(24, 22), local(25, 10, 30), local(25, 8, 30)),
        (local(24, 22), local(25, 11), local(25, 9)),  # time enough after quiet time
        (local(25, 7), local(25, 12), local(25, 9)),
        (local(24, 22), local(25, 6), local(24, 22)),  # before six nothing is polite: at once
        (local(24, 22), local(24, 23), local(24, 22)),
        (local(24, 22), local(27, 8), local(25, 9)),  # days away
        (local(24, 22), local(24, 20), local(25, 9)),  # over: no hurry
        (local(24, 20), local(25, 8), local(24, 20)),  # not quiet
    ],
)
def test_news_about_what_begins_before_quiet_time_ends_comes_before_it_begins(
    moment, begins_at, sent_at
):
    assert rules.polite_time(moment, QUIET, DENMARK, begins_at=begins_at) == sent_at


def test_news_on_the_mornings_when_the_clocks_change():
    for day, month, utc in ((29, 3, 4), (25, 10, 5)):  # six in summer time, six in winter time
        evening = datetime(2026, month, day - 1, 22, tzinfo=DENMARK)
        begins = datetime(2026, month, day, 8, tzinfo=DENMARK)
        assert rules.polite_time(evening, QUIET, DENMARK, begins_at=begins) == datetime(
            2026, month, day, utc, tzinfo=UTC
        )


@given(st.integers(0, 24 * 60), st.integers(1, 3 * 24 * 60))
def test_news_never_comes_after_the_thing_begins(minute, ahead):
    now = local(24, 0) + timedelta(minutes=minute)
    begins_at = now + timedelta(minutes=ahead)
    at = rules.polite_time(now, QUIET, DENMARK, begins_at=begins_at)
    assert now <= at < begins_at
    assert rules.polite_time(at, QUIET, DENMARK, begins_at=begins_at) == at  # sending agrees


@pytest.mark.parametrize(
    ("changed", "hours", "channel", "is_told"),
    [
        ({}, 1, Channel.EMAIL, True),
        ({"channel": Channel.SMS, "phone": "+4520000001"}, 1, Channel.SMS, True),
        ({"email": None}, 24 * 5, Channel.LETTER, False),
        ({"email": None}, 24 * 7, Channel.LETTER, True),
        ({"digital_post_exempt": True}, 24, Channel.LETTER, False),
        ({"email": None, "address": None}, 24 * 7, Channel.CALL, False),
        ({"channel": Channel.NONE}, 24, Channel.NONE, False),
    ],
)
def test_paper_does_not_reach_her_in_time(changed, hours, channel, is_told):
    person = {
        "citizen_id": uuid4(),
        "name": "Maja Demo",
        "email": "maja@example.org",
        "phone": None,
        "address": "Demo Street 1",
        "locale": "da",
    }
    reach = rules.reach(
        Recipient(**(person | changed)),
        begins_at=local(24, 12) + timedelta(hours=hours),
        now=local(24, 12),
        quiet_hours=QUIET,
        zone=DENMARK,
    )
    assert (reach.channel, reach.at is not None) == (channel, is_told)


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
            "address": "Demovej 1",
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
        ({"email": "", "phone": "", "address": None}, Channel.CALL),
        ({"digital_post_exempt": True, "address": ""}, Channel.CALL),
    ],
)
def test_chosen_channel_counts_and_nobody_is_left_without(given, channel):
    assert rules.choose_channel(person(**given)) == channel


@pytest.mark.parametrize(
    ("given", "dead", "channel"),
    [
        ({}, {Channel.EMAIL}, Channel.SMS),
        ({"channel": Channel.SMS}, {Channel.SMS}, Channel.EMAIL),
        ({"phone": None}, {Channel.EMAIL}, Channel.LETTER),
        ({}, {Channel.EMAIL, Channel.SMS}, Channel.LETTER),
        ({"address": None}, {Channel.EMAIL, Channel.SMS}, Channel.CALL),
    ],
)
def test_a_way_that_is_dead_is_not_tried_again(given, dead, channel):
    assert rules.choose_channel(person(**given), dead) == channel


@pytest.mark.parametrize(
    ("has_street", "days", "channel"),
    [
        (True, None, Channel.LETTER),
        (True, 6, Channel.LETTER),
        (True, 2, Channel.CALL),  # the post would come too late
        (False, None, Channel.CALL),
        (False, 6, Channel.CALL),
    ],
)
def test_a_message_that_did_not_get_through_becomes_a_letter_or_a_call(has_street, days, channel):
    happens_at = None if days is None else local(24, 9) + timedelta(days=days)
    assert rules.instead(has_street=has_street, happens_at=happens_at, now=local(24, 9)) == channel


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


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("x" * 160, True),
        ("x" * 161, False),
        ("æøåÆØÅéü" * 20, True),
        ("x" * 159 + "€", False),  # counts twice
        ("x" * 158 + "€", True),
        ("ї" * 70, True),
        ("ї" * 71, False),
        ("x" * 69 + "ї", True),
        ("x" * 70 + "ї", False),
        ("😀" * 35, True),
        ("😀" * 36, False),
    ],
)
def test_an_sms_is_one_part(text, fits):
    assert rules.fits_sms(text) is fits


@pytest.mark.parametrize(
    ("linked", "said"),
    [
        (("ї" * 70, "x"), "ї" * 70),
        (("ї" * 71, "x"), "x"),
        (("ї" * 134,), "ї" * 134),  # two parts: the link counts more
        (("ї" * 135,), "bare"),
        (("x" * 306,), "x" * 306),
        (("x" * 307,), "bare"),
    ],
)
def test_a_link_may_make_two_parts_of_an_sms(linked, said):
    assert rules.with_link(linked, ("bare",)) == said


def test_first_text_that_fits_an_sms_is_taken():
    assert rules.fitting(("x" * 161, "short")) == "short"
    assert rules.fitting(("x" * 161,)) == "x" * 160
    assert rules.fitting(("ї" * 71,)) == "ї" * 70
    assert rules.fitting(("We can’t – " + "x" * 140,)) == "We can't - " + "x" * 140

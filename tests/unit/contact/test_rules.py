"""The contact course: which meetings are due, by when, and when a person must act instead."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobunivers.contact import rules
from jobunivers.contact.holiday_rules import holidays_between, public_holidays
from jobunivers.contact.types import (
    Course,
    MeetingFact,
    MeetingState,
    NeedFact,
    NeedStatus,
    TaskKind,
)
from jobunivers.shared.profile import load_profile

MONDAY = date(2026, 11, 23)
PROFILE = load_profile("aarhus")
CLOSED = holidays_between(date(2026, 1, 1), date(2028, 12, 31), PROFILE.closing_days)
CITIZEN, SPELL, NEED = UUID(int=1), UUID(int=2), UUID(int=3)


def course(weeks, group="insured", today=MONDAY, **more):
    return Course(CITIZEN, SPELL, group, today - timedelta(weeks=weeks), **more)


def meeting(kind="first-meeting", days=0, state=MeetingState.HELD, today=MONDAY):
    return MeetingFact(kind, today + timedelta(days=days), state)


def need(kind="first-meeting", reason="first-talk-insured-2026", days=5, status=NeedStatus.OPEN):
    return NeedFact(NEED, kind, reason, MONDAY + timedelta(days=days), status)


def due(course, today=MONDAY):
    return rules.needs_today(course, PROFILE.contact_rules, today, CLOSED)


def kinds(course, today=MONDAY):
    return [each.kind for each in due(course, today)]


@pytest.mark.parametrize(
    ("weeks", "group", "expected"),
    [
        (0, "insured", ["first-meeting"]),  # told on the first day when the first talk will be
        (11, "insured", ["first-meeting"]),
        (
            40,
            "insured",
            ["first-meeting"],
        ),  # came late to us: both are due, one invitation at a time
        (0, "cash-benefit-ready", ["first-meeting"]),
        (0, "displaced-ukrainian", ["first-meeting"]),
        (0, "no-such-group", []),
    ],
)
def test_meetings_fall_due_by_group_and_week(weeks, group, expected):
    assert kinds(course(weeks, group)) == expected


def test_the_first_day_invitation_names_the_weeks_of_the_law():
    [first] = due(course(0))
    assert (first.earliest_on, first.rule) == (
        MONDAY + timedelta(weeks=11),
        "first-talk-insured-2026",
    )
    assert first.deadline_on == MONDAY + timedelta(weeks=13)
    assert "1750" in first.legal


def test_a_rule_holds_only_between_its_dates():
    june = date(2026, 6, 1)
    [old] = due(course(11, today=june), june)
    assert old.rule == "first-talk-insured-2024"


@pytest.mark.parametrize(
    "facts",
    [
        {"meetings": (meeting(days=3, state=MeetingState.COMING),)},
        {"needs": (need(),)},
        {"needs": (need(days=-3),)},  # past its last day: a person calls, no second invitation
        {"meetings": (meeting(days=-1, state=MeetingState.UNRECORDED),)},
    ],
)
def test_nobody_is_asked_twice_for_the_same_meeting(facts):
    assert due(course(12, **facts)) == []


def test_after_a_meeting_the_next_contact_follows_at_once():
    [regular] = due(course(15, meetings=(meeting(days=-1),)))
    assert regular.kind == "follow-up"
    due_on = MONDAY + timedelta(days=-1, weeks=6)
    assert (regular.earliest_on, regular.deadline_on) == (
        due_on - timedelta(days=14),
        rules.next_working_day(due_on, CLOSED),
    )


def test_a_booking_that_came_to_nothing_is_asked_for_again():
    assert kinds(course(12, needs=(need(status=NeedStatus.MET),))) == ["first-meeting"]


def test_what_a_person_closed_stays_closed():
    assert "first-meeting" not in kinds(course(12, needs=(need(status=NeedStatus.CLOSED),)))


def test_week_22_takes_the_place_of_an_unused_regular_invitation():
    open_one = need("follow-up", "regular-contact", days=9)
    [visit] = due(course(20, meetings=(meeting(days=-30),), needs=(open_one,)))
    assert (visit.kind, visit.replaces) == ("week-22", (NEED,))


def test_the_second_meeting_that_is_due_follows_when_the_first_is_booked():
    first = need(days=9)
    assert due(course(30, needs=(first,))) == []
    booked = meeting(days=3, state=MeetingState.COMING)
    assert kinds(course(30, meetings=(booked,), needs=(need(status=NeedStatus.MET),))) == [
        "week-22"
    ]


def test_somebody_exempt_from_talks_is_left_in_peace():
    exempt = course(30, is_exempt=True)
    assert due(exempt) == []
    assert rules.task_today(exempt, MONDAY, CLOSED) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"needs": (need(days=1),)}, None),
        (
            {"needs": (need(days=0),)},
            TaskKind.DEADLINE_PASSED,
        ),  # the task stands when the last day is over
        ({"needs": (need(days=-4),)}, TaskKind.DEADLINE_PASSED),
        ({"needs": (need(days=-4),), "has_task": True}, None),
        ({"needs": (need(days=9),), "books_herself": False}, TaskKind.BOOK_FOR_CITIZEN),
        ({"meetings": (meeting(days=2, state=MeetingState.COMING),)}, None),
        ({"meetings": (meeting(days=-1, state=MeetingState.UNRECORDED),)}, TaskKind.NO_OUTCOME),
        ({}, TaskKind.NO_NEXT_CONTACT),
    ],
)
def test_a_named_person_acts_when_nothing_else_lies_ahead(facts, expected):
    task = rules.task_today(course(12, **facts), MONDAY, CLOSED)
    assert (task.what if task else None) == expected


@given(st.dates(date(2026, 1, 1), date(2028, 11, 1)), st.integers(-3, 60))
def test_deadline_gives_eight_days_and_ends_on_a_day_when_the_phone_is_answered(today, days):
    last = rules.deadline(today, days, CLOSED)
    assert (last - today).days >= max(8, days)
    assert rules.is_working_day(last, CLOSED)


@given(
    st.integers(0, 80),
    st.sampled_from([group.code for group in PROFILE.target_groups]),
    st.dates(date(2026, 7, 1), date(2027, 6, 1)),
)
def test_nobody_is_left_with_nothing(weeks, group, today):
    plain = course(weeks, group, today=today)
    new = rules.needs_today(plain, PROFILE.contact_rules, today, CLOSED)
    assert new
    assert all(each.deadline_on > today and each.deadline_on >= each.earliest_on for each in new)
    assert len({each.key for each in new}) == len(new)


def test_danish_holidays_are_known():
    assert date(2027, 3, 29) in public_holidays(2027)  # second day of Easter
    assert date(2026, 5, 1) not in public_holidays(2026)
    assert date(2026, 12, 24) in CLOSED


def test_working_days_jump_over_christmas():
    assert rules.working_days_after(date(2026, 12, 23), 1, CLOSED) == date(2026, 12, 28)
    assert rules.working_days_after(MONDAY, 5, CLOSED) == date(2026, 11, 30)

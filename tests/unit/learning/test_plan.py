"""Weeks of a course as tables: a pace of one's own, and a ready-made course with dates. Nobody is
ever late.
"""

from datetime import date, timedelta

import pytest

from jobunivers.learning.rules import plan
from jobunivers.learning.rules.plan import Piece

MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)
LAST_WEEK = MONDAY - timedelta(days=3)


def pieces(*minutes, done=()):
    """Lessons a, b, c, ... with these minutes; `done` are (lesson, day)."""
    days = dict(done)
    return [
        Piece(name, length, days.get(name))
        for name, length in zip("abcdefgh", minutes, strict=False)
    ]


@pytest.mark.parametrize(
    ("lessons", "pace", "done", "open_", "weeks_left", "last"),
    [
        (pieces(10, 10, 10, 10), 20, "", "ab", 2, MONDAY + timedelta(weeks=1)),
        (pieces(7, 7, 7), 20, "", "ab", 2, MONDAY + timedelta(weeks=1)),
        (pieces(7, 7, 7), 21, "", "abc", 1, MONDAY),
        (
            pieces(30, 5),
            20,
            "",
            "a",
            2,
            MONDAY + timedelta(weeks=1),
        ),  # too long for any week: still one lesson
        (pieces(10, 10, 10, done=[("a", MONDAY)]), 20, "a", "b", 2, MONDAY + timedelta(weeks=1)),
        (
            pieces(10, 10, 10, done=[("a", MONDAY), ("b", TUESDAY)]),
            20,
            "ab",
            "",
            1,
            MONDAY + timedelta(weeks=1),
        ),  # the week is full
        (
            pieces(10, 10, 10, done=[("a", MONDAY), ("b", TUESDAY), ("c", TUESDAY)]),
            20,
            "abc",
            "",
            0,
            MONDAY,
        ),
        (
            pieces(10, 10, 10, done=[("a", LAST_WEEK)]),
            20,
            "",
            "bc",
            1,
            MONDAY,
        ),  # last week counts for nothing, good or bad
        (pieces(10, 10, done=[("b", TUESDAY)]), 20, "b", "a", 1, MONDAY),  # out of order is fine
        ([], 20, "", "", 0, MONDAY),
    ],
)
def test_this_week_holds_what_was_done_and_what_still_fits(
    lessons, pace, done, open_, weeks_left, last
):
    week = plan.this_week(lessons, minutes=pace, today=TUESDAY)
    assert ("".join(week.done), "".join(week.open), week.weeks_left) == (done, open_, weeks_left)
    assert week.last_week == last


@pytest.mark.parametrize(
    ("today", "start"),
    [
        (date(2026, 11, 23), MONDAY),
        (date(2026, 11, 25), MONDAY),
        (date(2026, 11, 26), MONDAY + timedelta(weeks=1)),
        (SUNDAY, MONDAY + timedelta(weeks=1)),
    ],
)
def test_a_course_is_proposed_for_this_monday_early_in_the_week_and_else_for_the_coming_one(
    today, start
):
    assert plan.usual_start(today) == start


@pytest.mark.parametrize(
    ("today", "number"),
    [
        (MONDAY, 1),
        (SUNDAY, 1),
        (SUNDAY + timedelta(days=1), 2),
        (MONDAY - timedelta(days=1), 0),
        (MONDAY + timedelta(weeks=10), 11),
    ],
)
def test_weeks_of_a_course_change_on_mondays(today, number):
    assert plan.number_of_week(MONDAY, today) == number


UNITS = [("a", "b"), ("c",), ("d",)]


@pytest.mark.parametrize(
    ("weeks_later", "done", "shown"),
    [
        (-1, "", 1),  # before the start one may look ahead
        (0, "", 1),
        (1, "", 2),  # nothing done: the calendar goes on, nobody is held back
        (2, "ab", 3),
        (3, "ab", 2),  # the weeks are over: what is open
        (3, "abcd", 3),
        (50, "", 1),
    ],
)
def test_the_week_that_lies_open(weeks_later, done, shown):
    today = MONDAY + timedelta(weeks=weeks_later)
    assert plan.shown_week(UNITS, starts_on=MONDAY, today=today, done=set(done)) == shown


@pytest.mark.parametrize(
    ("done", "first"), [("", 1), ("a", 1), ("ab", 2), ("abd", 2), ("abcd", None)]
)
def test_first_week_with_something_open(done, first):
    assert plan.first_open(UNITS, set(done)) == first


def test_dates_can_be_moved_so_that_any_week_is_this_week():
    start = plan.start_that_makes(2, TUESDAY)
    assert start == MONDAY - timedelta(weeks=1)
    assert plan.number_of_week(start, TUESDAY) == 2


@pytest.mark.parametrize(
    ("days", "may"), [(0, True), (365, True), (-365, True), (366, False), (-10_000, False)]
)
def test_a_start_years_away_is_a_slip_of_the_finger(days, may):
    assert plan.may_start_on(TUESDAY + timedelta(days=days), TUESDAY) is may


def test_a_course_may_cross_the_end_of_summer_time_and_of_the_year():
    assert plan.number_of_week(date(2026, 10, 19), date(2026, 10, 26)) == 2
    assert plan.number_of_week(date(2026, 12, 28), date(2027, 1, 4)) == 2

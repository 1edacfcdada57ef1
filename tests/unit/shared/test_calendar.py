"""Days that not every year has."""

from datetime import date

import pytest

from jobunivers.contact.holiday_rules import holidays_between
from jobunivers.learning.rules.plan import may_start_on
from jobunivers.shared.calendar_rules import a_year_after


def test_a_yearly_closing_day_in_february_holds_in_leap_years_only():
    assert date(2028, 2, 29) in holidays_between(date(2028, 1, 1), date(2028, 12, 31), ["02-29"])
    ordinary = holidays_between(date(2027, 1, 1), date(2027, 12, 31), ["02-29"])
    assert ordinary == holidays_between(date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 24), date(2027, 11, 24)),
        (date(2027, 11, 24), date(2028, 11, 24)),  # 366 days away
        (date(2028, 2, 29), date(2029, 2, 28)),
    ],
)
def test_a_year_ahead_is_the_same_day_next_year(day, after):
    assert a_year_after(day) == after


def test_a_course_may_start_within_a_year_either_way():
    today = date(2027, 11, 24)
    assert may_start_on(date(2028, 11, 24), today) and may_start_on(date(2026, 11, 24), today)
    assert not may_start_on(date(2028, 11, 25), today)
    assert not may_start_on(date(2026, 11, 23), today)

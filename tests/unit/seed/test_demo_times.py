"""The demonstration's meetings are planned from what is free, at every hour of every kind of day."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from jobunivers.contact import holiday_rules as holidays
from jobunivers.seed.people import OPEN_HOURS
from jobunivers.seed.stories import times as plans
from jobunivers.shared import clock
from jobunivers.shared.profile import load_profile, profile_codes

DAYS = {
    "a weekday": date(2026, 11, 24),
    "a Thursday, when the office's people are at the library": date(2026, 11, 26),
    "a Friday": date(2026, 11, 27),
    "a Saturday": date(2026, 11, 28),
    "a Sunday": date(2026, 11, 29),
    "24 December": date(2026, 12, 24),
    "31 December": date(2026, 12, 31),
    "1 January": date(2027, 1, 1),
    "Maundy Thursday": date(2027, 3, 25),
    "the spring clock change": date(2027, 3, 28),
    "after Easter": date(2027, 3, 30),
    "the autumn clock change": date(2026, 10, 25),
    "29 February": date(2028, 2, 29),
}


def quarters(day):
    """Every real quarter of an hour of that Danish day, the hour that exists twice twice."""
    moment = datetime.combine(day, time(0), clock.COPENHAGEN).astimezone(UTC)
    while clock.local(moment).date() == day:
        yield moment
        moment += timedelta(minutes=15)


def closed_around(day, profile):
    year = timedelta(days=366)
    return holidays.holidays_between(day - year, day + year, profile.closing_days)


@pytest.fixture(scope="module", params=profile_codes())
def profile(request):
    return load_profile(request.param, demo=True)


@pytest.mark.parametrize("name", DAYS)
def test_every_quarter_of_an_hour_has_a_plan_without_a_clash(name, profile):
    day = DAYS[name]
    closed = closed_around(day, profile)
    counts = [check(plans.times_of(now, closed, profile)) for now in quarters(day)]
    assert len(counts) in (92, 96, 100)  # a clock change has an hour less or more
    assert set(counts) == {9}


def check(plan):
    """What makes a plan good; returns how many meetings it has."""
    for staff in {meeting.staff for meeting in plan.planned}:
        hers = sorted(
            (meeting for meeting in plan.planned if meeting.staff == staff),
            key=lambda meeting: meeting.taken_from,
        )
        assert all(one.taken_until <= two.taken_from for one, two in pairwise(hers))
    for meeting in plan.planned:
        starts, ends = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
        minutes = starts.hour * 60 + starts.minute, ends.hour * 60 + ends.minute
        assert plan.is_worked(starts.date())
        assert any(opens <= minutes[0] and minutes[1] <= closes for opens, closes in OPEN_HOURS)
        assert meeting.told_at < min(plan.now, meeting.starts_at)
    first, last = plan.of("citizen-da")
    assert first.ends_at < last.ends_at < plan.now - timedelta(days=2)
    assert last.ends_at > plan.now - timedelta(days=12)  # she may still say how it was
    assert all(meeting.ends_at < plan.now for meeting in plan.of("citizen-quiet"))
    desk = plan.of("amira", "jonas", "yusuf")
    assert desk[0].starts_at.date() == plan.working_day(0)
    if not plan.is_worked(plan.today):
        assert all(clock.local(meeting.starts_at).date() > plan.today for meeting in desk)
    assert all(meeting.starts_at > plan.now for meeting in plan.of("yusuf", "citizen-uk"))
    (paper,) = plan.of("citizen-paper")
    assert clock.local(paper.starts_at).weekday() == plans.THURSDAY
    return len(plan.planned)


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        ("07:50", "09:45"),  # after the meeting at nine
        ("08:10", "09:45"),
        ("10:00", "10:30"),
        ("11:50", "13:45"),  # lunch, then the meeting at one
        ("12:10", "13:45"),
        ("14:00", "14:30"),
    ],
)
def test_on_a_working_day_somebody_is_met_in_a_moment(profile, hour, expected):
    day = DAYS["a weekday"]
    now = datetime.combine(day, time.fromisoformat(hour), clock.COPENHAGEN)
    (meeting,) = plans.times_of(now, closed_around(day, profile), profile).of("yusuf")
    assert f"{clock.local(meeting.starts_at):%Y-%m-%d %H:%M}" == f"{day} {expected}"


def test_after_work_the_next_free_time_is_on_the_next_working_day(profile):
    now = datetime(2026, 12, 30, 15, 30, tzinfo=clock.COPENHAGEN)  # 31 December is closed
    (meeting,) = plans.times_of(now, closed_around(now.date(), profile), profile).of("yusuf")
    assert clock.local(meeting.starts_at).date() == date(2027, 1, 4)

"""Free times: inside windows, never over each other, right on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobunivers.booking import rules
from jobunivers.booking.types import AppointmentStatus, Busy, Diary, Form, Place, Window, Wish

ANNE, BO = UUID(int=1), UUID(int=2)
MONDAY = date(2026, 11, 23)
OFFICE = Place("main-office", Form.OFFICE, 1)


def at(hour, minute=0, day=MONDAY):
    return rules.instant(day, hour * 60 + minute)


def window(
    starts=9 * 60,
    ends=12 * 60,
    weekday=0,
    user=ANNE,
    forms=("phone", "office"),
    location="main-office",
    valid_to=None,
):
    return Window(
        user, weekday, starts, ends, frozenset(forms), location, date(2026, 1, 1), valid_to
    )


def wish(form=Form.PHONE, minutes=45, before=5, after=10, first=None, last=None):
    return Wish(form, minutes, before, after, first or at(0), last or at(23, 59))


def diary(*windows, hosts=(ANNE,), **more):
    return Diary(
        hosts=hosts, windows=windows or (window(),), places={"main-office": OFFICE}, **more
    )


def times(wish, diary):
    return [
        f"{slot.starts_at.astimezone(rules.COPENHAGEN):%H.%M}"
        for slot in rules.free_slots(wish, diary)
    ]


@pytest.mark.parametrize(
    ("asked", "book", "expected"),
    [
        (wish(), {}, ["09.00", "10.00", "11.00"]),
        (wish(minutes=75), {}, ["09.00", "10.30"]),  # with interpreter
        (wish(first=at(9, 30)), {}, ["09.30", "10.30"]),  # notice
        (wish(last=at(9, 59)), {}, ["09.00"]),  # deadline
        (wish(form=Form.VIDEO), {}, []),
        (wish(form=Form.LIBRARY), {}, []),
        (wish(form=Form.OFFICE), {}, ["09.00", "10.00", "11.00"]),
        (
            wish(),
            {"busy": {ANNE: (Busy(at(9), at(10)),)}},
            ["10.15", "11.15"],
        ),  # her five minutes before count too
        (wish(), {"absent": {ANNE: (Busy(at(10), at(23)),)}}, ["09.00"]),
        (wish(), {"citizen_busy": (Busy(at(9), at(11)),)}, ["11.00"]),
        (
            wish(form=Form.OFFICE),
            {"room_busy": {"main-office": (Busy(at(9), at(11, 10)),)}},
            ["11.15"],
        ),
        (
            wish(),
            {"room_busy": {"main-office": (Busy(at(9), at(12)),)}},
            ["09.00", "10.00", "11.00"],
        ),
        (wish(), {"closed": frozenset({MONDAY})}, []),
    ],
)
def test_times_follow_windows_wishes_and_what_is_taken(asked, book, expected):
    assert times(asked, diary(**book)) == expected


def test_own_caseworker_comes_first_and_a_colleague_fills_the_gaps():
    both = diary(window(), window(user=BO), hosts=(ANNE, BO), busy={ANNE: (Busy(at(9), at(10)),)})
    found = rules.free_slots(wish(), both)
    assert {f"{slot.starts_at.astimezone(rules.COPENHAGEN):%H.%M}": slot.host_id for slot in found}[
        "09.00"
    ] == BO
    plain = rules.free_slots(wish(), diary(window(), window(user=BO), hosts=(ANNE, BO)))
    assert [slot.host_id for slot in plain] == [ANNE] * 3
    assert rules.free_slots(wish(), diary(window(user=BO))) == []  # nobody who was not asked for


def test_a_window_that_has_ended_offers_nothing():
    assert times(wish(), diary(window(valid_to=MONDAY - timedelta(days=1)))) == []


@pytest.mark.parametrize(
    ("day", "starts", "ends", "expected"),
    [
        (date(2027, 3, 28), 60, 240, ["01.00", "03.00"]),  # 2 to 3 does not exist: two real hours
        (
            date(2026, 10, 25),
            60,
            240,
            ["01.00", "02.00", "03.00"],
        ),  # 2 to 3 twice: four real hours, the second 2 is not offered
        (date(2027, 3, 28), 9 * 60, 11 * 60, ["09.00", "10.00"]),
        (date(2026, 10, 25), 9 * 60, 11 * 60, ["09.00", "10.00"]),
    ],
)
def test_summer_and_winter_time(day, starts, ends, expected):
    night = diary(window(starts, ends, weekday=6))
    assert (
        times(
            wish(before=0, after=0, minutes=60, first=at(0, day=day), last=at(23, 59, day=day)),
            night,
        )
        == expected
    )


@given(
    windows=st.lists(
        st.builds(
            window,
            starts=st.integers(0, 1200),
            ends=st.integers(60, 1440),
            weekday=st.integers(0, 6),
            user=st.sampled_from([ANNE, BO]),
        ),
        min_size=1,
        max_size=5,
    ),
    taken=st.lists(st.tuples(st.integers(0, 14 * 24 * 12), st.integers(1, 40)), max_size=12),
    minutes=st.sampled_from([20, 30, 45, 75]),
    first_day=st.sampled_from([date(2026, 10, 19), date(2026, 11, 23), date(2027, 3, 22)]),
    form=st.sampled_from([Form.PHONE, Form.OFFICE]),
)
@settings(max_examples=120, deadline=None)
def test_offered_times_never_overlap_and_stay_inside(windows, taken, minutes, first_day, form):
    start = rules.instant(first_day, 0)
    busy = tuple(
        Busy(start + timedelta(minutes=5 * begin), start + timedelta(minutes=5 * (begin + length)))
        for begin, length in taken
    )
    asked = wish(form=form, minutes=minutes, first=start, last=start + timedelta(days=14))
    book = diary(*windows, hosts=(ANNE, BO), busy={ANNE: busy}, room_busy={"main-office": busy})
    found = rules.free_slots(asked, book)
    for slot in found:
        local_day = slot.starts_at.astimezone(rules.COPENHAGEN).date()
        assert any(
            rules.instant(local_day, each.starts_minute) <= slot.starts_at
            and slot.ends_at <= rules.instant(local_day, each.ends_minute)
            for each in windows
            if each.user_id == slot.host_id and each.weekday == local_day.weekday()
        )
        assert (slot.ends_at - slot.starts_at) == timedelta(minutes=minutes)
        if slot.host_id == ANNE:
            assert not rules.overlaps(
                slot.starts_at - timedelta(minutes=5), slot.ends_at + timedelta(minutes=10), busy
            )
    for host in (ANNE, BO):
        own = [slot for slot in found if slot.host_id == host]
        assert all(
            earlier.ends_at + timedelta(minutes=15) <= later.starts_at
            for earlier, later in zip(own, own[1:], strict=False)
        )
    assert len({slot.starts_at for slot in found}) == len(found)


def test_cells_cover_the_whole_time():
    assert len(rules.cells(at(9), at(9, 45))) == 9
    assert len(rules.cells(at(8, 58), at(9, 1))) == 2
    assert set(rules.cells(at(9), at(10))).isdisjoint(rules.cells(at(10), at(11)))


S = AppointmentStatus


@pytest.mark.parametrize(
    ("current", "new", "allowed"),
    [
        (S.BOOKED, S.HELD, True),
        (S.BOOKED, S.CANCELLED_BY_CITIZEN, True),
        (S.HELD, S.MISSED, True),  # a wrong tap can be put right
        (S.HELD, S.CANCELLED_BY_CITIZEN, False),
        (S.CANCELLED_BY_OFFICE, S.BOOKED, False),
        (S.CANCELLED_BY_CITIZEN, S.MISSED, False),
    ],
)
def test_outcomes_follow_the_table(current, new, allowed):
    assert rules.may_become(current, new) is allowed


def test_outcome_waits_until_the_meeting_has_begun():
    assert not rules.may_record(S.BOOKED, S.MISSED, starts_at=at(9), now=at(8, 59))
    assert rules.may_record(S.BOOKED, S.MISSED, starts_at=at(9), now=at(9))
    assert not rules.may_record(S.BOOKED, S.CANCELLED_BY_OFFICE, starts_at=at(9), now=at(10))


def test_every_status_has_a_row_in_the_table():
    assert set(rules.MOVES) == set(AppointmentStatus)


def test_move_until_four_hours_before_and_cancel_until_it_begins():
    assert rules.may_move(at(12), at(8), 4)
    assert not rules.may_move(at(12), at(8, 1), 4)
    assert rules.may_cancel(at(12), at(11, 59))
    assert not rules.may_cancel(at(12), at(12))


@pytest.mark.parametrize(
    ("starts_at", "now", "expected"),
    [
        (at(14), at(14) - timedelta(days=9), ["21 14.00", "23 11.00"]),
        (
            at(9),
            at(9) - timedelta(days=9),
            ["21 09.00", "22 19.00"],
        ),  # three hours before nine is night: the evening before
        (at(14), at(14) - timedelta(days=1), ["23 11.00"]),
        (
            at(14),
            at(14) - timedelta(hours=6),
            [],
        ),  # booked just now: no reminder of what she has in her head
    ],
)
def test_reminders_come_two_days_and_three_hours_before_and_never_at_night(
    starts_at, now, expected
):
    assert [
        f"{moment.astimezone(rules.COPENHAGEN):%d %H.%M}"
        for moment in rules.reminders(starts_at, now, (21, 9))
    ] == expected


@given(st.integers(0, 2 * 365 * 96), st.integers(0, 500), st.integers(18, 23), st.integers(6, 11))
def test_no_reminder_leaves_in_quiet_hours_or_after_the_meeting(quarter, hours_ahead, begins, ends):
    starts_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    now = starts_at - timedelta(hours=hours_ahead)
    for moment in rules.reminders(starts_at, now, (begins, ends)):
        assert ends <= moment.astimezone(rules.COPENHAGEN).hour < begins
        assert moment < starts_at


def test_a_week_shows_runs_of_empty_days_in_one_line_and_today_by_itself():
    tuesday, friday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=4)

    def runs(today, closed=None):
        return [
            (part.first.day, part.last.day, part.closed)
            for part in rules.parts_of_week(MONDAY, (), closed or {}, today)
        ]

    assert runs(date(2027, 1, 1)) == [(23, 27, "")]
    assert runs(tuesday) == [(23, 23, ""), (24, 24, ""), (25, 27, "")]
    assert runs(MONDAY, {friday: "Staff day"}) == [
        (23, 23, ""),
        (24, 26, ""),
        (27, 27, "Staff day"),
    ]


def test_the_months_and_the_quarter_before_a_day_are_over():
    assert rules.months_before(date(2026, 11, 24), 3) == ["2026-08", "2026-09", "2026-10"]
    assert rules.months_before(date(2026, 2, 1), 3) == ["2025-11", "2025-12", "2026-01"]
    assert rules.quarter_before(date(2026, 11, 24)) == (
        "2026-Q3",
        ["2026-07", "2026-08", "2026-09"],
    )
    assert rules.quarter_before(date(2026, 3, 31)) == ("2025-Q4", ["2025-10", "2025-11", "2025-12"])


def test_a_survey_is_open_from_the_end_of_the_meeting_for_some_days():
    ends_at = datetime(2026, 11, 24, 10, tzinfo=UTC)
    for state, hours, expected in (
        (True, 0, True),
        (True, -1, False),
        (True, 335, True),
        (True, 336, False),
        (False, 1, False),
        (None, 1, False),
    ):
        assert (
            rules.survey_is_open(state, ends_at, ends_at + timedelta(hours=hours), 14) is expected
        )


def test_an_hour_that_exists_twice_is_offered_once():
    sunday = date(2026, 10, 25)
    night = window(weekday=6, starts=60, ends=5 * 60)
    span = {"first": at(0, day=sunday), "last": at(6, day=sunday)}
    offered = times(wish(minutes=15, before=0, after=0, **span), diary(night))
    assert len(offered) == len(set(offered)) and "02.00" in offered and "02.30" in offered

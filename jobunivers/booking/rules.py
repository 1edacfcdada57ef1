"""Free times, what may be changed until when, which outcome may follow which, when to remind. Pure.

Windows are kept on the Danish wall clock ("Tuesdays 9 to 15") and become instants day by day, so
that the two nights on which the
clocks change are right by construction: inside a window we step in real minutes, from the instant
it begins to the instant it ends.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from jobunivers.booking.types import (
    PLACES,
    AppointmentStatus,
    Busy,
    DayPart,
    Diary,
    MeetingLine,
    Place,
    Slot,
    Window,
    Wish,
)
from jobunivers.messages.rules import evening_before, is_quiet
from jobunivers.shared.profile import MeetingKind

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
GRID_MINUTES = 15
CELL_SECONDS = 300
FRIDAY = 4
DAY_MINUTES = 24 * 60

S = AppointmentStatus
# Which outcome may follow which. A wrong outcome can be put right; a cancelled meeting stays
# cancelled (a new one is booked).
MOVES: dict[AppointmentStatus, frozenset[AppointmentStatus]] = {
    S.REQUESTED: frozenset({S.BOOKED, S.CANCELLED_BY_CITIZEN, S.CANCELLED_BY_OFFICE}),
    S.BOOKED: frozenset(
        {S.HELD, S.MISSED, S.UNKNOWN, S.CANCELLED_BY_CITIZEN, S.CANCELLED_BY_OFFICE}
    ),
    S.UNKNOWN: frozenset({S.HELD, S.MISSED, S.CANCELLED_BY_OFFICE}),
    S.HELD: frozenset({S.MISSED, S.UNKNOWN}),
    S.MISSED: frozenset({S.HELD, S.UNKNOWN}),
    S.CANCELLED_BY_CITIZEN: frozenset(),
    S.CANCELLED_BY_OFFICE: frozenset(),
}
OUTCOMES = (S.HELD, S.MISSED, S.UNKNOWN)
CANCELLED = frozenset({S.CANCELLED_BY_CITIZEN, S.CANCELLED_BY_OFFICE})


def may_become(current: AppointmentStatus, new: AppointmentStatus) -> bool:
    """True when the table allows the move."""
    return new in MOVES[current]


def may_record(
    current: AppointmentStatus, new: AppointmentStatus, *, starts_at: datetime, now: datetime
) -> bool:
    """An outcome is recorded once the meeting has begun, never before."""
    return new in OUTCOMES and may_become(current, new) and now >= starts_at


def minutes_of(kind: MeetingKind, *, interpreter: bool) -> int:
    """Length of the meeting; an interpreted talk takes longer, and gets it."""
    return kind.minutes + (kind.interpreter_minutes if interpreter else 0)


def may_move(starts_at: datetime, now: datetime, latest_change_hours: int) -> bool:
    """The citizen may choose another time herself until so many hours before; after that she calls."""
    return now <= starts_at - timedelta(hours=latest_change_hours)


def may_cancel(starts_at: datetime, now: datetime) -> bool:
    """She can always say that she cannot come, until the meeting begins."""
    return now < starts_at


def last_day(
    today: date,
    *,
    horizon_weeks: int,
    deadline_on: date | None,
    grace_days: int,
    stands_on: date | None = None,
) -> date:
    """The last day on which such a meeting may be: so many weeks ahead, and no later than the
    invitation's last day plus the grace. A last day that has passed counts as today, so that she
    may still book; a meeting that is moved may keep the day on which it stands.
    """
    furthest = today + timedelta(weeks=horizon_weeks)
    if deadline_on is not None:
        furthest = min(furthest, max(deadline_on, today) + timedelta(days=grace_days))
    return max(furthest, stands_on) if stands_on else furthest


# --- from wall clock to instants
# ------------------------------------------------------------------------------


def instant(day: date, minute: int) -> datetime:
    """UTC of a Danish wall-clock minute; 1440 is midnight after. A time that the spring night skips
    is as if the clock had gone on.
    """
    day, minute = day + timedelta(days=minute // DAY_MINUTES), minute % DAY_MINUTES
    wall = datetime.combine(day, time(minute // 60, minute % 60), COPENHAGEN)
    return wall.astimezone(ZoneInfo("UTC"))


def is_open(window: Window, day: date) -> bool:
    """True when the window is in force on that Danish day."""
    return (
        window.weekday == day.weekday()
        and window.valid_from <= day
        and (window.valid_to is None or day <= window.valid_to)
    )


def days_between(first: datetime, last: datetime) -> Iterator[date]:
    """The Danish days that the two instants touch."""
    day, end = first.astimezone(COPENHAGEN).date(), last.astimezone(COPENHAGEN).date()
    while day <= end:
        yield day
        day += timedelta(days=1)


# --- free times
# ------------------------------------------------------------------------------


def overlaps(starts_at: datetime, ends_at: datetime, taken: Iterable[Busy]) -> bool:
    """True when the half-open time [starts_at, ends_at) meets one of those taken."""
    return any(starts_at < busy.ends_at and busy.starts_at < ends_at for busy in taken)


def _room_is_free(
    starts_at: datetime, ends_at: datetime, place: Place, taken: Iterable[Busy]
) -> bool:
    return (
        sum(starts_at < busy.ends_at and busy.starts_at < ends_at for busy in taken) < place.rooms
    )


def _is_free(slot: Slot, wish: Wish, diary: Diary) -> bool:
    before, after = timedelta(minutes=wish.before), timedelta(minutes=wish.after)
    if overlaps(slot.starts_at - before, slot.ends_at + after, diary.busy.get(slot.host_id, ())):
        return False
    if overlaps(slot.starts_at, slot.ends_at, diary.absent.get(slot.host_id, ())) or overlaps(
        slot.starts_at, slot.ends_at, diary.citizen_busy
    ):
        return False
    if slot.location is None:
        return True
    return _room_is_free(
        slot.starts_at,
        slot.ends_at,
        diary.places[slot.location],
        diary.room_busy.get(slot.location, ()),
    )


def _near(diary: Diary, host_id: UUID, first: datetime, last: datetime) -> Diary:
    """The diary with only what lies near one window: a long calendar is not walked through for
    every quarter of an hour.
    """

    def near(taken: Iterable[Busy]) -> tuple[Busy, ...]:
        return tuple(busy for busy in taken if busy.starts_at < last and first < busy.ends_at)

    return replace(
        diary,
        busy={host_id: near(diary.busy.get(host_id, ()))},
        absent={host_id: near(diary.absent.get(host_id, ()))},
        citizen_busy=near(diary.citizen_busy),
        room_busy={code: near(taken) for code, taken in diary.room_busy.items()},
    )


def _place_of(window: Window, wish: Wish, places: dict[str, Place]) -> tuple[bool, str | None]:
    """(fits, location): phone and video need no place; office and library need one of that form."""
    if wish.form.value not in window.forms:
        return False, None
    if wish.form not in PLACES:
        return True, None
    place = places.get(window.location or "")
    return (True, place.code) if place is not None and place.form is wish.form else (False, None)


def _is_second_pass(starts_at: datetime) -> bool:
    """True in an hour that the autumn night has had once before: the same time would be offered
    twice.
    """
    return starts_at.astimezone(COPENHAGEN).fold == 1


def _slots_in(window: Window, day: date, wish: Wish, diary: Diary) -> Iterator[Slot]:
    """All free starts of the grid in one window on one day; the meeting itself lies inside the
    window.
    """
    fits, location = _place_of(window, wish, diary.places)
    if not fits or (day, location) in diary.closed_places:
        return
    starts_at, end = instant(day, window.starts_minute), instant(day, window.ends_minute)
    diary = _near(diary, window.user_id, starts_at - timedelta(hours=2), end + timedelta(hours=2))
    while starts_at + timedelta(minutes=wish.minutes) <= end:
        slot = Slot(
            starts_at,
            starts_at + timedelta(minutes=wish.minutes),
            window.user_id,
            wish.form,
            location,
        )
        if (
            wish.earliest_at <= starts_at <= wish.latest_at
            and not _is_second_pass(starts_at)
            and _is_free(slot, wish, diary)
        ):
            yield slot
        starts_at += timedelta(minutes=GRID_MINUTES)


def all_slots(wish: Wish, diary: Diary) -> list[Slot]:
    """Every start that could be booked, by time and then in the order of the hosts; starts overlap
    each other.
    """
    rank = {host: number for number, host in enumerate(diary.hosts)}
    found = {
        (slot.starts_at, slot.host_id): slot
        for day in days_between(wish.earliest_at, wish.latest_at)
        if day not in diary.closed
        for window in diary.windows
        if window.user_id in rank and is_open(window, day)
        for slot in _slots_in(window, day, wish, diary)
    }
    return sorted(found.values(), key=lambda slot: (slot.starts_at, rank[slot.host_id]))


def free_slots(wish: Wish, diary: Diary) -> list[Slot]:
    """The times to offer: packed one after the other per caseworker, so that taking one leaves the
    next ones whole; one per start.
    """
    free_from: dict[UUID, datetime] = {}
    offered: dict[datetime, Slot] = {}
    gap = timedelta(minutes=wish.before + wish.after)
    for slot in all_slots(wish, diary):
        if slot.host_id in free_from and slot.starts_at < free_from[slot.host_id]:
            continue
        free_from[slot.host_id] = slot.ends_at + gap
        offered.setdefault(slot.starts_at, slot)
    return [offered[start] for start in sorted(offered)]


def by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    """The slots under their Danish days, in order."""
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(slot.starts_at.astimezone(COPENHAGEN).date(), []).append(slot)
    return days


def parts_of_week(
    monday: date, meetings: Iterable[MeetingLine], closed: dict[date, str], today: date
) -> list[DayPart]:
    """The week as a list: each day with meetings, closed days with their label, and runs of empty
    working days; today stands alone.
    """
    by_day: dict[date, list[MeetingLine]] = {}
    for meeting in meetings:
        by_day.setdefault(meeting.starts_at.astimezone(COPENHAGEN).date(), []).append(meeting)
    parts: list[DayPart] = []
    for day in (monday + timedelta(days=number) for number in range(7)):
        found, why = tuple(by_day.get(day, ())), closed.get(day, "")
        if not found and day.weekday() > FRIDAY:
            continue
        is_plain = not (found or why or day == today)
        if (
            is_plain
            and parts
            and parts[-1] == DayPart(parts[-1].first, day - timedelta(days=1))
            and parts[-1].last != today
        ):
            parts[-1] = replace(parts[-1], last=day)
        else:
            parts.append(DayPart(day, day, found, why))
    return parts


# --- cells, the guard in the database
# ------------------------------------------------------------------------------


def cells(starts_at: datetime, ends_at: datetime) -> range:
    """The five-minute cells that a time touches."""
    return range(
        int(starts_at.timestamp()) // CELL_SECONDS, -(-int(ends_at.timestamp()) // CELL_SECONDS)
    )


def first_cell_of_today(now: datetime) -> int:
    """Cells before this one guard nothing any more."""
    return int(now.timestamp()) // CELL_SECONDS


# --- reminders
# ------------------------------------------------------------------------------

REMIND_BEFORE = (timedelta(days=2), timedelta(hours=3))
LEAST_GAP = timedelta(hours=4)


def in_waking_hours(moment: datetime, quiet_hours: tuple[int, int]) -> datetime:
    """The moment itself, or two hours before the quiet time that holds it: a reminder may come
    early, never at night.
    """
    if not is_quiet(moment, quiet_hours, COPENHAGEN):
        return moment
    return evening_before(moment, quiet_hours, COPENHAGEN)


def reminders(starts_at: datetime, now: datetime, quiet_hours: tuple[int, int]) -> list[datetime]:
    """When to remind: two days and three hours before, outside the municipality's quiet hours, not
    within four hours of booking or of each other.
    """
    times: list[datetime] = []
    for before in REMIND_BEFORE:
        moment = in_waking_hours(starts_at - before, quiet_hours)
        if moment - now >= LEAST_GAP and all(moment - earlier >= LEAST_GAP for earlier in times):
            times.append(moment)
    return times


# --- the survey after a meeting
# ------------------------------------------------------------------------------


def survey_is_open(state: bool | None, ends_at: datetime, now: datetime, open_days: int) -> bool:
    """True while she may still say how the meeting was."""
    return bool(state) and ends_at <= now < ends_at + timedelta(days=open_days)


def months_before(day: date, number: int) -> list[str]:
    """The last `number` months that are over on that day, the oldest first: ['2026-08', '2026-09',
    '2026-10'] in November.
    """
    ordinal = day.year * 12 + day.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(ordinal - number, ordinal)]


def quarter_before(day: date) -> tuple[str, list[str]]:
    """The last quarter that is over, and its months: ('2026-Q3', ['2026-07', '2026-08', '2026-09'])
    in November 2026.
    """
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    months = months_before(first, 3)
    return f"{months[0][:4]}-Q{int(months[2][5:]) // 3}", months

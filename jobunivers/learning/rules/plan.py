"""Weeks: what fits into the pace that somebody has chosen, and the dates of a ready-made course. No
deadlines: a week that did not fit is gone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jobunivers.shared.calendar_rules import a_year_after

WEEK = timedelta(days=7)
LATEST_TO_BEGIN_AT_ONCE = 2  # Wednesday: from Thursday on the coming Monday is proposed


def monday_of(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def week_span(monday: date) -> tuple[date, date]:
    """(Monday, Sunday)."""
    return monday, monday + timedelta(days=6)


# --- a pace of one's own
# ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A lesson on the course with its minutes, and the day on which it was done."""

    lesson: str
    minutes: int
    done_on: date | None = None


@dataclass(frozen=True)
class Week:
    """This week at somebody's pace. `weeks_left` counts this week while something of it is open;
    `last_week` is the Monday of the last one.
    """

    done: tuple[str, ...]
    open: tuple[str, ...]
    weeks_left: int
    last_week: date


def this_week(pieces: Sequence[Piece], *, minutes: int, today: date) -> Week:
    """What was done this week, and the next lessons that still fit into `minutes`; at least one as
    long as nothing was done.
    """
    monday = monday_of(today)
    done = [piece for piece in pieces if piece.done_on and monday_of(piece.done_on) == monday]
    ahead = [piece for piece in pieces if piece.done_on is None]
    now = _that_fit(
        ahead, minutes - sum(piece.minutes for piece in done), at_least=0 if done else 1
    )
    weeks, later = (1 if now else 0), ahead[len(now) :]
    while later:
        later = later[len(_that_fit(later, minutes, at_least=1)) :]
        weeks += 1
    last = monday + WEEK * (weeks - 1 if now else weeks)
    return Week(
        tuple(piece.lesson for piece in done), tuple(piece.lesson for piece in now), weeks, last
    )


def _that_fit(pieces: Sequence[Piece], minutes: int, *, at_least: int) -> list[Piece]:
    taken: list[Piece] = []
    for piece in pieces:
        minutes -= piece.minutes
        if minutes < 0 and len(taken) >= at_least:
            break
        taken.append(piece)
    return taken


# --- a ready-made course with dates
# ------------------------------------------------------------------------------


def usual_start(today: date) -> date:
    """This Monday at the beginning of a week, else the coming one."""
    monday = monday_of(today)
    return monday if today.weekday() <= LATEST_TO_BEGIN_AT_ONCE else monday + WEEK


def may_start_on(day: date, today: date) -> bool:
    """Within a year from today, either way: further off is a slip of the finger."""
    return day <= a_year_after(today) and today <= a_year_after(day)


def number_of_week(starts_on: date, today: date) -> int:
    """1 in the first week of the course; 0 or less before it, more than it has weeks after it."""
    return (monday_of(today) - monday_of(starts_on)).days // 7 + 1


def first_open(units: Sequence[Sequence[str]], done: Collection[str]) -> int | None:
    """The first week (from 1) with a lesson that is not done; None when all are done."""
    return next(
        (
            number
            for number, lessons in enumerate(units, start=1)
            if any(lesson not in done for lesson in lessons)
        ),
        None,
    )


def shown_week(
    units: Sequence[Sequence[str]], *, starts_on: date, today: date, done: Collection[str]
) -> int:
    """The week that lies open: the one by date; before the start the first; after the end what is
    still open, else the last.
    """
    number = number_of_week(starts_on, today)
    if number > len(units):
        return first_open(units, done) or len(units)
    return max(number, 1)


def start_that_makes(week: int, today: date) -> date:
    """The start that puts this week of the course (from 1) into the week of today."""
    return monday_of(today) - WEEK * (week - 1)

"""What a simulated year is made of, and what came of it."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from statistics import median
from uuid import UUID

from flask import Flask

from jobunivers.shared import clock


@dataclass
class Person:
    """A citizen of the simulation."""

    eagerness: float  # how soon she books after an invitation, as a chance a day
    came_on: date  # the first day of this spell with us
    weeks_out: int = 0  # weeks already out of work when she came
    met_on: date | None = None  # the first meeting held in this spell
    found_work_on: date | None = None


@dataclass
class Year:
    """The people of the simulation, and what came of it."""

    app: Flask
    chance: random.Random
    coordinator: UUID | None = None
    team: UUID | None = None
    staff: list[UUID] = field(default_factory=list)
    away_until: dict[UUID, datetime] = field(default_factory=dict)
    people: dict[UUID, Person] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    waits: dict[str, list[int]] = field(default_factory=dict)  # what -> days, one for each time
    # citizen -> the first of the mornings in a row on which only a late task stood for her; the
    # coordinator sees her then, and sees to it that the task is done that day
    late: dict[UUID, date] = field(default_factory=dict)
    without: dict[UUID, date] = field(default_factory=dict)  # citizen -> first morning without any

    def happens(self, chance: float) -> bool:
        """Whether something of that chance happens this time."""
        return self.chance.random() < chance

    def waited(self, what: str, days: int) -> None:
        """Somebody waited so long."""
        self.waits.setdefault(what, []).append(days)


@dataclass(frozen=True)
class Wait:
    """How long people waited: days."""

    what: str
    times: int
    middle: float
    ninetieth: int  # nine of ten waited no longer
    longest: int


def waits_of(year: Year) -> Sequence[Wait]:
    """The waiting times of the year."""
    return [
        Wait(what, len(days), median(days), sorted(days)[int(len(days) * 0.9)], max(days))
        for what, days in sorted(year.waits.items())
    ]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """It is that time in Denmark from now on."""
    clock.start_at(datetime.combine(day, time(hour, minute), clock.COPENHAGEN))
    return clock.now()


def days_later(day: date, days: int) -> datetime:
    """The beginning of that day."""
    return clock.start_of(day + timedelta(days=days))

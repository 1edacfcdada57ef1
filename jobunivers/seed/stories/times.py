"""When each story's meetings are, at whatever hour the demonstration begins. Pure.

Every time comes from what is free: inside the opening hours of a working day, and never over another
meeting of the same caseworker or the same citizen. So the same stories can be told at 08:10 on a
Tuesday, on New Year's Eve and in the night on which the clock changes.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from jobunivers.booking import rules
from jobunivers.booking.types import Form
from jobunivers.contact.rules import next_working_day, working_days_after
from jobunivers.seed.people import OPEN_HOURS
from jobunivers.shared import clock
from jobunivers.shared.profile import Profile

NINE, TEN, ONE, TWO = 9 * 60, 10 * 60, 13 * 60, 14 * 60
IN_A_MOMENT = timedelta(minutes=25)
THURSDAY = 3
LIBRARY_FROM = 12 * 60 + 30  # the opening windows of people.py
WEEKS_TO_SEARCH = 8


@dataclass(frozen=True)
class Planned:
    """One meeting of a story: what, by whom, from when to when, and when it was agreed. Its
    caseworker is taken from a little before until a little after.
    """

    who: str
    staff: str
    kind: str
    form: Form
    starts_at: datetime
    ends_at: datetime
    taken_from: datetime
    taken_until: datetime
    told_at: datetime
    interpreter: str | None = None


@dataclass
class Times:
    """The calendar that the stories share: which days are worked, and what is taken already."""

    now: datetime
    closed: Collection[date]
    profile: Profile
    planned: list[Planned] = field(default_factory=list)

    @property
    def today(self) -> date:
        return clock.danish_day(self.now)

    def is_worked(self, day: date) -> bool:
        """True when the office is open on that day."""
        return next_working_day(day, self.closed) == day

    def working_day(self, ahead: int) -> date:
        """The day so many working days ahead (0: today, or the next working day)."""
        return working_days_after(self.today - timedelta(days=1), ahead + 1, self.closed)

    def worked_on(self, days: int) -> date:
        """The working day in so many days, or the next one."""
        return next_working_day(self.today + timedelta(days=days), self.closed)

    def worked_before(self, day: date, count: int = 1) -> date:
        """The `count`-th working day before `day`."""
        while count:
            day -= timedelta(days=1)
            count -= self.is_worked(day)
        return day

    def at_work(self, count: int, minute: int = TWO) -> datetime:
        """A moment at the office so many working days before today."""
        return rules.instant(self.worked_before(self.today, count), minute)

    def past_day(self, days_ago: int) -> date:
        """The last working day that is at least so many days ago."""
        return self.worked_before(self.today - timedelta(days=days_ago - 1))

    def library_day(self) -> date:
        """A Thursday on which the library is staffed, in some days."""
        days = (self.working_day(4) + timedelta(days=number) for number in range(7 * 6))
        return next(day for day in days if day.weekday() == THURSDAY and self.is_worked(day))

    def of(self, *people: str) -> list[Planned]:
        """Their meetings, the earliest first."""
        return sorted(
            (meeting for meeting in self.planned if meeting.who in people),
            key=lambda meeting: meeting.starts_at,
        )

    def plan(
        self,
        who: str,
        earliest: datetime,
        *,
        kind: str = "follow-up",
        form: Form = Form.PHONE,
        interpreter: str | None = None,
        staff: str = "caseworker",
    ) -> Planned:
        """The first free time from `earliest` on, agreed a working week before it or the last time
        that somebody was at work.
        """
        what = self.profile.kind(kind)
        length = timedelta(minutes=rules.minutes_of(what, interpreter=bool(interpreter)))
        before, after = timedelta(minutes=what.before), timedelta(minutes=what.after)
        starts_at = next(
            start
            for start in self._starts(earliest, length)
            if self._is_free(who, staff, start - before, start + length + after)
        )
        told = rules.instant(self.worked_before(clock.danish_day(starts_at), 5), TWO)
        meeting = Planned(
            who,
            staff,
            kind,
            form,
            starts_at,
            starts_at + length,
            taken_from=starts_at - before,
            taken_until=starts_at + length + after,
            told_at=min(told, self.at_work(1)),
            interpreter=interpreter,
        )
        self.planned.append(meeting)
        return meeting

    def _starts(self, earliest: datetime, length: timedelta) -> Iterator[datetime]:
        """Every quarter of an hour inside the opening hours, from `earliest` on."""
        first = clock.danish_day(earliest)
        for day in (first + timedelta(days=number) for number in range(7 * WEEKS_TO_SEARCH)):
            if not self.is_worked(day):
                continue
            for opens, closes in OPEN_HOURS:
                for minute in range(opens, closes, rules.GRID_MINUTES):
                    start = rules.instant(day, minute)
                    if start >= earliest and start + length <= rules.instant(day, closes):
                        yield start

    def _is_free(self, who: str, staff: str, begins: datetime, ends: datetime) -> bool:
        """Neither of the two meets anybody else then."""
        return not any(
            begins < other.taken_until and other.taken_from < ends
            for other in self.planned
            if staff == other.staff or who == other.who
        )


def times_of(now: datetime, closed: Collection[date], profile: Profile) -> Times:
    """The whole plan. Fixed times come first, so that what is sought finds what is left."""
    times = Times(now, closed, profile)

    def past(who: str, days_ago: int, kind: str = "follow-up", form: Form = Form.PHONE) -> None:
        times.plan(who, rules.instant(times.past_day(days_ago), TEN), kind=kind, form=form)

    past("citizen-quiet", 100, "first-meeting")
    past("citizen-da", 50, "first-meeting", Form.OFFICE)
    past("citizen-quiet", 36)
    past("citizen-da", 3)
    next_day = times.working_day(0)
    times.plan("amira", rules.instant(next_day, NINE))
    in_office = Form.PHONE if next_day.weekday() == THURSDAY else Form.OFFICE
    times.plan("jonas", rules.instant(next_day, ONE), form=in_office)
    times.plan("yusuf", now + IN_A_MOMENT, form=Form.VIDEO)
    times.plan(
        "citizen-uk",
        rules.instant(times.working_day(3), TEN),
        kind="first-meeting",
        form=Form.OFFICE,
        interpreter="uk",
    )
    times.plan(
        "citizen-paper",
        rules.instant(times.library_day(), LIBRARY_FROM),
        kind="first-meeting",
        form=Form.LIBRARY,
    )
    return times

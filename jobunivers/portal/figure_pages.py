"""Public numbers. Only what is counted; nothing about effects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from jobunivers.booking import queries as booking
from jobunivers.booking import rules
from jobunivers.caseload import queries as caseload
from jobunivers.labour_market.words import quarter_name
from jobunivers.learning import catalogue
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.small_numbers import suppressed


@dataclass(frozen=True)
class Figure:
    """One number in words."""

    label: str
    value: str


def in_words(number: int) -> str:
    """The number, or that there are too few to say: nobody can be recognised in a small cell."""
    least = current_profile().survey.shown_from
    return _("fewer than %(number)s", number=least) if number < least else str(number)


def all_in_words(counts: Mapping[str, int]) -> dict[str, str]:
    """The same for counts that stand together, maybe with their total: those that would give a small
    one away are not shown either.
    """
    least = current_profile().survey.shown_from
    return {
        code: in_words(counts[code])
        if counts[code] < least
        else _("not shown")
        if shown is None
        else str(shown)
        for code, shown in suppressed(counts, least).items()
    }


def count_all(now: datetime) -> list[Figure]:
    """What the site holds, and what was so when the last quarter ended: quarters do not overlap, so
    that the difference of two days' figures is nobody's.
    """
    modules = catalogue.modules()
    quarter, first, after = closed_quarter(now)
    held = booking.count_held(since=rules.instant(first, 0), until=rules.instant(after, 0))
    return [
        Figure(_("Modules anybody can read"), str(len(modules))),
        Figure(_("Lessons in them"), str(sum(len(module.lessons) for module in modules))),
        Figure(
            _("People out of work whom we followed when it ended: %(quarter)s", quarter=quarter),
            in_words(caseload.count_out_of_work_before(after)),
        ),
        Figure(_("Meetings held: %(quarter)s", quarter=quarter), in_words(held)),
    ]


def closed_quarter(now: datetime) -> tuple[str, date, date]:
    """The last quarter that is over: in words, its first day, the first day after it."""
    quarter, months = rules.quarter_before(clock.danish_day(now))
    first, last = (date.fromisoformat(f"{month}-01") for month in (months[0], months[-1]))
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return quarter_name(quarter), first, after

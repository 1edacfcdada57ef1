"""Public numbers. Only what is counted; nothing about effects."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _

from jobunivers.booking import queries as booking
from jobunivers.caseload import queries as caseload
from jobunivers.learning import catalogue

SMALLEST_SHOWN = 5
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Figure:
    """One number in words."""

    label: str
    value: str


def in_words(number: int) -> str:
    """The number, or that there are too few to say: nobody can be recognised in a small cell."""
    return (
        _("fewer than %(number)s", number=SMALLEST_SHOWN)
        if number < SMALLEST_SHOWN
        else str(number)
    )


def count_all(now: datetime) -> list[Figure]:
    """Counted now."""
    modules = catalogue.modules()
    held = booking.count_held(since=now - YEAR)
    return [
        Figure(_("Modules anybody can read"), str(len(modules))),
        Figure(_("Lessons in them"), str(sum(len(module.lessons) for module in modules))),
        Figure(_("People out of work whom we follow"), in_words(caseload.count_open_spells())),
        Figure(_("Meetings held in the last twelve months"), in_words(held)),
    ]

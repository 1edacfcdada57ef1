"""Public numbers. Only what is counted; nothing about effects."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from jobunivers.caseload import queries as caseload

SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class Figure:
    """One number in words."""

    label: str
    value: str


def in_words(number: int) -> str:
    """The number, or that there are too few to say: nobody can be recognised in a small cell."""
    return _("fewer than %(number)s", number=SMALLEST_SHOWN) if number < SMALLEST_SHOWN else str(number)


def count_all(now: datetime) -> list[Figure]:
    """Counted now."""
    return [Figure(_("People out of work whom we follow"), in_words(caseload.count_open_spells()))]

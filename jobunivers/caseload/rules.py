"""Rules about people and their time out of work; pure."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from jobunivers.caseload.types import PICKED_PURPOSES, Purpose, TeamChoice
from jobunivers.shared.text import PLAIN_LETTERS

CPR_DIGITS = 10
REPLACEMENT_DAY = 60  # erstatningspersonnummer: 60 is added to the day of birth
DANISH_ORDER = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
)  # the three characters after z
NAME_PARTS = re.compile(r"[^\w{|}]+")


class HasDates(Protocol):
    """A spell, as rules see it."""

    @property
    def started_on(self) -> date: ...

    @property
    def ended_on(self) -> date | None: ...


def weeks_out_of_work(spell: HasDates, today: date) -> int:
    """Full weeks from the first day out of work to today, or to the last day of a spell that has
    ended; never negative.
    """
    return max(0, ((spell.ended_on or today) - spell.started_on).days // 7)


def plain_cpr(text: str) -> str:
    """The digits of a CPR number as people write it ("010190-1234", "010190 1234")."""
    return re.sub(r"[\s.–-]", "", text)


def is_plausible_cpr(text: str) -> bool:
    """Ten digits that begin with a date, also a replacement number with 60 added to the day.

    The modulus-11 check is left out on purpose: numbers without it have been issued since 1 October
    2007 (cpr.dk).
    """
    digits = plain_cpr(text)
    if len(digits) != CPR_DIGITS or not (digits.isascii() and digits.isdigit()):
        return False
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= REPLACEMENT_DAY if day > REPLACEMENT_DAY else 0
    try:
        date(_century(int(digits[6]), year) + year, month, day)
    except ValueError:
        return False
    return True


def _century(seventh: int, year: int) -> int:
    """Century of birth by the seventh digit and the year (cpr.dk, "Opbygning af CPR-nummeret")."""
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800


def masked_cpr(text: str) -> str:
    """How a CPR number is shown: birthday visible, the last four hidden."""
    return f"{plain_cpr(text)[:6]}-••••"


def name_key(name: str) -> str:
    """A name for searching and ordering: small letters, accents off, æ ø å after z as in Danish.

    Łukasz is found as lukasz, Лук’яненко with every kind of apostrophe or none.
    """
    folded = unicodedata.normalize("NFC", name).casefold().translate(DANISH_ORDER)
    folded = folded.translate(PLAIN_LETTERS)
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", folded)
        if not unicodedata.combining(c) or c == "\u0306"
    )
    return NAME_PARTS.sub(" ", unicodedata.normalize("NFC", bare)).strip()


def choose_team(target_group: str, teams: Iterable[TeamChoice]) -> UUID | None:
    """The first team (in the order given) that takes new citizens of this group, else the first one
    without groups, else None.
    """
    teams = list(teams)
    takes = [team.id for team in teams if target_group in team.target_groups]
    open_to_all = [team.id for team in teams if not team.target_groups]
    return next(iter(takes + open_to_all), None)


def least_loaded(loads: Mapping[UUID, int]) -> UUID | None:
    """Who has the fewest citizens; the first in the order given when several have."""
    return min(loads, key=lambda user_id: loads[user_id]) if loads else None


def purpose_of_look(*, is_own: bool, picked: str | None) -> Purpose | None:
    """Why this record is opened: the own caseload needs no choice, a colleague's citizen does.
    None: ask first.
    """
    if is_own:
        return Purpose.OWN_CASELOAD
    return next((purpose for purpose in PICKED_PURPOSES if purpose.value == picked), None)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, the month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""What a Danish CV should be: months as people type them, and checks that explain themselves. Pure."""

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from babel.dates import get_month_names

from jobunivers.cv.types import DATED, LANGUAGES, CvContent, Entry, Paper, Section
from jobunivers.shared.text import clean_figures

FIRST_YEAR, LAST_YEAR = 1930, 2100
NOW_WORDS = frozenset(
    (
        "nu",
        "nuværende",
        "i dag",
        "dd",
        "d.d",
        "dags dato",
        "til dato",
        "til nu",
        "now",
        "today",
        "present",
        "current",
        "ongoing",
        "to date",
        "till now",
        "зараз",
        "дотепер",
        "досі",
        "сьогодні",
        "наразі",
        "триває",
        "по теперішній час",
        "до сьогодні",
        "-",
    )
)
TIME_OF_DAY = re.compile(r"(?<=\d)t\d{2}:.*$")  # of '2014-05-31t22:00:00.000z'
Row = TypeVar("Row", bound=Any)

# --- months
# ------------------------------------------------------------------------------


@lru_cache
def _month_names() -> tuple[tuple[str, int], ...]:
    found = {}
    for code in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, code).items():
                    found[name.lower().rstrip(".")] = number
    return tuple(found.items())


def _month_number(word: str) -> int | None:
    """1-12 for a figure, or for a name or its first three letters in a language of the site."""
    if word.isdecimal():
        return int(word) if 1 <= int(word) <= 12 else None
    word = word.lower().rstrip(".")
    exact = [number for name, number in _month_names() if name == word]
    alike = {number for name, number in _month_names() if len(word) >= 3 and name.startswith(word)}
    return exact[0] if exact else (alike.pop() if len(alike) == 1 else None)


def parse_month(text: str) -> str:
    """'2019', '03-2019', '2019/3', 'marts 2019', '1.3.2019' -> '2019' or '2019-03'; empty and words
    for now -> ''.

    Raises ValueError for anything else.
    """
    text = TIME_OF_DAY.sub("", clean_figures(text).lower())
    if not text or text.rstrip(".") in NOW_WORDS:
        return ""
    parts = [
        part
        for part in re.split(r"[\s./,–-]+", text)
        if part and part not in ("de", "den", "р", "року")
    ]
    years = [part for part in parts if re.fullmatch(r"\d{4}", part)]
    others = [part for part in parts if part not in years]
    if len(years) != 1 or not FIRST_YEAR <= int(years[0]) <= LAST_YEAR or len(others) > 2:
        raise ValueError(text)
    if not others:
        return years[0]
    month = _month_among(others, is_year_first=parts[0] == years[0])
    if month is None:
        raise ValueError(text)
    return f"{years[0]}-{month:02d}"


def _month_among(parts: Sequence[str], *, is_year_first: bool) -> int | None:
    """The month of what stands beside a year: a name before a figure ('June 30', '30. juni'), else
    the later of two in '1.3.2019', the earlier in '2019-03-01', and the only one that can be a
    month in '05/31/2014'.
    """
    named = [part for part in parts if not part.isdecimal()]
    if len(named) > 1 or any(int(part) > 31 for part in parts if part.isdecimal()):
        return None
    if named:
        return _month_number(named[0])
    ordered = parts if is_year_first else list(reversed(parts))
    first = _month_number(ordered[0])
    return first if first or is_year_first or len(ordered) < 2 else _month_number(ordered[1])


def language_of(text: str, words: Mapping[str, Collection[str]]) -> str:
    """The language whose small words stand most often in a text; "" when none is clear: at least
    three of them, and twice as many as of any other.
    """
    said = re.findall(r"[^\W\d_]+", text.casefold())
    counts = sorted(
        ((sum(word in known for word in said), code) for code, known in words.items()),
        reverse=True,
    )
    most, others = counts[0], counts[1][0] if len(counts) > 1 else 0
    return most[1] if most[0] >= 3 and most[0] >= 2 * others else ""


def shown_month(month: str) -> str:
    """'2019-03' -> '03-2019', as Danes type it."""
    year, _dash, number = month.partition("-")
    return f"{number}-{year}" if number else year


def is_before(ended: str, started: str) -> bool:
    """True when an end lies before its start; a bare year may be any month of it."""
    size = min(len(ended), len(started))
    return bool(ended and started) and ended[:size] < started[:size]


def _index(month: str, *, last: bool = False) -> int:
    """Months since year 0; a bare year counts as January, or as December when `last`."""
    year, _dash, number = month.partition("-")
    return int(year) * 12 + (int(number) if number else (12 if last else 1)) - 1


# --- order
# ------------------------------------------------------------------------------


def age_key(entry: Row) -> tuple[int, int]:
    """Sorts newest first: what goes on, then what ended last, then what began last. Entries without
    dates stay at the end.
    """
    if not (entry.started or entry.ended):
        return (1, 0)
    ended = _index(entry.ended, last=True) if entry.ended else 10**6
    return (-ended, -_index(entry.started or entry.ended))


def newest_first(entries: Iterable[Row]) -> list[Row]:
    """The entries as an employer wants to read them; equal ones keep their order."""
    return sorted(entries, key=age_key)


# --- lines that exercises write
# ------------------------------------------------------------------------------


def lines_of_section(entries: Iterable[Row]) -> list[str]:
    """The title line of each entry that has one."""
    return [entry.title for entry in entries if entry.title]


def merge_lines(entries: Sequence[Row], lines: Sequence[str]) -> list[Row | str]:
    """For each line the entry that has it already (with its place and dates), else the line itself.
    Each entry is used once.
    """
    left = list(entries)
    merged: list[Row | str] = []
    for line in lines:
        match = next((entry for entry in left if entry.title == line), None)
        if match is not None:
            left.remove(match)
        merged.append(match if match is not None else line)
    return merged


# --- checks
# ------------------------------------------------------------------------------

LETTERS_A_LINE = 95  # of the profile text in the PDF
PROFILE_LINES = 7
NEWEST_POINTS = 6
GAP_MONTHS = 6
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")


@dataclass(frozen=True)
class Check:
    """One norm and whether the CV follows it; `found` fills the sentence that explains (see
    check_words.py).
    """

    code: str
    ok: bool
    found: dict[str, Any] = field(default_factory=dict)


def profile_lines(text: str) -> int:
    """Lines that the profile text takes on paper."""
    return sum(
        max(1, math.ceil(len(part) / LETTERS_A_LINE)) for part in text.splitlines() if part.strip()
    )


def longest_gap(entries: Iterable[Entry], today: date) -> tuple[str, str] | None:
    """(from, to) of the longest stretch over six months between dated entries, or None. Neither the
    time before the first nor that until today counts.
    """
    spans = sorted(
        (
            _index(e.started or e.ended),
            _index(e.ended, last=True) if e.ended else today.year * 12 + today.month - 1,
        )
        for e in entries
        if e.started or e.ended
    )
    gaps, reach = [], None
    for begins, ends in spans:
        if reach is not None and begins - reach - 1 > GAP_MONTHS:
            gaps.append((begins - reach, reach + 1, begins - 1))
        reach = ends if reach is None else max(reach, ends)
    if not gaps:
        return None
    _length, first, last = max(gaps)
    return _as_month(first), _as_month(last)


def _as_month(index: int) -> str:
    return f"{index // 12}-{index % 12 + 1:02d}"


def _dated(cv: CvContent) -> list[Entry]:
    return [entry for section in DATED for entry in cv.entries(section)]


@dataclass(frozen=True)
class Case:
    """What the checks look at: the CV, its real paper, and today."""

    cv: CvContent
    paper: Paper
    today: date

    @property
    def texts(self) -> list[str]:
        """All that an employer reads but the contact."""
        entries = [e for section in self.cv.sections.values() for e in section]
        words = [text for e in entries for text in (e.title, e.place, *e.points)]
        return [text for text in (self.cv.profile, self.cv.title, *words) if text]


def _contact(case: Case) -> Check:
    cv = case.cv
    return Check("contact", bool(cv.name and cv.phone and cv.email))


def _title(case: Case) -> Check:
    return Check("title", bool(case.cv.title))


def _profile(case: Case) -> Check:
    """At most six to seven lines (peers' norms for Danish CVs)."""
    lines = profile_lines(case.cv.profile)
    return Check("profile", 0 < lines <= PROFILE_LINES, {"lines": lines})


def _order(case: Case) -> Check | None:
    parts = [case.cv.entries(section) for section in DATED]
    if all(len(entries) < 2 for entries in parts):
        return None
    return Check("order", all(list(entries) == newest_first(entries) for entries in parts))


def _dates(case: Case) -> Check | None:
    jobs = case.cv.entries(Section.EXPERIENCE)
    bare = [entry for entry in jobs if not (entry.started or entry.ended)]
    return Check("dates", not bare, {"title": bare[0].title if bare else ""}) if jobs else None


def _gap(case: Case) -> Check | None:
    dated = _dated(case.cv)
    gap = longest_gap(dated, case.today)
    if gap is None:
        return Check("gap", True) if len(dated) > 1 else None
    return Check("gap", False, {"begins": gap[0], "ends": gap[1]})


def _points(case: Case) -> Check | None:
    jobs = newest_first(case.cv.entries(Section.EXPERIENCE))
    if not jobs:
        return None
    count = len(jobs[0].points)
    return Check("points", 0 < count <= NEWEST_POINTS, {"count": count})


def _languages(case: Case) -> Check:
    return Check("languages", bool(case.cv.entries(Section.LANGUAGES)))


def _length(case: Case) -> Check | None:
    """One to two pages; the full CV behind it may be of any length."""
    pages = case.paper.pages
    return Check("length", pages <= 2, {"pages": pages}) if case.texts else None


def _private(case: Case) -> Check | None:
    texts = case.texts
    return Check("private", not any(CPR.search(text) for text in texts)) if texts else None


def _signs(case: Case) -> Check | None:
    """Only when something is wrong: that letters can be printed is no merit of hers."""
    left_out = case.paper.left_out
    return Check("signs", False, {"signs": left_out}) if left_out else None


CHECKS: tuple[Callable[[Case], Check | None], ...] = (
    _private,
    _contact,
    _title,
    _profile,
    _order,
    _dates,
    _points,
    _gap,
    _languages,
    _length,
    _signs,
)


def check(cv: CvContent, paper: Paper, today: date) -> list[Check]:
    """The norms that can be said of this CV, the most important first; nothing that is empty is
    praised. Nothing is added up: there is no score.
    """
    case = Case(cv, paper, today)
    return [found for rule in CHECKS if (found := rule(case)) is not None]

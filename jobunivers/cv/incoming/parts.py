"""Pieces that every reader of files uses: texts, months and lines of any shape become what a CV can
hold. Nothing is trusted, nothing raises.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jobunivers.cv import rules
from jobunivers.cv.types import DATED, LANGUAGES, CvContent, Entry, Section
from jobunivers.shared.editing import MOST_LINES, lines_of
from jobunivers.shared.forms import LINE, LONG, SHORT, clean

MOST_ENTRIES = 60  # of a section


class Unreadable(Exception):
    """The file cannot be read; `code` says why (see wording in import_views)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text(value: Any, most: int = LINE) -> str:
    """One line of text from anything: numbers as figures, no control signs, cut to what the field
    holds.
    """
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return " ".join((clean(str(value)) or "").split())[:most].rstrip()


def long_text(value: Any) -> str:
    """Several lines of text."""
    return ((clean(value) or "") if isinstance(value, str) else "")[:LONG].rstrip()


def items(value: Any) -> list[Any]:
    """A list, or nothing when it is none."""
    return value[: MOST_ENTRIES * 2] if isinstance(value, list) else []


def points(*values: Any) -> tuple[str, ...]:
    """Lines from texts or lists of them; a line that is too long goes on in the next."""
    lines = [
        line
        for value in values
        for one in (value if isinstance(value, list) else [value])
        for line in lines_of(long_text(one))
    ]
    return tuple(piece for line in lines for piece in textwrap.wrap(line, LINE))[:MOST_LINES]


def month(value: Any) -> str:
    """'2019-03-01' or what people type as 'YYYY-MM' or 'YYYY'; '' when it is none."""
    try:
        return rules.parse_month(text(value))
    except ValueError:
        return ""


def joined(*values: Any, by: str = ", ") -> str:
    """The texts that are there, on one line."""
    return by.join(dict.fromkeys(part for part in (text(value) for value in values) if part))[:LINE]


def entry(
    title: str, place: str = "", started: str = "", ended: str = "", said: tuple[str, ...] = ()
) -> Entry:
    """A job or an education; an end before its start is no end that one can believe, so only the
    start stays.
    """
    return Entry(title, place, started, started if rules.is_before(ended, started) else ended, said)


def lines(found: Iterable[str]) -> tuple[Entry, ...]:
    """Lines of a section without dates."""
    return tuple(Entry(line) for line in found)


def tidy(cv: CvContent) -> CvContent:
    """The content as a CV holds it: nothing empty, nothing twice, nothing too much; language is ''
    when the file does not say one of ours. Raises Unreadable when nothing is left.
    """
    sections = {section: _kept(section, cv.entries(section)) for section in Section}
    head = {
        name: text(getattr(cv, name), SHORT)
        for name in ("name", "title", "email", "phone", "place")
    }
    language = cv.language if cv.language in LANGUAGES else ""
    tidied = replace(
        cv, **head, profile=long_text(cv.profile), language=language, sections=sections
    )
    if not any((*head.values(), tidied.profile, *sections.values())):
        raise Unreadable("empty")
    return tidied


def _kept(section: Section, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    worth = [
        one
        for one in dict.fromkeys(entries)
        if one.title or (section in DATED and (one.place or one.points))
    ]
    return tuple(worth[:MOST_ENTRIES])

"""Pieces that every reader of files uses: texts, months and lines of any shape become what a CV can
hold. Nothing is trusted, nothing raises.
"""

import html
import re
import textwrap
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from jobunivers.cv import rules
from jobunivers.cv.types import DATED, LANGUAGES, CvContent, Entry, Section
from jobunivers.shared.text import LINE, LONG, MOST_LINES, SHORT, clean_text, lines_of

MOST_ENTRIES = 60  # of a section
# A text is HTML when something in it is closed, or broken: "a <b" is not.
TAG = re.compile(r"</(?:p|div|span|li|ul|ol|h[1-6]|b|i|u|em|strong|a)\s*>|<br\s*/?>", re.IGNORECASE)
ENDLESS = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
BLOCK = re.compile(r"</?(?:p|div|li|br|ul|ol|h[1-6]|tr)\b[^<>]*>", re.IGNORECASE)
MARK = re.compile(r"<[^<>]*>")


class Unreadable(Exception):
    """The file cannot be read; `code` says why (see wording in import_views)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def text(value: Any, most: int = LONG) -> str:
    """One line of text from anything: numbers as figures, no marks of HTML, no control signs."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    return " ".join(long_text(str(value)).split())[:most].rstrip()


def long_text(value: Any) -> str:
    """Several lines of text, as plain text also where it came as HTML."""
    if not isinstance(value, str):
        return ""
    lines = plain_lines(value) if TAG.search(value) else clean_text(value).splitlines()
    return "\n".join(lines)[:LONG].rstrip()


def plain_lines(text_in_html: str) -> list[str]:
    """The lines of a text in HTML, without marks. Patterns that read each sign once: no text makes
    them slow.
    """
    words = MARK.sub("", BLOCK.sub("\n", text_in_html))
    words = clean_text(html.unescape(ENDLESS.sub("", words)))
    return [line for line in (" ".join(one.split()) for one in words.splitlines()) if line]


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


def year(value: Any) -> str:
    """The year of a date, or what stands there when it is none that we can read."""
    try:
        return rules.parse_month(text(value))[:4]
    except ValueError:
        return text(value)


def joined(*values: Any, by: str = ", ") -> str:
    """The texts that are there, on one line."""
    return by.join(dict.fromkeys(part for part in (text(value) for value in values) if part))


def entry(
    title: str, place: str = "", started: Any = "", ended: Any = "", said: tuple[str, ...] = ()
) -> Entry:
    """A job or an education, with dates as they stand in the file.

    An end that cannot be read, or that lies before the start, is not "now": only the start stays,
    and what stood there is kept in `unread`, to ask about.
    """
    begin, odd_start = _month(started)
    end, odd_end = _month(ended)
    if rules.is_before(end, begin):
        end, odd_end = "", text(ended)
    unread = (("started", odd_start), ("ended", odd_end))
    return Entry(
        title,
        place,
        begin,
        begin if odd_end else end,
        said,
        tuple((name, odd[:SHORT]) for name, odd in unread if odd),
    )


def _month(value: Any) -> tuple[str, str]:
    """'YYYY-MM' or 'YYYY' or '' of what people type, and the text when it is no date."""
    try:
        return rules.parse_month(text(value)), ""
    except ValueError:
        return "", text(value)


def lines(found: Iterable[str]) -> tuple[Entry, ...]:
    """Lines of a section without dates."""
    return tuple(Entry(line) for line in found)


def tidy(cv: CvContent) -> CvContent:
    """The content as a CV holds it: nothing empty, nothing twice, nothing too much; language is ''
    when the file does not say one of ours. Raises Unreadable when nothing is left.
    """
    sections = {section: _kept(section, cv.entries(section)) for section in Section}
    head = {
        name: _begin(text(getattr(cv, name)), SHORT)
        for name in ("name", "title", "email", "phone", "place")
    }
    language = cv.language if cv.language in LANGUAGES else ""
    tidied = replace(
        cv, **head, profile=long_text(cv.profile), language=language, sections=sections
    )
    if not any((*head.values(), tidied.profile, *sections.values())):
        raise Unreadable("empty")
    return tidied


def _begin(line: str, most: int) -> str:
    """As much of a line as fits, in whole words."""
    return next(iter(textwrap.wrap(line, most)), "")


def _kept(section: Section, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    fitting = [part for one in entries for part in _fitting(section, one)]
    worth = [
        one
        for one in dict.fromkeys(fitting)
        if one.title or (section in DATED and (one.place or one.points))
    ]
    return tuple(worth[:MOST_ENTRIES])


def _fitting(section: Section, one: Entry) -> list[Entry]:
    """The entry as its fields hold it. What is too long goes on below: under a job as its first
    points, in a list as lines of its own.
    """
    title = textwrap.wrap(one.title, LINE) or [""]
    if section not in DATED:
        return [Entry(piece) for piece in title]
    place = textwrap.wrap(one.place, LINE) or [""]
    said = (*title[1:], *place[1:], *one.points)[:MOST_LINES]
    return [replace(one, title=title[0], place=place[0], points=said)]

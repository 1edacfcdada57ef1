"""Dates of a file that nobody could read, and what she says they are. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from jobunivers.cv import rules
from jobunivers.cv.types import CvContent, Entry, Section


def field_name(section: Section, number: int, date: str) -> str:
    """The name of the field that asks for a date ("started", "ended") of an entry of the file."""
    return f"{date}-{section.value}-{number}"


def answered(cv: CvContent, said: Mapping[str, str]) -> tuple[CvContent, list[str]]:
    """The content with her answers, and the names of fields whose answer is no month either.

    An empty answer leaves it at what is known; a word for now says that it still goes on.
    """
    wrong: list[str] = []
    sections = {
        section: tuple(_with(one, section, number, said, wrong) for number, one in enumerate(found))
        for section, found in cv.sections.items()
    }
    return replace(cv, sections=sections), wrong


def _with(
    one: Entry, section: Section, number: int, said: Mapping[str, str], wrong: list[str]
) -> Entry:
    for date, _words in one.unread:
        name = field_name(section, number, date)
        typed = said.get(name, "").strip()
        if not typed:
            continue
        try:
            month = rules.parse_month(typed)
        except ValueError:
            wrong.append(name)
            continue
        began = month if date == "started" else one.started
        if date == "ended" and rules.is_before(month, began):
            wrong.append(name)
            continue
        ended = one.ended or month if date == "started" else month
        one = replace(one, started=began, ended=ended)
    return one

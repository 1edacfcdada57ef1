"""The CV as a Word file, for employers and advisers who want to write in it."""

from collections.abc import Iterator
from datetime import datetime

from jobunivers.cv.catalogue import labels
from jobunivers.cv.export_file import contact_line, document_title, period
from jobunivers.cv.types import DATED, CvContent, Entry, Section
from jobunivers.shared.docx import Style, docx_file


def docx(cv: CvContent, *, made_at: datetime) -> bytes:
    """The CV as DOCX: her name as title, sections as headings, points as a list."""
    return docx_file(
        _paragraphs(cv),
        title=document_title(cv),
        author=cv.name,
        language=cv.language,
        made_at=made_at,
    )


def _paragraphs(cv: CvContent) -> Iterator[tuple[Style, str]]:
    words = labels(cv.language)
    yield Style.TITLE, cv.name or words["cv"]
    if cv.title:
        yield Style.SUBTITLE, cv.title
    if contact := contact_line(cv):
        yield Style.DETAILS, " · ".join(contact)
    if cv.profile.strip():
        yield Style.HEADING, words["profile"]
        yield from ((Style.TEXT, part.strip()) for part in cv.profile.splitlines() if part.strip())
    for section in Section:
        if entries := cv.entries(section):
            yield Style.HEADING, words[section.value]
            for entry in entries:
                yield from (
                    _entry(entry, cv.language)
                    if section in DATED
                    else ((Style.POINT, entry.title),)
                )


def _entry(entry: Entry, code: str) -> Iterator[tuple[Style, str]]:
    if entry.title:
        yield Style.ENTRY, entry.title
    if details := " · ".join(text for text in (entry.place, period(entry, code)) if text):
        yield Style.DETAILS, details
    yield from ((Style.POINT, point) for point in entry.points if point)

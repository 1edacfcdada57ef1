"""The CV to take away: PDF, JSON Resume, plain text."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date

from jobunivers.cv.catalogue import labels
from jobunivers.cv.types import DATED, CvContent, Entry, Paper, Section
from jobunivers.shared.pdf import left_out, pages_of, typst_pdf

TEMPLATE = Path(__file__).parent / "pdf" / "cv.typ"
SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
LANGUAGE_LEVEL = re.compile(r"\s*(?:[–—:,]|\s-)\s+")


def month(value: str, code: str) -> str:
    """'2019-03' -> 'mar. 2019' in the CV's language; a bare year stays."""
    year, _dash, number = value.partition("-")
    return (
        str(format_date(date(int(year), int(number), 1), "LLL y", locale=code)) if number else year
    )


def period(entry: Entry, code: str) -> str:
    """'mar. 2019 – nu'; only the end when there is no start; '' without dates."""
    if not entry.started:
        return month(entry.ended, code) if entry.ended else ""
    if entry.started == entry.ended:
        return month(entry.started, code)
    return (
        f"{month(entry.started, code)} – "
        f"{month(entry.ended, code) if entry.ended else labels(code)['now']}"
    )


def contact_line(cv: CvContent) -> list[str]:
    """Phone, e-mail, town: those that are there."""
    return [text for text in (cv.phone, cv.email, cv.place) if text]


def document_title(cv: CvContent) -> str:
    """'CV – Maja Demo', in the CV's language."""
    return " – ".join(text for text in (labels(cv.language)["cv"], cv.name) if text)


def pdf_data(cv: CvContent) -> dict[str, Any]:
    """What the template prints; sections in their order, empty ones left out."""
    words = labels(cv.language)
    sections = [
        {
            "title": words[section.value],
            "dated": section in DATED,
            "entries": [_printed(entry, cv.language) for entry in cv.entries(section)],
        }
        for section in Section
        if cv.entries(section)
    ]
    return {
        "language": cv.language,
        "document": document_title(cv),
        "name": cv.name or words["cv"],
        "title": cv.title,
        "contact": contact_line(cv),
        "profile": {
            "title": words["profile"],
            "paragraphs": [part.strip() for part in cv.profile.splitlines() if part.strip()],
        },
        "sections": sections,
        "page": words["page"],
    }


def _printed(entry: Entry, code: str) -> dict[str, Any]:
    return {
        "title": entry.title,
        "place": entry.place,
        "period": period(entry, code),
        "points": [point for point in entry.points if point],
    }


def pdf(cv: CvContent) -> bytes:
    """The CV as accessible PDF (PDF/UA-1)."""
    return typst_pdf(TEMPLATE, pdf_data(cv))


def paper(cv: CvContent) -> Paper:
    """The real paper behind the checks; a CV that has not changed costs a millisecond."""
    data = pdf_data(cv)
    return Paper(
        pages_of(typst_pdf(TEMPLATE, data)), left_out(json.dumps(data, ensure_ascii=False))
    )


def plain_text(cv: CvContent) -> str:
    """The CV as text to paste, for example into the fields of Jobnet."""
    words = labels(cv.language)
    blocks = ["\n".join(text for text in (cv.name, cv.title, " · ".join(contact_line(cv))) if text)]
    if cv.profile:
        blocks.append(f"{words['profile'].upper()}\n{cv.profile}")
    for section in Section:
        if entries := cv.entries(section):
            gap = "\n\n" if section in DATED else "\n"
            texts = [_entry_text(entry, cv.language, section in DATED) for entry in entries]
            blocks.append(f"{words[section.value].upper()}\n{gap.join(texts)}")
    return "\n\n".join(block for block in blocks if block) + "\n"


def _entry_text(entry: Entry, code: str, is_dated: bool) -> str:
    head = ", ".join(text for text in (entry.title, entry.place) if text)
    when = period(entry, code)
    first = (
        " · ".join(text for text in (head, when) if text)
        if is_dated
        else f"- {' · '.join(text for text in (head, when) if text)}"
    )
    return "\n".join([*([first] if first else []), *(f"- {point}" for point in entry.points)])


def json_resume(cv: CvContent) -> dict[str, Any]:
    """The CV as JSON Resume 1.0.0; lines that the schema has no place for stand under `meta`."""
    return {
        "$schema": SCHEMA,
        "basics": _some(
            name=cv.name,
            label=cv.title,
            email=cv.email,
            phone=cv.phone,
            summary=cv.profile,
            location=_some(city=cv.place),
        ),
        "work": [
            _some(
                position=e.title,
                name=e.place,
                startDate=e.started,
                endDate=e.ended,
                highlights=list(e.points),
            )
            for e in cv.entries(Section.EXPERIENCE)
        ],
        "education": [
            _some(
                area=e.title,
                institution=e.place,
                startDate=e.started,
                endDate=e.ended,
                courses=list(e.points),
            )
            for e in cv.entries(Section.EDUCATION)
        ],
        "skills": [_some(name=e.title) for e in cv.entries(Section.SKILLS)],
        "languages": [_spoken(e.title) for e in cv.entries(Section.LANGUAGES)],
        "certificates": [_some(name=e.title) for e in cv.entries(Section.COURSES)],
        "volunteer": [_some(summary=e.title) for e in cv.entries(Section.VOLUNTARY)],
        "meta": {"language": cv.language, "other": [e.title for e in cv.entries(Section.OTHER)]},
    }


def _some(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}


def _spoken(line: str) -> dict[str, Any]:
    """'Dansk – taler med kunder' -> language and fluency."""
    language, *fluency = LANGUAGE_LEVEL.split(line, maxsplit=1)
    return _some(language=language, fluency=fluency[0] if fluency else "")

"""JSON Resume 1.0.0 (https://jsonresume.org/schema), which our own data file is, and what stands
under "everything about me".
"""

from dataclasses import replace
from typing import Any

from jobunivers.cv.incoming.parts_file import (
    entry,
    items,
    joined,
    lines,
    long_text,
    points,
    text,
    year,
)
from jobunivers.cv.types import HEAD, CvContent, Entry, Section

DATES = ("started", "ended")


def read(data: dict[str, Any]) -> CvContent:
    """What JSON Resume says, as far as a Danish CV has a place for it."""
    basics, meta = _object(data.get("basics")), _object(data.get("meta"))
    location = _object(basics.get("location"))
    sections = {
        Section.EXPERIENCE: tuple(_job(one) for one in _objects(data.get("work"))),
        Section.EDUCATION: tuple(_education(one) for one in _objects(data.get("education"))),
        Section.SKILLS: lines(_named(one) for one in _objects(data.get("skills"))),
        Section.LANGUAGES: lines(
            joined(one.get("language"), one.get("fluency"), by=" – ")
            for one in _objects(data.get("languages"))
        ),
        Section.COURSES: lines(
            joined(one.get("name"), one.get("issuer"), year(one.get("date")))
            for one in _objects(data.get("certificates"))
        ),
        Section.VOLUNTARY: lines(_voluntary(one) for one in _objects(data.get("volunteer"))),
        Section.OTHER: lines([*map(text, items(meta.get("other"))), *_other(data)]),
    }
    head = (
        text(basics.get("name")),
        text(basics.get("label")),
        text(basics.get("email")),
        text(basics.get("phone")),
        text(location.get("city")),
    )
    return CvContent(*head, long_text(basics.get("summary")), text(meta.get("language")), sections)


def read_stored(data: dict[str, Any]) -> CvContent:
    """A CV as it is stored here and stands in "everything about me" (CvContent.as_data)."""
    sections = _object(data.get("sections"))
    found = {
        section: tuple(_stored(one) for one in _objects(sections.get(section.value)))
        for section in Section
    }
    head = {name: text(data.get(name)) for name in HEAD}
    return CvContent(**head, profile=long_text(data.get("profile")), sections=found)


def _stored(one: dict[str, Any]) -> Entry:
    said = points(items(one.get("points")))
    found = entry(
        text(one.get("title")),
        text(one.get("place")),
        one.get("started"),
        one.get("ended"),
        said,
    )
    odd = [(text(name), text(words)) for name, words in _object(one.get("unread")).items()]
    return replace(found, unread=tuple(pair for pair in odd if pair[0] in DATES and pair[1]))


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[dict[str, Any]]:
    return [one for one in items(value) if isinstance(one, dict)]


def _job(one: dict[str, Any]) -> Entry:
    place = joined(one.get("name") or one.get("company"), one.get("location"))
    said = points(one.get("summary"), items(one.get("highlights")))
    return entry(
        text(one.get("position")),
        place,
        one.get("startDate"),
        one.get("endDate"),
        said,
    )


def _education(one: dict[str, Any]) -> Entry:
    said = points(items(one.get("courses")))
    return entry(
        joined(one.get("studyType"), one.get("area")),
        text(one.get("institution")),
        one.get("startDate"),
        one.get("endDate"),
        said,
    )


def _named(one: dict[str, Any]) -> str:
    words = ", ".join(filter(None, map(text, items(one.get("keywords")))))
    return joined(joined(one.get("name"), one.get("level")), words, by=": ")


def _voluntary(one: dict[str, Any]) -> str:
    return joined(
        one.get("position"),
        one.get("organization"),
        year(one.get("startDate")),
        one.get("summary"),
    )


def _other(data: dict[str, Any]) -> list[str]:
    """Sections that we have no name for: projects, awards, publications, interests."""
    projects = [
        joined(one.get("name"), one.get("description"), by=": ")
        for one in _objects(data.get("projects"))
    ]
    awards = [
        joined(one.get("title"), one.get("awarder"), year(one.get("date")))
        for one in _objects(data.get("awards"))
    ]
    texts = [
        joined(one.get("name"), one.get("publisher"), year(one.get("releaseDate")))
        for one in _objects(data.get("publications"))
    ]
    return [*projects, *awards, *texts, *map(_named, _objects(data.get("interests")))]

"""Sections of a CV, and a whole CV as plain values."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from jobunivers.shared.languages import locales


class Section(StrEnum):
    """Parts of a CV after the profile text. Experience and education have places and dates; the
    others are lines.
    """

    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    LANGUAGES = "languages"
    COURSES = "courses"
    VOLUNTARY = "voluntary"
    OTHER = "other"


DATED = (Section.EXPERIENCE, Section.EDUCATION)
LANGUAGES = locales()  # what a CV can be in: headings, months and checks speak all of them
HEAD = ("name", "title", "email", "phone", "place", "language")
CONTACT = ("email", "phone", "place")  # what of the head a helper never reads
ENTRY = ("title", "place", "started", "ended", "points")


@dataclass(frozen=True)
class Entry:
    """A job, an education or a line. Months are 'YYYY-MM' or 'YYYY'; an empty `ended` after a start
    means still going on.
    """

    title: str = ""
    place: str = ""
    started: str = ""
    ended: str = ""
    points: tuple[str, ...] = ()
    # Of a file: ("ended", "Summer 2014") for what stood there as a date and could not be read.
    unread: tuple[tuple[str, str], ...] = field(default=(), compare=False, repr=False)

    def as_data(self) -> dict[str, Any]:
        """What is stored of it."""
        return {name: getattr(self, name) for name in ENTRY}


@dataclass(frozen=True)
class Paper:
    """What a CV is as PDF: how many pages, and the signs that no font has."""

    pages: int = 1
    left_out: str = ""


@dataclass(frozen=True)
class CvContent:
    """Everything that stands in a CV."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    place: str = ""
    profile: str = ""
    language: str = "da"
    sections: dict[Section, tuple[Entry, ...]] = field(default_factory=dict)

    def without_contact(self) -> "CvContent":
        """The same without phone, e-mail and town: what a helper may read."""
        return replace(self, email="", phone="", place="")

    def entries(self, section: Section) -> tuple[Entry, ...]:
        """The entries of a section in their order."""
        return self.sections.get(section, ())

    def as_data(self) -> dict[str, Any]:
        """The same as JSON-able data, for 'everything about me'."""
        head = {name: getattr(self, name) for name in (*HEAD, "profile")}
        return head | {
            "sections": {
                section.value: [entry.as_data() for entry in entries]
                for section, entries in self.sections.items()
            }
        }

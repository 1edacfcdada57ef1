"""The Europass CV of today: a `Candidate` in XML, as a file of its own or attached to the PDF from
europass.europa.eu.

Element names follow the Commission's "ECV Schema Documentation" 3.0.0 (DG EMPL, 2 June 2020). What
Europass wrote before July 2020 (a
`SkillsPassport`) is another format that Europass itself takes back no more; it is refused with
words of its own.
"""

import re
import zlib
from itertools import islice

from babel import Locale
from babel.core import get_global

from jobunivers.cv.catalogue import labels
from jobunivers.cv.incoming.parts_file import (
    Unreadable,
    entry,
    joined,
    lines,
    long_text,
    plain_lines,
    points,
    text,
    year,
)
from jobunivers.cv.incoming.xml_file import Node, tree
from jobunivers.cv.types import DATED, LANGUAGES, CvContent, Entry, Section

SPACE = "http://www.europass.eu/"
STREAM = re.compile(rb"(?<!end)stream\r?\n")
MOST_STREAMS = 2_000
PHONES = ("MobileTelephone", "Mobile", "Telephone", "Phone")


def attached(pdf: bytes, most: int) -> bytes:
    """The Europass XML in a PDF: the stream that begins as such a document. Nothing is unpacked
    beyond `most` bytes.

    An attached file is always a stream of its own, so the rest of the PDF need not be understood.
    Raises Unreadable.
    """
    for begin in islice(STREAM.finditer(pdf), MOST_STREAMS):
        head = _unpacked(pdf[begin.end() : begin.end() + 8_192], 4_096)
        if (
            head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<")
            and b"<Candidate" in head
            and SPACE.encode() in head
        ):
            found = _unpacked(pdf[begin.end() :], most + 1)
            if len(found) > most:
                raise Unreadable("large")
            return found[: found.rfind(b">") + 1]
    raise Unreadable("pdf")


def _unpacked(raw: bytes, most: int) -> bytes:
    """The first bytes of a stream of a PDF: packed by zlib, or as they are up to its end."""
    try:
        return zlib.decompressobj().decompress(raw, most)
    except zlib.error:
        return raw[:most].partition(b"endstream")[0]


def read(data: bytes) -> CvContent:
    """What a Europass CV says, as far as a Danish CV has a place for it. Photo, birth date and
    nationality stay outside. Raises Unreadable.
    """
    root = tree(data)
    if root.name in ("SkillsPassport", "LearnerInfo"):
        raise Unreadable("old_europass")
    if root.name != "Candidate" or not root.space.startswith(SPACE):
        raise Unreadable("kind")
    person = next(root.every("CandidatePerson"), Node(""))
    profile = next(root.every("CandidateProfile"), Node(""))
    code = text(profile.attributes.get("languageCode"))
    language = code if code in LANGUAGES else "da"
    name = joined(
        person.one("PersonName", "GivenName"), person.one("PersonName", "FamilyName"), by=" "
    )
    summary = "\n".join(plain_lines(profile.one("ExecutiveSummary")))
    contact = (
        _channel(person, "Email", "URI"),
        _phone(person),
        person.one("Communication", "Address", "CityName"),
    )
    return CvContent(
        name,
        profile.one("CandidateObjective"),
        *contact,
        long_text(summary),
        code,
        _sections(person, profile, language),
    )


def _sections(person: Node, profile: Node, code: str) -> dict[Section, tuple[Entry, ...]]:
    licences = [
        f"{labels(code)['licence']} {one.text}"
        for one in profile.every("Licenses", "License", "LicenseTypeCode")
        if one.text
    ]
    others = _own_sections(profile)
    return {
        Section.EXPERIENCE: tuple(
            _job(employer, one)
            for employer in profile.every("EmploymentHistory", "EmployerHistory")
            for one in employer.every("PositionHistory")
        ),
        Section.EDUCATION: tuple(
            _education(one)
            for one in profile.every("EducationHistory", "EducationOrganizationAttendance")
        ),
        Section.SKILLS: lines([*_skills(profile), *others[Section.SKILLS]]),
        Section.LANGUAGES: lines([*_languages(person, profile, code), *others[Section.LANGUAGES]]),
        Section.COURSES: lines(
            _titles(
                profile,
                ("CourseCertifications", "CourseCertification"),
                ("Certifications", "Certification"),
            )
            + others[Section.COURSES]
        ),
        Section.VOLUNTARY: lines(
            _titles(profile, ("VoluntaryWorks", "VoluntaryWork")) + others[Section.VOLUNTARY]
        ),
        Section.OTHER: lines(
            [
                *licences,
                *_titles(
                    profile, ("Projects", "Project"), ("HobbiesAndInterests", "HobbyOrInterest")
                ),
                *others[Section.OTHER],
            ]
        ),
    }


def _job(employer: Node, one: Node) -> Entry:
    place = joined(
        employer.one("OrganizationName"),
        one.one("City")
        or employer.one("OrganizationContact", "Communication", "Address", "CityName"),
    )
    period = next(one.every("EmploymentPeriod"), Node(""))
    said = points(plain_lines(one.one("Description")))
    return entry(text(one.one("PositionTitle")), place, *_dates(period, "CurrentIndicator"), said)


def _education(one: Node) -> Entry:
    place = joined(
        one.one("OrganizationName"),
        one.one("OrganizationContact", "Communication", "Address", "CityName"),
    )
    period = next(one.every("AttendancePeriod"), Node(""))
    said = points(plain_lines(one.one("EducationDegree", "OccupationalSkillsCovered")))
    return entry(
        text(one.one("EducationDegree", "DegreeName")), place, *_dates(period, "Ongoing"), said
    )


def _dates(period: Node, goes_on: str) -> tuple[str, str]:
    """Start and end as they stand. Without an end, and not said to go on, only the start is known:
    it stands as both.
    """
    started, ended = (period.one(name, "FormattedDateTime") for name in ("StartDate", "EndDate"))
    return started, "" if period.one(goes_on) == "true" else ended or started


def _channel(person: Node, channel: str, part: str) -> str:
    return next(
        (
            one.one(part)
            for one in person.every("Communication")
            if one.one("ChannelCode") == channel and one.one(part)
        ),
        "",
    )


def _phone(person: Node) -> str:
    """'+45 22334455': the first number, of a mobile phone or another, with its parts in order."""
    for one in person.every("Communication"):
        if one.one("ChannelCode") in PHONES and one.one("DialNumber"):
            country = one.one("CountryDialing").lstrip("+0")
            parts = (f"+{country}" if country else "", one.one("AreaDialing"))
            return " ".join(part for part in (*parts, one.one("DialNumber")) if part)
    return ""


def _skills(profile: Node) -> list[str]:
    alone = profile.every("Skills", "PersonCompetency", "CompetencyName")
    grouped = profile.every("Skills", "SkillsGroup", "PersonCompetency", "CompetencyName")
    return [text(one.text) for one in (*alone, *grouped)]


def _languages(person: Node, profile: Node, code: str) -> list[str]:
    own = [
        joined(_language(one.text, code), labels(code)["mother_tongue"], by=" – ")
        for one in person.every("PrimaryLanguageCode")
        if one.text
    ]
    learnt = [
        one
        for one in profile.every("PersonQualifications", "PersonCompetency")
        if one.one("TaxonomyID") == "language"
    ]
    return [
        *own,
        *(
            joined(_language(one.one("CompetencyID"), code), _level(one), by=" – ")
            for one in learnt
        ),
    ]


def _language(name: str, code: str) -> str:
    """'dan', '.../language/DAN' -> 'Dansk'; a language that was typed stays as it is."""
    name = name.rstrip("/").rpartition("/")[2]
    short = get_global("language_aliases").get(name.lower(), name.lower())
    known = str(Locale.parse(code).languages.get(short, name))
    return known[:1].upper() + known[1:]


def _level(one: Node) -> str:
    """The level at which she speaks it, the lower of the two; without one the lowest of all."""
    levels = {
        node.one("CompetencyDimensionTypeCode"): node.one("Score", "ScoreText")
        for node in one.every("CompetencyDimension")
    }
    spoken = [level for kind, level in levels.items() if "Speaking" in kind and level]
    return min(spoken or filter(None, levels.values()), default="")


def _own_sections(profile: Node) -> dict[Section, list[str]]:
    """The lines of sections that she named herself; one that is named as in our CVs, in any
    language, is that section.
    """
    names = {
        labels(code)[section.value].casefold(): section
        for code in LANGUAGES
        for section in Section
        if section not in DATED
    }
    found: dict[Section, list[str]] = {section: [] for section in Section}
    for others in profile.every("Others"):
        found[names.get(others.one("Title").casefold(), Section.OTHER)] += [
            text(other.one("Title")) for other in others.every("Other")
        ]
    return found


def _titles(profile: Node, *paths: tuple[str, str]) -> list[str]:
    """'First aid, Red cross, 2021' for each thing with a title."""
    found = [one for path in paths for one in profile.every(*path)]
    return [
        joined(
            one.one("Title") or one.one("CertificationName"), one.one("Organization"), _year(one)
        )
        for one in found
    ]


def _year(one: Node) -> str:
    return year(
        one.one("Date", "StartDate", "FormattedDateTime")
        or one.one("StartDate", "FormattedDateTime")
    )

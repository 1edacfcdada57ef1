"""The CV as Europass XML, after the Commission's "ECV Schema Documentation" 3.0.0 (DG EMPL, 2 June
2020).

The schema file itself is not published, so it follows the documented elements and their order.
Lines without dates stand as sections of her own
(`Others`), because Europass would want codes (ESCO, CEFR) that she has not chosen.
"""

from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from jobunivers.cv.catalogue import labels
from jobunivers.cv.types import DATED, CvContent, Entry, Section
from jobunivers.shared.docx import printable

SPACES = {
    "xmlns": "http://www.europass.eu/1.0",
    "xmlns:oa": "http://www.openapplications.org/oagis/9",
    "xmlns:eures": "http://www.europass_eures.eu/1.0",
    "xmlns:hr": "http://www.hr-xml.org/3",
}


def xml(cv: CvContent, cv_id: UUID) -> bytes:
    """The CV as a `Candidate`; `cv_id` is the document's id."""
    own = {"schemeID": str(cv_id), "schemeAgencyName": "jobunivers"}
    given, _blank, family = cv.name.rpartition(" ")
    name = _tag(
        "PersonName",
        _text("oa:GivenName", given or family),
        _text("hr:FamilyName", family if given else ""),
    )
    contact = [
        _tag("Communication", _text("ChannelCode", "Email"), _text("oa:URI", cv.email))
        if cv.email
        else "",
        _tag("Communication", _text("ChannelCode", "Telephone"), _text("oa:DialNumber", cv.phone))
        if cv.phone
        else "",
        _tag("Communication", _tag("Address", _text("oa:CityName", cv.place))) if cv.place else "",
    ]
    supplier = _tag(
        "CandidateSupplier",
        _tag("hr:PartyID", **own),
        _text("hr:PartyName", "jobunivers"),
        _tag("PersonContact", name),
        _text("hr:PrecedenceCode", "1"),
    )
    body = (
        _tag("hr:DocumentID", **own),
        supplier,
        _tag("CandidatePerson", name, *contact),
        _profile(cv),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_tag("Candidate", *body, **SPACES)}'.encode()


def _profile(cv: CvContent) -> str:
    words = labels(cv.language)
    jobs = _tag("EmploymentHistory", *map(_job, cv.entries(Section.EXPERIENCE)))
    schools = _tag("EducationHistory", *map(_education, cv.entries(Section.EDUCATION)))
    others = [
        _others(words[section.value], cv.entries(section))
        for section in Section
        if section not in DATED and cv.entries(section)
    ]
    top = (
        _text("hr:CandidateObjective", cv.title),
        _html("hr:ExecutiveSummary", cv.profile.splitlines()),
    )
    return _tag("CandidateProfile", *top, jobs, schools, *others, languageCode=cv.language)


def _job(one: Entry) -> str:
    period = _tag(
        "eures:EmploymentPeriod",
        *_dates(one, "eures:"),
        _text("hr:CurrentIndicator", _goes_on(one)),
    )
    position = _tag(
        "PositionHistory",
        _text("PositionTitle", one.title, typeCode="FREETEXT"),
        period,
        _html("oa:Description", one.points),
    )
    return _tag("EmployerHistory", _text("hr:OrganizationName", one.place), position)


def _education(one: Entry) -> str:
    period = _tag("AttendancePeriod", *_dates(one, ""), _text("Ongoing", _goes_on(one)))
    degree = _tag(
        "EducationDegree",
        _text("hr:DegreeName", one.title),
        _html("OccupationalSkillsCovered", one.points),
    )
    return _tag(
        "EducationOrganizationAttendance", _text("hr:OrganizationName", one.place), period, degree
    )


def _dates(one: Entry, space: str) -> list[str]:
    named = ((f"{space}StartDate", one.started), (f"{space}EndDate", one.ended))
    return [_tag(name, _text("hr:FormattedDateTime", month)) for name, month in named if month]


def _goes_on(one: Entry) -> str:
    return "true" if one.started and not one.ended else "false"


def _others(title: str, entries: tuple[Entry, ...]) -> str:
    return _tag(
        "Others",
        _text("Title", title),
        *(_tag("Other", _text("Title", entry.title)) for entry in entries),
    )


def _html(name: str, lines: tuple[str, ...] | list[str]) -> str:
    """Lines as HTML inside an element, as Europass keeps its texts; '' without any."""
    return _text(name, "".join(f"<p>{escape(line)}</p>" for line in lines if line.strip()))


def _text(name: str, text: str, **attributes: str) -> str:
    return _tag(name, escape(printable(text)), **attributes) if text else ""


def _tag(name: str, *inside: str, **attributes: str) -> str:
    marks = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{marks}>{''.join(inside)}</{name}>"

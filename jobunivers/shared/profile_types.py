"""The municipality's files, one dataclass a file or a row. What stands in an annotation is checked
at the start; the comment beside a field is its explanation in docs/profile-format.md.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from jobunivers.shared.content import localized
from jobunivers.shared.data_types import (
    Code,
    Codes,
    Count,
    DayOfYear,
    Days,
    Hours,
    LanguageCode,
    MailAddress,
    MaybeCodes,
    Minutes,
    Months,
    Quarter,
    Share,
    Text,
    Texts,
    WebAddress,
    Weeks,
)
from jobunivers.shared.theme import Theme

Hour = Annotated[int, Field(ge=0, le=24)]
Ahead = Annotated[int, Field(ge=1, le=104)]
Several = Annotated[int, Field(ge=1, le=20)]
Apart = Annotated[int, Field(ge=1, le=52)]


class Form(StrEnum):
    """How people meet."""

    PHONE = "phone"
    VIDEO = "video"
    OFFICE = "office"
    LIBRARY = "library"


PLACES = (Form.OFFICE, Form.LIBRARY)


def _is_a_place(form: Form) -> Form:
    if form not in PLACES:
        raise ValueError(f"must be {' or '.join(PLACES)}, not {form}")
    return form


class ProgrammeGroup(StrEnum):
    """What a programme is about, in the order of the page."""

    EDUCATION = "education"
    WORKPLACE = "workplace"
    HEALTH = "health"
    GRADUATES = "graduates"
    LOCAL = "local"


class Whom(StrEnum):
    """For whom a programme is. Everybody: whoever is out of work."""

    EVERYBODY = "everybody"
    GRADUATES = "graduates"
    NEWCOMERS = "newcomers"
    HEALTH = "health"


@dataclass(frozen=True)
class TargetGroup:
    """A legal group of unemployed people; decides which contact rules hold."""

    code: Code  # stands with the citizens for ever
    name: Texts  # as people read it
    legal: Text  # the paragraph


@dataclass(frozen=True)
class ContactRule:
    """One rule of the contact course with its dates of validity and legal reference. Weeks count
    from the start of the spell. A new regime is a new rule, never an edit.
    """

    code: Code  # name of the rule
    groups: Codes  # legal groups for which it holds (target-groups.yaml)
    kind: Code  # the meeting that is due (meeting-kinds.yaml)
    deadline_days: Annotated[int, Field(ge=8, le=90)]  # days to book in after the invitation
    legal: Text  # the paragraph
    valid_from: date  # first day on which it holds
    valid_to: date | None  # last day, or nothing while it holds
    source: Text  # where it was read
    checked_on: date  # the day on which somebody last looked it up
    from_week: Weeks = 0  # first week in which it invites
    by_week: Weeks | None = None  # the meeting is held at the latest in this week
    every_weeks: Apart | None = None  # again and again, so many weeks apart


@dataclass(frozen=True)
class ExemptionReason:
    """Why somebody may be exempt from booking herself or from talks, with legal reference and dates
    of validity. Never a word about health.
    """

    code: Code  # stands with the exemptions for ever
    scope: Literal["self_booking", "talks"]  # we book for her, or no meetings for a time
    name: Texts  # as people read it
    legal: Text  # the paragraph
    source: Text  # where it was read
    valid_from: date  # first day on which it may be given
    valid_to: date | None  # last day, or nothing while it holds
    checked_on: date  # the day on which somebody last looked it up


@dataclass(frozen=True)
class MeetingKind:
    """A kind of appointment. All lengths in minutes, notices in hours."""

    code: Code  # stands with the meetings for ever
    name: Texts  # as people read it
    purpose: Texts  # what it is for
    bring: Texts  # what to bring
    minutes: Minutes  # the meeting itself
    interpreter_minutes: Minutes  # so much longer with an interpreter
    before: Annotated[int, Field(ge=0, le=240)]  # the caseworker's own minutes before it
    after: Annotated[int, Field(ge=0, le=240)]  # and after it
    forms: Annotated[tuple[Form, ...], Field(min_length=1)]  # ways to meet, the usual first
    notice_hours: Hours  # booked at the latest so long before
    latest_change_hours: Hours  # moved or cancelled by the citizen at the latest so long before
    bookable_by_citizen: bool  # she finds a time herself
    requires_grant: Literal["", "health_answers"] = ""  # only staff with this right hold it
    horizon_weeks: Ahead = 10  # none begins later than so many weeks from today
    most_coming: Several = 2  # so many coming meetings a citizen books herself


@dataclass(frozen=True)
class Location:
    """A place of meetings with its access notes and the number of rooms that can be in use at once."""

    code: Code  # stands with the meetings for ever
    form: Annotated[Form, AfterValidator(_is_a_place)]  # the way to meet that takes place here
    name: Texts  # as people read it
    address: Text  # street, number, postcode, town
    access: Texts  # how to come in, also with a wheelchair
    rooms: Annotated[int, Field(ge=1, le=500)]  # meetings that can be held at once


@dataclass(frozen=True)
class Track:
    """One of the three tracks of job goals (own, near, demand) in the municipality's words."""

    code: Literal["own", "near", "demand"]  # fixed
    name: Texts  # the track
    hint: Texts  # what belongs on it

    def name_in(self, code: str) -> str:
        """The track's name in that language."""
        return localized(self.name, code)

    def hint_in(self, code: str) -> str:
        """What belongs on the track."""
        return localized(self.hint, code)


@dataclass(frozen=True)
class Switch:
    """A part that stays off until paragraph, responsible person and date are named."""

    enabled: bool = False  # true or false, nothing else
    paragraph: str | None = None  # the legal ground; never an invented one
    responsible: str | None = None  # the person who decided
    decided_on: date | None = None  # when

    @property
    def is_on(self) -> bool:
        """True when it is switched on and everything is named."""
        return bool(self.enabled and self.paragraph and self.responsible and self.decided_on)


@dataclass(frozen=True)
class ScreeningSettings:
    """Switches and capacity of the screening; capacity counts offers a team can make in a week."""

    route_b: Switch  # places are offered in the order of points
    health: Switch  # questions about health and everyday life at work
    capacity_per_team_and_week: Count  # extra places
    random_share: Share  # of the places are drawn by lot, to learn what help does (0 to 1)
    answer_within_days: Days  # a flag is looked at within so many days


@dataclass(frozen=True)
class Programme:
    """A programme or upskilling scheme with its dates of validity."""

    code: Code  # name of the programme
    group: ProgrammeGroup  # heading of the page
    whom: Annotated[tuple[Whom, ...], Field(min_length=1)]  # for whom it is
    name: Texts  # name.da is what a caseworker calls it
    what: Texts  # two plain sentences
    legal: str  # the act, or ""
    source: Text  # the plan or act that names it
    valid_from: date  # first day of that plan or act
    valid_to: date | None  # last day; afterwards it is no longer shown
    checked_on: date  # the day on which somebody last looked it up
    how: Texts | None = None  # how to get it, where asking is not enough


@dataclass(frozen=True)
class SurveyAnswer:
    """An answer to tap."""

    code: Code  # counts stand under it for ever
    text: Texts  # its words


@dataclass(frozen=True)
class SurveyQuestion:
    """A question of the survey after a meeting."""

    code: Code  # counts stand under it for ever
    text: Texts  # its words
    answers: Annotated[tuple[SurveyAnswer, ...], Field(min_length=2)]  # what can be tapped


@dataclass(frozen=True)
class Survey:
    """The survey after a meeting: its questions, when it is asked, and from how many answers on it
    is shown.
    """

    ask_within_days: Days  # a meeting whose outcome is recorded later is not asked about
    open_days: Days  # after the meeting; then the page is closed
    shown_from: Annotated[int, Field(ge=1, le=1000)]  # fewer answers than this are never shown
    smallest_team: Annotated[int, Field(ge=1, le=1000)]  # figures of a smaller team are not shown
    shown_months: Months  # a coordinator sees so many months that are over
    lines_kept_months: Months  # free lines go after so many months
    questions: Annotated[
        tuple[SurveyQuestion, ...], Field(min_length=1)
    ]  # in the order of the page


@dataclass(frozen=True)
class Area:
    """The labour market around the municipality."""

    code: Code  # figures stand under it
    name: Texts  # as people read it


@dataclass(frozen=True)
class AreaDemand:
    """How many jobs there are for people of each occupation in one area
    (content/labour_market/occupations.yaml).
    """

    code: Code | None = None  # nothing: the profile's own area
    name: Texts | None = None  # as people read it
    shortage: MaybeCodes = ()  # very many jobs
    good: MaybeCodes = ()  # many
    poor: MaybeCodes = ()  # few
    surplus: MaybeCodes = ()  # very few


@dataclass(frozen=True)
class DemandSheet:
    """The job barometer of a quarter, the municipality's own assessment."""

    quarter: Quarter  # such as 2026-Q4
    publish: bool  # false: a working paper of the office
    source: Texts  # who has assessed it
    areas: Annotated[tuple[AreaDemand, ...], Field(min_length=1)]  # the main area first
    example: bool = False  # true: made up, and said so on the page


@dataclass(frozen=True)
class Basics:
    """What a municipality is called, how it is reached, and its general settings."""

    title: Text  # name of the site
    name: Texts  # of the municipality
    office: Texts  # who helps people out of work
    phone: Text  # for citizens, in quotation marks
    email: MailAddress  # for citizens
    phone_hours: Texts  # when the telephone is answered
    answer_days: Annotated[
        int, Field(ge=1, le=30)
    ]  # working days within which a message is answered
    quiet_hours: tuple[Hour, Hour]  # nothing is sent between the first and the second
    quick_exit_url: WebAddress  # where "leave this page quickly" leads
    theme: Theme  # colours, {} for those of the product
    dpo_email: MailAddress  # data protection officer
    languages_of_interpreters: Annotated[tuple[LanguageCode, ...], Field(min_length=1)]  # offered
    tracks: Annotated[tuple[Track, ...], Field(min_length=3, max_length=3)]  # of job goals
    area: Area  # the labour market around
    grace_days: Days  # so long after the last day of an invitation its meeting may still be
    reminders_per_week: Annotated[
        int, Field(ge=1, le=50)
    ]  # invitations and reminders a person gets at most
    closing_days: tuple[DayOfYear, ...]  # every year, besides the public holidays
    answers_kept_months: Months  # questionnaires, after the last period out of work ended
    case_kept_months: (
        Months | None
    )  # the whole case, counted alike; null: nothing is erased by itself
    demand_sign_off: bool  # texts on rights that no editor has signed off are shown in Danish


@dataclass(frozen=True)
class DemoSwitches:
    """The two switches as a demonstration shows them."""

    route_b: Switch  # on, with invented grounds
    health: Switch  # on, with invented grounds


@dataclass(frozen=True)
class DemoOverlay:
    """What is laid over every profile when JU_DEMO=1."""

    screening: DemoSwitches  # as a municipality with a legal ground would have them

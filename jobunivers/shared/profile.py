"""The municipality as data: name, groups, contact rules, meeting kinds, places, programmes,
switches. Read once from content/profiles/.

`common/` holds what every municipality has; a municipality's own folder holds its differences: keys
of a mapping replace the common
ones, rows of a list replace the fields of the common row with the same `code`, new rows come last,
and `leave_out: true` drops one.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from jobunivers.shared.content import CONTENT, ContentError, localized, read_yaml
from jobunivers.shared.theme import theme_css

PROFILES = CONTENT / "profiles"
COMMON = "common"


@dataclass(frozen=True)
class TargetGroup:
    """A legal group of unemployed people; decides which contact rules hold."""

    code: str
    name: dict[str, str]
    legal: str


@dataclass(frozen=True)
class ContactRule:
    """One rule of the contact course with its dates of validity and legal reference. Weeks count
    from the start of the spell.
    """

    code: str
    groups: tuple[str, ...]
    kind: str
    deadline_days: int
    legal: str
    valid_from: date
    valid_to: date | None
    source: str
    checked_on: date
    from_week: int = 0
    by_week: int | None = None
    every_weeks: int | None = None


@dataclass(frozen=True)
class ExemptionReason:
    """Why somebody may be exempt from booking herself or from talks, with legal reference and dates
    of validity.
    """

    code: str
    scope: str
    name: dict[str, str]
    legal: str
    source: str
    valid_from: date
    valid_to: date | None
    checked_on: date


@dataclass(frozen=True)
class MeetingKind:
    """A kind of appointment. All lengths in minutes, notices in hours."""

    code: str
    name: dict[str, str]
    purpose: dict[str, str]
    bring: dict[str, str]
    minutes: int
    interpreter_minutes: int
    before: int
    after: int
    forms: tuple[str, ...]
    notice_hours: int
    latest_change_hours: int
    bookable_by_citizen: bool
    requires_grant: str = ""
    horizon_weeks: int = 10  # no meeting of this kind begins later than so many weeks from today
    most_coming: int = 2  # so many coming meetings a citizen books herself


@dataclass(frozen=True)
class Location:
    """A place of meetings with its access notes and the number of rooms that can be in use at once."""

    code: str
    form: str
    name: dict[str, str]
    address: str
    access: dict[str, str]
    rooms: int


@dataclass(frozen=True)
class Track:
    """One of the three tracks of job goals (own, near, demand) in the municipality's words."""

    code: str
    name: dict[str, str]
    hint: dict[str, str]

    def name_in(self, code: str) -> str:
        """The track's name in that language."""
        return str(localized(self.name, code))

    def hint_in(self, code: str) -> str:
        """What belongs on the track."""
        return str(localized(self.hint, code))


@dataclass(frozen=True)
class Switch:
    """A part that stays off until paragraph, responsible person and date are named."""

    enabled: bool = False
    paragraph: str | None = None
    responsible: str | None = None
    decided_on: date | None = None

    @property
    def is_on(self) -> bool:
        return bool(self.enabled and self.paragraph and self.responsible and self.decided_on)


@dataclass(frozen=True)
class ScreeningSettings:
    """Switches and capacity of the screening; capacity counts offers a team can make in a week."""

    route_b: Switch
    health: Switch
    capacity_per_team_and_week: int
    random_share: float
    answer_within_days: int


@dataclass(frozen=True)
class Programme:
    """A programme or upskilling scheme with its dates of validity; `what` is two plain sentences,
    `how` stands where asking is not enough.
    """

    code: str
    group: str
    whom: tuple[str, ...]
    name: dict[str, str]
    what: dict[str, str]
    legal: str
    source: str
    valid_from: date
    valid_to: date | None
    checked_on: date
    how: dict[str, str] | None = None


@dataclass(frozen=True)
class SurveyAnswer:
    """An answer to tap; `text` by language."""

    code: str
    text: dict[str, str]


@dataclass(frozen=True)
class SurveyQuestion:
    """A question of the survey after a meeting; `text` by language."""

    code: str
    text: dict[str, str]
    answers: tuple[SurveyAnswer, ...]


@dataclass(frozen=True)
class Survey:
    """The survey after a meeting: its questions, when it is asked, and from how many answers on it
    is shown.
    """

    ask_within_days: int
    open_days: int
    shown_from: int
    smallest_team: int
    shown_months: int
    lines_kept_months: int
    questions: tuple[SurveyQuestion, ...]


@dataclass(frozen=True)
class Profile:
    """Everything that differs between municipalities."""

    code: str
    title: str
    names: dict[str, str]
    offices: dict[str, str]
    phone: str
    email: str
    hours: dict[str, str]
    answer_days: int
    quiet_hours: tuple[int, int]
    quick_exit_url: str
    theme: str
    dpo_email: str
    languages_of_interpreters: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    contact_rules: tuple[ContactRule, ...]
    exemption_reasons: tuple[ExemptionReason, ...]
    meeting_kinds: tuple[MeetingKind, ...]
    locations: tuple[Location, ...]
    programmes: tuple[Programme, ...]
    screening: ScreeningSettings
    survey: Survey
    tracks: tuple[Track, ...]
    area: dict[str, Any]
    demand: dict[str, Any]
    grace_days: int  # so long after the last day of an invitation its meeting may still be
    reminders_per_week: (
        int  # invitations and reminders a person gets at most; confirmations always go
    )
    closing_days: tuple[str, ...]  # "12-24": every year
    answers_kept_months: int  # questionnaires, after the last period out of work ended
    case_kept_months: int | None  # the whole case, counted alike; None: nothing is erased by itself
    demand_sign_off: bool  # texts on rights that no editor has signed off are shown in Danish

    def text(self, texts: dict[str, str], code: str) -> str:
        """A text of the profile in that language, Danish when it lacks one."""
        return str(localized(texts, code))

    def kind(self, code: str) -> MeetingKind:
        """The meeting kind of that code. Raises KeyError."""
        return _by_code(self.meeting_kinds, code)

    def kind_or_like(self, code: str) -> MeetingKind:
        """The same for what stands from before the kind was taken out: then the shape of the first
        kind that everybody may hold, under the old code.
        """
        for kind in self.meeting_kinds:
            if kind.code == code:
                return kind
        plain = (kind for kind in self.meeting_kinds if not kind.requires_grant)
        return replace(next(plain), code=code, name={}, purpose={}, bring={})

    def exemption_reason(self, code: str) -> ExemptionReason:
        """The reason of that code. Raises KeyError."""
        return _by_code(self.exemption_reasons, code)

    def location(self, code: str) -> Location:
        """The place of that code. Raises KeyError."""
        return _by_code(self.locations, code)

    def track(self, code: str) -> Track:
        """The track of that code. Raises KeyError."""
        return _by_code(self.tracks, code)

    def target_group(self, code: str) -> TargetGroup:
        """The legal group of that code. Raises KeyError."""
        return _by_code(self.target_groups, code)


Coded = TypeVar("Coded", TargetGroup, ExemptionReason, MeetingKind, Location, Track)


def _by_code(items: tuple[Coded, ...], code: str) -> Coded:
    for item in items:
        if item.code == code:
            return item
    raise KeyError(code)


def profile_codes() -> list[str]:
    """Profiles that ship."""
    return sorted(path.name for path in PROFILES.iterdir() if path.is_dir() and path.name != COMMON)


@lru_cache
def load_profile(code: str, *, demo: bool = False) -> Profile:
    """The profile, with the demo overlay when asked. Raises ContentError with the file that is
    wrong.
    """
    folder = PROFILES / code
    if code not in profile_codes():
        raise ContentError(
            folder, f"there is no profile {code!r}; known: {', '.join(profile_codes())}"
        )
    base = _mapping(folder, "profile.yaml")
    screening = _mapping(folder, "screening.yaml")
    if demo:
        screening |= read_yaml(PROFILES / "demo.yaml")["screening"]
    try:
        return Profile(
            code=code,
            title=base["title"],
            names=base["name"],
            offices=base["office"],
            phone=base["phone"],
            email=base["email"],
            hours=base["phone_hours"],
            answer_days=base["answer_days"],
            quiet_hours=tuple(base["quiet_hours"]),
            quick_exit_url=base["quick_exit_url"],
            theme=theme_css(base["theme"]),
            dpo_email=base["dpo_email"],
            languages_of_interpreters=tuple(base["languages_of_interpreters"]),
            target_groups=_many(TargetGroup, folder, "target-groups.yaml"),
            contact_rules=_many(ContactRule, folder, "contact-rules.yaml"),
            exemption_reasons=_many(ExemptionReason, folder, "exemption-reasons.yaml"),
            meeting_kinds=_many(MeetingKind, folder, "meeting-kinds.yaml"),
            locations=_many(Location, folder, "locations.yaml"),
            programmes=_many(Programme, folder, "programmes.yaml"),
            screening=_screening(screening),
            survey=_survey(_mapping(folder, "survey.yaml")),
            tracks=tuple(Track(**row) for row in base["tracks"]),
            area=base["area"],
            demand=_mapping(folder, "demand.yaml"),
            grace_days=int(base["grace_days"]),
            reminders_per_week=base["reminders_per_week"],
            closing_days=tuple(base["closing_days"]),
            answers_kept_months=int(base["answers_kept_months"]),
            case_kept_months=base["case_kept_months"],
            demand_sign_off=base["demand_sign_off"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError(
            folder / "profile.yaml", f"the profile lacks or misspells {error}"
        ) from error


def _layers(folder: Path, name: str) -> list[Any]:
    """The common file and the municipality's own, those that exist. Raises ContentError when there
    is neither.
    """
    files = [path for path in (PROFILES / COMMON / name, folder / name) if path.exists()]
    return [read_yaml(path) for path in files or [folder / name]]


def _mapping(folder: Path, name: str) -> dict[str, Any]:
    return {key: value for layer in _layers(folder, name) for key, value in layer.items()}


def _many(kind: type, folder: Path, name: str) -> tuple[Any, ...]:
    rows: dict[str, dict[str, Any]] = {}
    for layer in _layers(folder, name):
        for row in layer:
            rows[row["code"]] = {**rows.get(row["code"], {}), **row}
    items = []
    for row in rows.values():
        if row.get("leave_out"):
            continue
        try:
            items.append(
                kind(
                    **{
                        key: tuple(value) if isinstance(value, list) else value
                        for key, value in row.items()
                    }
                )
            )
        except TypeError as error:
            raise ContentError(folder / name, f"{row['code']}: {error}") from error
    return tuple(items)


def _screening(row: dict[str, Any]) -> ScreeningSettings:
    return ScreeningSettings(
        **{**row, "route_b": Switch(**row["route_b"]), "health": Switch(**row["health"])}
    )


def _survey(row: dict[str, Any]) -> Survey:
    asked = [
        SurveyQuestion(
            each["code"], each["text"], tuple(SurveyAnswer(**answer) for answer in each["answers"])
        )
        for each in row["questions"]
    ]
    return Survey(**{**row, "questions": tuple(asked)})

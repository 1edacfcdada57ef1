"""The municipality as data: name, groups, contact rules, meeting kinds, places, switches. Read once from content/profiles/."""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from jobunivers.shared.content import CONTENT, ContentError, localized, read_yaml

PROFILES = CONTENT / "profiles"


@dataclass(frozen=True)
class TargetGroup:
    """A legal group of unemployed people; decides which contact rules hold."""

    code: str
    name: dict[str, str]
    legal: str


@dataclass(frozen=True)
class ContactRule:
    """One rule of the contact course with its dates of validity and legal reference. Weeks count from the start of the spell."""

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
    theme_css: str | None
    dpo_email: str
    languages_of_interpreters: tuple[str, ...]
    target_groups: tuple[TargetGroup, ...]
    contact_rules: tuple[ContactRule, ...]
    meeting_kinds: tuple[MeetingKind, ...]
    locations: tuple[Location, ...]
    screening: ScreeningSettings
    tracks: tuple[Track, ...]
    demand: dict[str, Any] = field(default_factory=dict)
    reminders_per_week: int = 3  # invitations and reminders a person gets at most; confirmations always go
    closing_days: tuple[str, ...] = ()  # "12-24": every year
    demand_sign_off: bool = False  # texts on rights that no editor has signed off are shown in Danish

    def text(self, texts: dict[str, str], code: str) -> str:
        """A text of the profile in that language, Danish when it lacks one."""
        return str(localized(texts, code))

    def kind(self, code: str) -> MeetingKind:
        """The meeting kind of that code. Raises KeyError."""
        return _by_code(self.meeting_kinds, code)

    def location(self, code: str) -> Location:
        """The place of that code. Raises KeyError."""
        return _by_code(self.locations, code)

    def track(self, code: str) -> Track:
        """The track of that code. Raises KeyError."""
        return _by_code(self.tracks, code)

    def target_group(self, code: str) -> TargetGroup:
        """The legal group of that code. Raises KeyError."""
        return _by_code(self.target_groups, code)


Coded = TypeVar("Coded", TargetGroup, MeetingKind, Location, Track)


def _by_code(items: tuple[Coded, ...], code: str) -> Coded:
    for item in items:
        if item.code == code:
            return item
    raise KeyError(code)


def profile_codes() -> list[str]:
    """Profiles that ship."""
    return sorted(path.name for path in PROFILES.iterdir() if path.is_dir())


@lru_cache
def load_profile(code: str, *, demo: bool = False) -> Profile:
    """The profile, with the demo overlay when asked. Raises ContentError with file and line."""
    folder = PROFILES / code
    if not folder.is_dir():
        raise ContentError(folder, f"there is no profile {code!r}; known: {', '.join(profile_codes())}")
    base = read_yaml(folder / "profile.yaml")
    screening = read_yaml(folder / "screening.yaml")
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
            theme_css=base["theme_css"],
            dpo_email=base["dpo_email"],
            languages_of_interpreters=tuple(base["languages_of_interpreters"]),
            target_groups=_many(TargetGroup, folder, "target-groups.yaml"),
            contact_rules=_many(ContactRule, folder, "contact-rules.yaml"),
            meeting_kinds=_many(MeetingKind, folder, "meeting-kinds.yaml"),
            locations=_many(Location, folder, "locations.yaml"),
            screening=_screening(screening),
            tracks=tuple(Track(**row) for row in base["tracks"]),
            demand=read_yaml(folder / "demand.yaml"),
            reminders_per_week=base.get("reminders_per_week", 3),
            closing_days=tuple(base.get("closing_days", ())),
            demand_sign_off=base.get("demand_sign_off", False),
        )
    except (KeyError, TypeError) as error:
        raise ContentError(folder / "profile.yaml", f"the profile lacks or misspells {error}") from error


def _many(kind: type, folder: Any, name: str) -> tuple[Any, ...]:
    items = []
    for row in read_yaml(folder / name):
        try:
            items.append(kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}))
        except TypeError as error:
            raise ContentError(folder / name, f"{row.get('code', '?')}: {error}") from error
    return tuple(items)


def _screening(row: dict[str, Any]) -> ScreeningSettings:
    return ScreeningSettings(**{**row, "route_b": Switch(**row["route_b"]), "health": Switch(**row["health"])})

"""Words and plain values of booking. All instants are aware UTC; minutes of a window are on the
Danish wall clock.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from jobunivers.shared.profile_types import Form as Form  # whoever books names it from here

PLACES = frozenset({Form.OFFICE, Form.LIBRARY})


class AppointmentStatus(StrEnum):
    """What became of a meeting; moving keeps `booked` and leaves a history row."""

    REQUESTED = "requested"
    BOOKED = "booked"
    HELD = "held"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Actor:
    """Who does it: the citizen, her helper, staff, or whoever holds the link. Goes into history and
    audit.
    """

    user_id: UUID | None
    role: str  # citizen, helper, caseworker, link, system

    @property
    def is_office(self) -> bool:
        return self.role not in ("citizen", "helper", "link")


@dataclass(frozen=True)
class Place:
    """A place of meetings and how many rooms can be in use at once."""

    code: str
    form: Form
    rooms: int


@dataclass(frozen=True)
class Window:
    """A weekly time in which a caseworker offers meetings. Monday is 0; `ends_minute` may be 1440."""

    user_id: UUID
    weekday: int
    starts_minute: int
    ends_minute: int
    forms: frozenset[str]
    location: str | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class Busy:
    """A time already taken: of a caseworker (`user_id`, with her minutes before and after), of the
    citizen, or of a room.
    """

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Wish:
    """What kind of time is looked for: how to meet, how long, and between which instants it may
    begin.
    """

    form: Form
    minutes: int
    before: int
    after: int
    earliest_at: datetime
    latest_at: datetime


@dataclass(frozen=True)
class Diary:
    """Everything that decides whether a time is free. Caseworkers come in the order in which they
    are to be offered.
    """

    hosts: tuple[UUID, ...]
    windows: tuple[Window, ...] = ()
    busy: dict[UUID, tuple[Busy, ...]] = field(default_factory=dict)
    absent: dict[UUID, tuple[Busy, ...]] = field(default_factory=dict)
    citizen_busy: tuple[Busy, ...] = ()
    room_busy: dict[str, tuple[Busy, ...]] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    closed_places: frozenset[tuple[date, str]] = frozenset()


@dataclass(frozen=True)
class Hosts:
    """Who could hold a meeting with this citizen, and what her record says about meetings."""

    own: tuple[UUID, ...]
    others: tuple[UUID, ...]
    names: dict[UUID, str]
    interpreter_language: str | None
    phone: str
    access_needs: str


@dataclass(frozen=True)
class Slot:
    """A time that can be booked now. Computed, never stored."""

    starts_at: datetime
    ends_at: datetime
    host_id: UUID
    form: Form
    location: str | None


@dataclass(frozen=True)
class Choice:
    """What is to be booked. `starts_at` to `ends_at` is the meeting itself; before and after are
    the caseworker's minutes.
    """

    kind: str
    slot: Slot
    before: int
    after: int
    rooms: int = 0
    interpreter_language: str | None = None
    has_companion: bool = False
    access_needs: str = ""
    phone: str = ""
    need_id: UUID | None = None


@dataclass(frozen=True)
class PointLine:
    """One of the citizen's own points for a meeting."""

    id: UUID
    text: str


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as pages show it."""

    id: UUID
    citizen_id: UUID
    citizen_name: str
    host_id: UUID
    host_name: str
    kind: str
    form: Form
    location: str | None
    starts_at: datetime
    ends_at: datetime
    status: AppointmentStatus
    sequence: int
    interpreter_language: str | None
    has_companion: bool
    access_needs: str
    phone: str
    video_url: str
    need_id: UUID | None
    survey_open: bool | None = None
    points: tuple[PointLine, ...] = ()
    locale: str = "da"

    @property
    def is_booked(self) -> bool:
        return self.status is AppointmentStatus.BOOKED

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True)
class DayPart:
    """A part of a caseworker's week: one day with its meetings, or a run of working days without
    any. `closed` says why nobody works.
    """

    first: date
    last: date
    meetings: tuple[MeetingLine, ...] = ()
    closed: str = ""

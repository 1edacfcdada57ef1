"""Words of the caseload."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Outcome(StrEnum):
    """Why a spell out of work ended."""

    JOB = "job"
    EDUCATION = "education"
    SICK_LEAVE = "sick_leave"
    PARENTAL_LEAVE = "parental_leave"
    PENSION = "pension"
    MOVED = "moved"
    DEATH = "death"
    OTHER = "other"


class Purpose(StrEnum):
    """Why a member of staff opens a record. OWN_CASELOAD, INTAKE and ENDING (she has just registered her,
    or ended her period) and POST (a letter to print) are known to the system, the others are picked.
    """

    OWN_CASELOAD = "own_caseload"
    STANDING_IN = "standing_in"
    CITIZEN_CALLED = "citizen_called"
    MEETING = "meeting"
    SUPERVISION = "supervision"
    INTAKE = "intake"
    ENDING = "ending"
    POST = "post"


PICKED_PURPOSES = (
    Purpose.STANDING_IN,
    Purpose.CITIZEN_CALLED,
    Purpose.MEETING,
    Purpose.SUPERVISION,
)


class AwayFor(StrEnum):
    """Why a member of staff is away; illness is "other", and no more is asked."""

    HOLIDAY = "holiday"
    COURSE = "course"
    OTHER = "other"


class Duplicate(StrEnum):
    """What a new citizen shares with one we know."""

    CPR = "cpr"
    PERSON_ID = "person_id"


class WayIn(StrEnum):
    """A way into a case that staff has asked for, and that somebody else must say yes to."""

    ADDRESS = "address"
    EMAIL_LOG_IN = "email_log_in"
    HELPER = "helper"
    LOG_IN = "log_in"


class Answer(StrEnum):
    """What became of such a wish."""

    WAITING = "waiting"
    AGREED = "agreed"
    REFUSED = "refused"


class Intake(StrEnum):
    """What became of a line of an imported file."""

    REGISTERED = "registered"
    OUT_OF_WORK_AGAIN = "out of work again"
    KNOWN = "known already"


@dataclass(frozen=True)
class SpellEnd:
    """A spell that ends, for features above: `keep` are coming meetings that stand all the same."""

    citizen_id: UUID
    outcome: Outcome
    now: datetime
    by_user_id: UUID | None
    keep: frozenset[UUID] = frozenset()

    @property
    def is_death(self) -> bool:
        return self.outcome is Outcome.DEATH


@dataclass(frozen=True)
class Undoing:
    """An end of a spell that may still be taken back. `ended_at` is its moment, `until` the last."""

    citizen_id: UUID
    ended_at: datetime
    until: datetime
    outcome: Outcome
    channel: str | None = None


@dataclass(frozen=True)
class CaseloadRow:
    """One citizen in a list. `is_own` is false for a colleague's in the same team."""

    id: UUID
    name: str
    name_key: str
    locale: str
    interpreter_language: str | None
    started_on: date
    target_group: str
    caseworker: str | None
    is_own: bool
    last_seen_at: datetime | None
    ended_on: date | None = None


@dataclass(frozen=True)
class AbsenceLine:
    """When a colleague is away, and who stands in. `substitute` is None when nobody was named, or
    whoever was has left.
    """

    id: UUID
    user_id: UUID
    name: str
    starts_at: datetime
    ends_at: datetime
    reason: AwayFor
    substitute: str | None

    @property
    def last_day(self) -> datetime:
        """A moment of the last day away."""
        return self.ends_at - timedelta(minutes=1)


@dataclass(frozen=True)
class Movable:
    """Somebody out of work who can be given another caseworker; whose she is now, if anybody's."""

    id: UUID
    name: str
    from_id: UUID | None
    caseworker: str
    team_id: UUID | None


@dataclass(frozen=True)
class Wanted:
    """One change as the preview showed it: whom, from whom (None: nobody), to whom."""

    citizen_id: UUID
    from_id: UUID | None
    to_id: UUID


@dataclass(frozen=True)
class MoveMade:
    """Changes of caseworker made together, and until when they can be taken back."""

    batch: UUID
    count: int
    to: tuple[str, ...]
    at: datetime
    until: datetime


@dataclass(frozen=True)
class TeamChoice:
    """A team with the groups whose new citizens come to it."""

    id: UUID
    name: str
    target_groups: tuple[str, ...]


@dataclass(frozen=True)
class Helper:
    """Somebody who acts for a citizen. `scope` is "all" or "meetings"."""

    id: UUID
    name: str
    email: str | None
    scope: str
    valid_to: date | None


@dataclass(frozen=True)
class Unmatched:
    """A log-in whose person we do not know yet."""

    id: UUID
    user_id: UUID
    name: str
    seen_at: datetime


@dataclass(frozen=True)
class Wish:
    """A way in that waits for a yes, in words for whoever may give it."""

    id: UUID
    citizen_id: UUID
    citizen: str
    way: WayIn
    params: dict[str, Any]
    reason: str
    asked_by: UUID | None
    asked_by_name: str
    asked_at: datetime

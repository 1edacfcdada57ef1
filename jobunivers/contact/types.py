"""Words and plain values of the contact course."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class NeedStatus(StrEnum):
    """A need for a meeting: open until a meeting is booked for it, or closed by a person with a
    reason.
    """

    OPEN = "open"
    MET = "met"
    CLOSED = "closed"


class TaskKind(StrEnum):
    """What a member of staff is asked to do. Codes, so that each reader gets her own language."""

    CALL_UNCLEAR = "call_unclear"
    CALL_NO_ANSWER = "call_no_answer"
    MISSED_MEETING = "missed_meeting"
    NO_SLOT_FOUND = "no_slot_found"
    NO_TIME_FITS = "no_time_fits"
    CANNOT_BEFORE_DEADLINE = "cannot_before_deadline"
    DEADLINE_PASSED = "deadline_passed"
    BOOK_FOR_CITIZEN = "book_for_citizen"
    CANCELLED_LATE = "cancelled_late"
    NO_OUTCOME = "no_outcome"
    NO_NEXT_CONTACT = "no_next_contact"
    CLOSED_DAY = "closed_day"
    FIND_ANOTHER_TIME = "find_another_time"
    HOST_AWAY = "host_away"
    HOST_LEFT = "host_left"
    TELL_OF_CHANGE = "tell_of_change"
    OBJECTION = "objection"
    OTHER = "other"


# Tasks that are done when the meeting has another time or person, or is off.
FINDS_A_TIME = (TaskKind.CLOSED_DAY.value, TaskKind.HOST_AWAY.value, TaskKind.HOST_LEFT.value)


class ExemptionScope(StrEnum):
    """What somebody is exempt from."""

    SELF_BOOKING = "self_booking"
    TALKS = "talks"


class MeetingState(StrEnum):
    """What a meeting means for the contact course. UNRECORDED: the day is gone and nobody has said
    yet whether it was held.
    """

    COMING = "coming"
    HELD = "held"
    UNRECORDED = "unrecorded"


@dataclass(frozen=True)
class MeetingFact:
    """A meeting as the contact rules see it: its kind, its day in Denmark, and what became of it."""

    kind: str
    on: date
    state: MeetingState


@dataclass(frozen=True)
class NeedFact:
    """A need as the contact rules see it. `reason` is the code of the rule that opened it, or
    another word.
    """

    id: UUID
    kind: str
    reason: str
    deadline_on: date | None
    status: NeedStatus = NeedStatus.OPEN
    is_invited: bool = True  # False: there were no times yet, so she was not asked
    earliest_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.status is NeedStatus.OPEN


@dataclass(frozen=True)
class Course:
    """One citizen's contact course in the spell that is going on: all that the rules look at."""

    citizen_id: UUID
    spell_id: UUID
    target_group: str
    started_on: date
    meetings: tuple[MeetingFact, ...] = ()
    needs: tuple[NeedFact, ...] = ()
    has_task: bool = False  # an open task that is due within five working days, or overdue
    books_herself: bool = True  # False: exempt from booking herself, so staff books
    is_exempt: bool = False  # exempt from talks for a time


@dataclass(frozen=True)
class OwnTime:
    """How far ahead a coming meeting may lie and still be a next contact: of any kind so many days
    from today (`kind` is empty), of a kind that belongs to a week so many days from the start.
    """

    groups: tuple[str, ...]
    kind: str
    days: int


@dataclass(frozen=True)
class NewNeed:
    """A need that a rule asks for today. Days are Danish; `replaces` are open needs that this one
    makes superfluous.
    """

    kind: str
    rule: str
    legal: str
    earliest_on: date
    deadline_on: date
    key: str
    replaces: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class WantedTime:
    """Somebody who would be invited to a meeting of this kind, between these days."""

    citizen_id: UUID
    kind: str
    earliest_on: date | None
    deadline_on: date | None


@dataclass(frozen=True)
class NewTask:
    """Something that a named member of staff must do about a citizen."""

    what: TaskKind
    due_on: date
    key: str


@dataclass(frozen=True)
class OpenNeed:
    """An invitation as the citizen sees it. `legal` is shown under "why"."""

    id: UUID
    kind: str
    reason: str
    legal: str
    earliest_on: date | None
    deadline_on: date | None
    invited_at: datetime | None
    is_called: bool = False  # exempt from booking herself, or no times yet: somebody calls her


@dataclass(frozen=True)
class Asked:
    """Somebody of staff was asked to call, and by when. Without a name a colleague does it."""

    due_on: date
    name: str


@dataclass(frozen=True)
class TaskLine:
    """A task on a member of staff's list."""

    id: UUID
    citizen_id: UUID
    citizen_name: str
    what: str
    note: str
    due_on: date
    user_id: UUID
    done_at: datetime | None
    key: str | None = None
    for_name: str = ""  # the colleague who is away, and whose task it is

    @property
    def meeting_id(self) -> str | None:
        """The meeting for which another time or person is to be found."""
        finds = self.what in FINDS_A_TIME
        return self.key.rpartition(":")[2] if finds and self.key else None


@dataclass(frozen=True)
class ListLine:
    """A citizen on one of the lists in which nobody is lost."""

    citizen_id: UUID
    name: str
    started_on: date
    caseworker: str | None
    last_held_at: datetime | None
    next_meeting_at: datetime | None
    deadline_on: date | None
    task_due_on: date | None


@dataclass(frozen=True)
class Closing:
    """A day that an administrator has closed; `location` is empty for the whole office."""

    id: UUID
    on: date
    location: str
    label: str


@dataclass(frozen=True)
class Closed:
    """When nobody meets: whole days (also public holidays), and (day, place) for places closed
    alone.
    """

    days: frozenset[date]
    places: frozenset[tuple[date, str]] = frozenset()


@dataclass(frozen=True)
class Applied:
    """What one run of the contact rules did, for the log and the simulation. `without_times`: not
    invited, because there was nothing to book.
    """

    looked_at: int = 0
    invited: int = 0
    without_times: int = 0
    tasks: int = 0
    nobody_responsible: int = 0

"""What a caseworker needs to see when she sits down: the next meeting, people she is about to lose,
tasks, messages.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from jobunivers.booking import queries as booking
from jobunivers.booking.notices import form_words
from jobunivers.booking.types import MeetingLine
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import queries as caseload
from jobunivers.contact import list_queries
from jobunivers.contact import queries as contact
from jobunivers.contact import rules as contact_rules
from jobunivers.contact.notices import kind_name
from jobunivers.contact.types import ListLine
from jobunivers.contact.words import Task, tasks_in_words
from jobunivers.identity.types import Grant, Viewer
from jobunivers.messages import queries as messages
from jobunivers.screening import flag_queries
from jobunivers.screening.catalogue import reason_text
from jobunivers.screening.types import QueueRow
from jobunivers.shared import clock, i18n
from jobunivers.shared.seen import not_shown

SHOWN = 5
COUNTED = 100  # lists are read so far and no further; the page says "100" for more
SOON = timedelta(minutes=10)
LONGEST_CLOSED = timedelta(days=60)


@dataclass(frozen=True)
class Meeting:
    """One of today's meetings in words."""

    line: MeetingLine
    what: str
    how: str
    is_next: bool
    is_soon: bool


@dataclass(frozen=True)
class Waiting:
    """A citizen who waits for an answer."""

    citizen_id: UUID
    name: str
    since: datetime
    count: int
    for_name: str = ""  # the colleague who is away, and whose citizen it is


@dataclass(frozen=True)
class FlagRow:
    """Somebody who may want more help, with the reason in words."""

    id: UUID
    name: str
    reasons: str
    days: int


@dataclass(frozen=True)
class Desk:
    """Everything on the page."""

    next_day: date | None  # the next working day on a closed day, else None
    meetings: list[Meeting]
    without_outcome: int
    flags: list[FlagRow]
    flag_count: int
    replies: int
    lost: list[ListLine]
    lost_count: int
    tasks: list[Task]
    waiting: list[Waiting]


def read(person: Viewer, now: datetime) -> Desk:
    """The page's content; the number of queries does not grow with the number of citizens."""
    today, me = clock.danish_day(now), person.user_id
    day, meetings = _day_to_show(me, today)
    others = absences.stood_in_for(me, now)
    unanswered = messages.list_unanswered(caseload.visible_ids(me, others=others))
    whose = caseload.caseworkers_of(row.citizen_id for row in unanswered) if others else {}
    sees_health = person.may(Grant.HEALTH_ANSWERS)
    queue, replies = flag_queries.list_for_desk(me, sees_health=sees_health, limit=COUNTED)
    lost = list_queries.without_next_contact(today=today, now=now, user_id=me, limit=COUNTED)
    not_shown(row.citizen_id for row in [*queue[SHOWN:], *replies])
    not_shown(row.citizen_id for row in lost[SHOWN:])
    lines = contact.list_tasks(me, done_since=contact.start_of(today), others=others)
    tasks = tasks_in_words(lines, today)
    names = {task.line.citizen_id: task.line.citizen_name for task in tasks}
    unknown = [row.citizen_id for row in unanswered if row.citizen_id not in names]
    names |= caseload.names_of(unknown) if unknown else {}
    return Desk(
        next_day=day if day != today else None,
        flags=[flag_row(row, now) for row in queue[:SHOWN]],
        flag_count=len(queue),
        replies=len(replies),
        meetings=in_words(meetings, now),
        without_outcome=booking.count_without_outcome(me, now),
        lost=lost[:SHOWN],
        lost_count=len(lost),
        tasks=tasks,
        waiting=[
            Waiting(
                row.citizen_id,
                names[row.citizen_id],
                row.since,
                row.count,
                others.get(whose.get(row.citizen_id, me), ""),
            )
            for row in unanswered
        ],
    )


def _day_to_show(me: UUID, today: date) -> tuple[date, list[MeetingLine]]:
    """Today with its meetings; without any, and on a closed day, the next working day with its own."""
    meetings = booking.list_todays_appointments(me, today)
    if meetings:
        return today, meetings
    day = contact_rules.next_working_day(today, contact.closed_days(today, today + LONGEST_CLOSED))
    return day, meetings if day == today else booking.list_todays_appointments(me, day)


def in_words(lines: list[MeetingLine], now: datetime) -> list[Meeting]:
    """Meetings in the reader's words; the first that is not over is the next."""
    code = i18n.choose_locale()
    coming = next((line.id for line in lines if line.is_booked and line.ends_at > now), None)
    return [
        Meeting(
            line,
            kind_name(line.kind, code),
            form_words(line.form.value),
            is_next=line.id == coming,
            is_soon=line.starts_at - now <= SOON,
        )
        for line in lines
    ]


def flag_row(row: QueueRow, now: datetime) -> FlagRow:
    """A flag with its reasons in words and how many days it has waited."""
    reasons = [
        words for code in row.reasons if (words := reason_text(code, i18n.choose_locale(), "staff"))
    ]
    return FlagRow(
        row.flag_id,
        row.name,
        " · ".join(reasons),
        (clock.danish_day(now) - clock.danish_day(row.raised_at)).days,
    )

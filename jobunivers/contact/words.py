"""Tasks in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from jobunivers.contact.types import TaskKind, TaskLine


@dataclass(frozen=True)
class Task:
    """Something to do about a citizen, in words."""

    line: TaskLine
    what: str
    is_due: bool


def tasks_in_words(lines: Iterable[TaskLine], today: date) -> list[Task]:
    """The tasks as a page shows them."""
    return [Task(line, task_words(line.what), line.due_on <= today) for line in lines]


def task_words(what: str) -> str:
    """A task's code in words."""
    words: dict[str, str] = {
        TaskKind.CALL_UNCLEAR: _("Call: the answers leave something open"),
        TaskKind.CALL_NO_ANSWER: _("Call: has not answered the questionnaire"),
        TaskKind.MISSED_MEETING: _("Call: did not come to the meeting"),
        TaskKind.NO_SLOT_FOUND: _("Find a time: there was none before the deadline"),
        TaskKind.NO_TIME_FITS: _("Find a time: none of the free ones fits"),
        TaskKind.CANNOT_BEFORE_DEADLINE: _("Call: cannot come before the deadline"),
        TaskKind.DEADLINE_PASSED: _("Call: the day to book by has passed"),
        TaskKind.BOOK_FOR_CITIZEN: _("Book a meeting for this person"),
        TaskKind.TELL_OF_CHANGE: _(
            "Call: no message reaches her before a meeting or event that is off"
        ),
        TaskKind.OBJECTION: _("Answer: the citizen sees a decision differently"),
        TaskKind.CANCELLED_LATE: _("Call: cancelled shortly before"),
        TaskKind.NO_OUTCOME: _("Write down whether the meeting took place"),
        TaskKind.NO_NEXT_CONTACT: _("Agree on the next contact"),
        TaskKind.CLOSED_DAY: _(
            "Call and find another time: we are closed on the day of the meeting"
        ),
        TaskKind.FIND_ANOTHER_TIME: _("Call and find another time for the meeting"),
        TaskKind.HOST_AWAY: _("Find another time or person: a colleague is away"),
        TaskKind.HOST_LEFT: _("Find another time or person: a colleague has left"),
        TaskKind.OTHER: _("To do"),
    }
    return words.get(what, words[TaskKind.OTHER])

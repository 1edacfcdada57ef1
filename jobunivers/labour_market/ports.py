"""What a reader may keep of the labour market. Her goals, her planner and her meetings lie above;
`wiring.py` connects them.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

Keep = Callable[[UUID, str, str], None]
_titles: list[Callable[[UUID, str], None]] = []
_tasks: list[Keep] = []
_points: list[Callable[[UUID, str, datetime], str]] = []


def titles_go_to(keep: Callable[[UUID, str], None]) -> None:
    """Sets where a job title is kept: keep(owner_id, title), inside the caller's transaction."""
    _titles[:] = [keep]


def keep_title(owner_id: UUID, title: str) -> None:
    """Puts a job title among the reader's goals."""
    for keep in _titles:
        keep(owner_id, title)


def jobs_go_to(keep: Keep) -> None:
    """Sets where a job to apply for is kept: keep(owner_id, what, when), inside the caller's
    transaction.
    """
    _tasks[:] = [keep]


def keep_job(owner_id: UUID, what: str, when: str) -> None:
    """Puts a job, with its deadline in words, into the reader's plan."""
    for keep in _tasks:
        keep(owner_id, what, when)


def points_go_to(keep: Callable[[UUID, str, datetime], str]) -> None:
    """Sets where a question for the next meeting is kept: keep(owner_id, text, now) returns the
    page that shows it.
    """
    _points[:] = [keep]


def ask_at_meeting(owner_id: UUID, text: str, now: datetime) -> str:
    """Puts a question on the points of the next meeting. Returns the page that shows them. Raises
    Conflict when there are too many.
    """
    return [keep(owner_id, text, now) for keep in _points][-1]

"""What a reader may keep of the labour market. Her goals, her planner and her meetings lie above."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from jobunivers.shared.house import Port

# Each is called inside the caller's transaction.
TITLES: Port[Callable[[UUID, str], object]] = Port("labour_market.titles")
TASKS: Port[Callable[[UUID, str, str], object]] = Port("labour_market.tasks")
POINTS: Port[Callable[[UUID, str, datetime], str]] = Port("labour_market.points")


def keep_title(owner_id: UUID, title: str) -> None:
    """Puts a job title among the reader's goals."""
    TITLES()(owner_id, title)


def keep_job(owner_id: UUID, what: str, when: str) -> None:
    """Puts a job, with its deadline in words, into the reader's plan."""
    TASKS()(owner_id, what, when)


def ask_at_meeting(owner_id: UUID, text: str, now: datetime) -> str:
    """Puts a question on the points of the next meeting. Returns the page that shows them. Raises
    Conflict when there are too many.
    """
    return POINTS()(owner_id, text, now)

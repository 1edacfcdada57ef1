"""What a reader may keep of the labour market. Her goals and her planner lie above; `wiring.py` connects them."""

from collections.abc import Callable
from uuid import UUID

Keep = Callable[[UUID, str, str], None]
_titles: list[Callable[[UUID, str], None]] = []
_tasks: list[Keep] = []


def titles_go_to(keep: Callable[[UUID, str], None]) -> None:
    """Sets where a job title is kept: keep(owner_id, title), inside the caller's transaction."""
    _titles[:] = [keep]


def keep_title(owner_id: UUID, title: str) -> None:
    """Puts a job title among the reader's goals."""
    for keep in _titles:
        keep(owner_id, title)


def jobs_go_to(keep: Keep) -> None:
    """Sets where a job to apply for is kept: keep(owner_id, what, when), inside the caller's transaction."""
    _tasks[:] = [keep]


def keep_job(owner_id: UUID, what: str, when: str) -> None:
    """Puts a job, with its deadline in words, into the reader's plan."""
    for keep in _tasks:
        keep(owner_id, what, when)

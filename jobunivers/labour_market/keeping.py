"""What a reader may keep of the labour market. Her goals and her planner lie above; `wiring.py` connects them."""

from collections.abc import Callable
from uuid import UUID

KeepTitle = Callable[[UUID, str], None]
_titles: list[KeepTitle] = []


def titles_go_to(keep: KeepTitle) -> None:
    """Sets where a job title is kept: keep(owner_id, title), inside the caller's transaction."""
    _titles[:] = [keep]


def keep_title(owner_id: UUID, title: str) -> None:
    """Puts a job title among the reader's goals."""
    for keep in _titles:
        keep(owner_id, title)

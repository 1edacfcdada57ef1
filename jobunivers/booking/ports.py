"""What else she has said yes to (events), for the page of her meetings. Another feature knows;
`wiring.py` connects the two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class OtherDate:
    """Something she goes to that is no meeting with us. `title` is in the reader's language."""

    title: str
    href: str
    starts_at: datetime
    is_sure: bool  # False: she waits for a seat


_readers: list[Callable[[UUID, datetime], Sequence[OtherDate]]] = []


def come_from(read: Callable[[UUID, datetime], Sequence[OtherDate]]) -> None:
    """Sets where they come from: read(citizen_id, now)."""
    _readers[:] = [read]


def list_others(citizen_id: UUID, now: datetime) -> Sequence[OtherDate]:
    """Those that are not over, the first to begin first."""
    return _readers[0](citizen_id, now) if _readers else ()

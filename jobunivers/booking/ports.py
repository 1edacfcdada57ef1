"""What else she has said yes to (events), for the page of her meetings. Another feature knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobunivers.shared.house import Port


@dataclass(frozen=True)
class OtherDate:
    """Something she goes to that is no meeting with us. `title` is in the reader's language."""

    title: str
    href: str
    starts_at: datetime
    is_sure: bool  # False: she waits for a seat


OTHERS: Port[Callable[[UUID, datetime], Sequence[OtherDate]]] = Port("booking.others")


def list_others(citizen_id: UUID, now: datetime) -> Sequence[OtherDate]:
    """Those that are not over, the first to begin first."""
    return OTHERS()(citizen_id, now)

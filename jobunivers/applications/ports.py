"""Who sends a letter. The CV knows; `wiring.py` connects the two, for features do not know each
other.
"""

from collections.abc import Callable
from uuid import UUID

from jobunivers.applications.types import Sender

_readers: list[Callable[[UUID], Sender]] = []


def provide(read: Callable[[UUID], Sender]) -> None:
    """Sets where the sender comes from."""
    _readers[:] = [read]


def sender_of(owner_id: UUID) -> Sender:
    """Name and contact for the top of a letter; empty when nobody knows them yet."""
    return _readers[0](owner_id) if _readers else Sender()

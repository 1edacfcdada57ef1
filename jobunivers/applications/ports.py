"""Who sends a letter. The CV knows; features do not know each other, so this one only asks."""

from collections.abc import Callable
from uuid import UUID

from jobunivers.applications.types import Sender
from jobunivers.shared.house import Port

SENDER: Port[Callable[[UUID], Sender]] = Port("applications.sender")


def sender_of(owner_id: UUID) -> Sender:
    """Name and contact for the top of a letter; empty when nobody knows them yet."""
    return SENDER()(owner_id)

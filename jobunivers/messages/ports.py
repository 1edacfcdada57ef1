"""What messages must ask about citizens, who live in a package above."""

from collections.abc import Callable
from uuid import UUID

from jobunivers.messages.types import Recipient
from jobunivers.shared.house import Port

RECIPIENT: Port[Callable[[UUID], Recipient]] = Port("messages.recipient")


def recipient_of(citizen_id: UUID) -> Recipient:
    """How the citizen is reached now."""
    return RECIPIENT()(citizen_id)

"""What log-in must ask about citizens, who live in a package above."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from jobunivers.shared.addresses import address_key
from jobunivers.shared.house import Port


class Citizens(Protocol):
    """Who knows the citizens."""

    def match(self, person: str) -> UUID | None:
        """The citizen with a broker's person identifier."""

    def name_of(self, citizen_id: UUID) -> str:
        """What she is called."""

    def address_of(self, citizen_id: UUID) -> str | None:
        """The e-mail address of her record."""

    def tell(self, citizen_id: UUID, what: str) -> object:
        """Tells her that a way into her case has changed."""


CITIZENS: Port[Citizens] = Port("identity.citizens")
# What becomes of the work of somebody who has left, or is a caseworker no more: who, by whom, when.
LEFT: Port[Callable[[UUID, UUID | None, datetime], object]] = Port("identity.left")


def match(person: str) -> UUID | None:
    """The citizen with the broker's person identifier, or None."""
    return CITIZENS().match(person)


def name_of(citizen_id: UUID) -> str:
    """What the citizen is called, for the helper's banner."""
    return CITIZENS().name_of(citizen_id)


def address_of(citizen_id: UUID) -> str | None:
    """The e-mail address of the citizen's record in small letters, or None."""
    address = CITIZENS().address_of(citizen_id)
    return address_key(address) if address else None


def tell(citizen_id: UUID, what: str) -> None:
    """Tells the citizen by her safe way that a way into her case has changed."""
    CITIZENS().tell(citizen_id, what)

"""What log-in must ask about citizens, who live in a package above: answered by functions that
wiring registers.
"""

from collections.abc import Callable
from uuid import UUID

from jobunivers.shared.addresses import address_key

_match: Callable[[str], UUID | None] = lambda person: None  # noqa: E731 -- stands in until wiring registers the real one
_name: Callable[[UUID], str] = lambda citizen_id: ""  # noqa: E731

_address: Callable[[UUID], str | None] = lambda citizen_id: None  # noqa: E731
_told: Callable[[UUID, str], object] = lambda citizen_id, what: None  # noqa: E731


def answered_by(
    *,
    match_person: Callable[[str], UUID | None],
    name_of_citizen: Callable[[UUID], str],
    address_of_citizen: Callable[[UUID], str | None],
    tell_citizen: Callable[[UUID, str], object],
) -> None:
    """Registers how a broker's person identifier finds a citizen, how she is called, which e-mail
    address her record has, and how she is told that a way into her case has changed.
    """
    global _match, _name, _address, _told
    _match, _name = match_person, name_of_citizen
    _address, _told = address_of_citizen, tell_citizen


def match(person: str) -> UUID | None:
    """The citizen with the broker's person identifier, or None."""
    return _match(person)


def name_of(citizen_id: UUID) -> str:
    """What the citizen is called, for the helper's banner."""
    return _name(citizen_id)


def address_of(citizen_id: UUID) -> str | None:
    """The e-mail address of the citizen's record in small letters, or None."""
    address = _address(citizen_id)
    return address_key(address) if address else None


def tell(citizen_id: UUID, what: str) -> None:
    """Tells the citizen by her safe way that a way into her case has changed."""
    _told(citizen_id, what)

"""What log-in must ask about citizens, who live in a package above: answered by functions that
wiring registers.
"""

from collections.abc import Callable
from uuid import UUID

_match: Callable[[str], UUID | None] = lambda person: None  # noqa: E731 -- stands in until wiring registers the real one
_name: Callable[[UUID], str] = lambda citizen_id: ""  # noqa: E731


def answered_by(
    *, match_person: Callable[[str], UUID | None], name_of_citizen: Callable[[UUID], str]
) -> None:
    """Registers how a broker's person identifier finds a citizen, and how a citizen is called."""
    global _match, _name
    _match, _name = match_person, name_of_citizen


def match(person: str) -> UUID | None:
    """The citizen with the broker's person identifier, or None."""
    return _match(person)


def name_of(citizen_id: UUID) -> str:
    """What the citizen is called, for the helper's banner."""
    return _name(citizen_id)

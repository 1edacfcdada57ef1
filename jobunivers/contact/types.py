"""Words of the contact course."""

from enum import StrEnum


class NeedStatus(StrEnum):
    """A need for a meeting: open until a meeting is booked for it, or closed by a person with a reason."""

    OPEN = "open"
    MET = "met"
    CLOSED = "closed"

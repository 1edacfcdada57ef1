"""Kinds of messages and how they leave the house."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """How a notice reaches a person."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"
    NONE = "none"


class JobState(StrEnum):
    """What became of an outbox job."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True)
class Recipient:
    """Whom a notice is for and how she may be reached. `locale` is her language; `address` is for letters on paper."""

    citizen_id: UUID
    name: str
    email: str | None
    phone: str | None
    address: str | None
    locale: str
    channel: Channel
    digital_post_exempt: bool

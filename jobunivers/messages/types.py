"""Kinds of messages and how they leave the house."""

from dataclasses import dataclass
from datetime import datetime
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


class Purpose(StrEnum):
    """Why a notice is sent. Caps hold for invitations and reminders; what a person herself set in
    motion is always confirmed.
    """

    CONFIRMATION = "confirmation"
    INVITATION = "invitation"
    REMINDER = "reminder"
    SURVEY = "survey"  # keeps to the cap, and takes no place from an invitation or reminder


COUNTED = frozenset({Purpose.INVITATION, Purpose.REMINDER})
CAPPED = COUNTED | {Purpose.SURVEY}


class Topic(StrEnum):
    """All that a subject line, an SMS or an envelope says."""

    MESSAGE = "message"
    MEETING = "meeting"


@dataclass(frozen=True)
class Recipient:
    """A citizen as the messages need her: how to reach her, and in which language."""

    citizen_id: UUID
    name: str
    email: str | None
    phone: str | None
    address: str | None
    locale: str
    channel: Channel = Channel.EMAIL
    digital_post_exempt: bool = False


@dataclass(frozen=True)
class Reach:
    """How a notice reaches a person, and when it leaves; None when she cannot know in time."""

    channel: Channel
    at: datetime | None


@dataclass(frozen=True)
class NoticeText:
    """A notice in one language, as it stands in the thread. `body` is plain text, paragraphs parted
    by empty lines; `link` a path of ours.
    """

    title: str
    body: str
    link: str = ""

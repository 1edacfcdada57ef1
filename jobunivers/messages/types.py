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
    CALL = "call"  # nothing else reaches her: somebody calls
    NONE = "none"


class JobState(StrEnum):
    """What became of an outbox job."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    HELD = "held"  # after a restore: it may have left before; `outbox retry` sends it


BY_HAND = (Channel.LETTER, Channel.CALL)  # somebody posts it, or calls


class Failure(StrEnum):
    """Why a message did not reach a person by the way that was tried."""

    NO_ADDRESS = "no_address"  # nothing is known that we could use
    UNREADABLE = "unreadable"  # no mail can be made to this address
    REFUSED = "refused"  # there is no such mailbox or number
    TURNED_DOWN = "turned_down"  # the server does not take this message
    BOUNCED = "bounced"  # it left, and came back
    GIVEN_UP = "given_up"  # tried for three days


DEAD = frozenset({Failure.UNREADABLE, Failure.REFUSED, Failure.BOUNCED})  # not to be tried again


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
class Outside:
    """What subject, first line and SMS may say: what happened, and when. Never what about, or with
    whom. `short` is for an SMS in which `text` and the link do not fit; `link` a whole address that
    opens without log-in, `short_link` the same for a line that has little room.
    """

    text: str
    short: str
    link: str = ""
    short_link: str = ""


@dataclass(frozen=True)
class NoticeText:
    """A notice in one language, as it stands in the thread. `body` is plain text, paragraphs parted
    by empty lines; `link` a path of ours.
    """

    title: str
    body: str
    link: str = ""

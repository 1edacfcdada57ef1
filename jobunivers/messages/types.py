"""Kinds of messages and how they leave the house."""

from enum import StrEnum


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

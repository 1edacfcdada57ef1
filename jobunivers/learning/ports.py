"""Where answers of exercises live: features offer keepsakes, `wiring.py` registers them, `learning`
never imports a feature.
"""

from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

NOTES = "notes"


class Keepsake(Protocol):
    """One real thing (the CV, a letter, ...) with named parts; `cv.profile` is part `profile` of
    keepsake `cv`.

    Values are what docs/content-format.md says for the kind of exercise: a text, a list of lines,
    rows of {what, when},
    an option, item -> group, or the items ticked.
    """

    prefix: str

    def parts(self) -> frozenset[str] | None:
        """Names of the parts; None when any name will do."""

    def read(self, owner_id: UUID, part: str, *, source: str) -> Any | None:
        """What is kept now, or None when nothing is. `source` is the exercise's key."""

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the value. Inside the caller's transaction."""

    def label(self, part: str) -> str:
        """The thing in the reader's language: 'your CV'."""

    def link(self, part: str) -> str:
        """Path of the page that shows it."""

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's content along: fills what is empty, appends to lists, never overwrites a
        text. Inside the caller's transaction.
        """


REGISTRY: dict[str, Keepsake] = {}


def register(keepsake: Keepsake) -> None:
    """Offers a keepsake under its prefix."""
    REGISTRY[keepsake.prefix] = keepsake


def find(name: str) -> tuple[Keepsake, str]:
    """The keepsake and part of a name like 'cv.profile'; `notes` is a keepsake with the part ''.
    Raises KeyError for an unknown one.
    """
    prefix, _dot, part = name.partition(".")
    keepsake = REGISTRY[prefix]
    known = keepsake.parts()
    if known is not None and part not in known:
        raise KeyError(name)
    return keepsake, part


def find_or_notes(name: str) -> tuple[Keepsake, str]:
    """The same, but an answer whose thing is not offered here is kept as a note rather than lost.
    `content check` refuses such names.
    """
    try:
        return find(name)
    except KeyError:
        return find(NOTES)

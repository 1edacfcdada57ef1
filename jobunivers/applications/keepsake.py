"""Exercises that write into a letter: always the newest one; one is made when there is none."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from jobunivers.applications import queries, services
from jobunivers.applications.types import LISTS, TEXTS


class LetterKeepsake:
    """The newest letter as a keepsake; see docs/artefacts.md."""

    prefix = "letter"

    def parts(self) -> frozenset[str]:
        """Demands, proofs and the call are lists; opening, middle and closing texts."""
        return frozenset((*LISTS, *TEXTS))

    def read(self, owner_id: UUID, part: str, *, source: str) -> str | list[str] | None:
        """What stands in the newest letter; None when nothing does."""
        letter = queries.find_newest_letter(owner_id)
        return (getattr(letter, part) or None) if letter else None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the value; inside the caller's transaction."""
        kept = [line or "" for line in value or []] if part in LISTS else str(value or "")
        services.keep_part(owner_id, part, kept, now=now)

    def label(self, part: str) -> str:
        """The thing in the reader's language."""
        return str(_("your application"))

    def link(self, part: str) -> str:
        """The page that shows it."""
        return url_for("letters.list_letters")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's letters along."""
        services.adopt(from_owner_id, to_owner_id)

"""Exercises that write job titles on one of the three tracks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from jobunivers.goals import queries, services
from jobunivers.goals.types import TRACKS


class GoalsKeepsake:
    """Job goals as a keepsake; see docs/artefacts.md."""

    prefix = "goals"

    def parts(self) -> frozenset[str]:
        """The tracks."""
        return frozenset(TRACKS)

    def read(self, owner_id: UUID, part: str, *, source: str) -> list[str] | None:
        """The titles on the track; None when there are none."""
        return queries.list_goals(owner_id)[part] or None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the titles; inside the caller's transaction."""
        services.keep_track(owner_id, part, value or [])

    def label(self, part: str) -> str:
        """The thing in the reader's language."""
        return str(_("your job goals"))

    def link(self, part: str) -> str:
        """The page that shows it."""
        return url_for("goals.show_goals")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's goals along."""
        services.adopt(from_owner_id, to_owner_id)

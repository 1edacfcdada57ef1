"""Exercises that write into the planner: each rewrites only its own lines."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from jobunivers.planner import queries, services
from jobunivers.planner.types import LISTS, Row


class PlannerKeepsake:
    """The planner as a keepsake. Values are rows {what, when} with `done` where a tick was set; see
    docs/artefacts.md.
    """

    prefix = "planner"

    def parts(self) -> frozenset[str]:
        """The lists."""
        return frozenset(LISTS)

    def read(self, owner_id: UUID, part: str, *, source: str) -> list[dict[str, Any]] | None:
        """The exercise's own lines; None when there are none."""
        rows = [
            {"what": entry.what, "when": entry.when} | ({"done": True} if entry.done_at else {})
            for entry in queries.list_entries(owner_id)[part]
            if entry.source == source
        ]
        return rows or None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the rows; inside the caller's transaction."""
        services.keep_rows(
            owner_id, part, [Row.read(item) for item in value or []], source=source, now=now
        )

    def label(self, part: str) -> str:
        """The thing in the reader's language."""
        return str(_("your planner"))

    def link(self, part: str) -> str:
        """The page that shows it."""
        return url_for("planner.show_planner")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's lines along."""
        services.adopt(from_owner_id, to_owner_id)

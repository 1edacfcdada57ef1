"""Questions about the planner. Only its owner ever asks them."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.planner.models import PlannerEntry
from jobunivers.planner.types import LISTS
from jobunivers.shared.errors import NotFound


def _in_order(owner_id: UUID) -> sa.Select[PlannerEntry]:
    query = sa.select(PlannerEntry).where(PlannerEntry.owner_id == owner_id)
    return query.order_by(
        PlannerEntry.list_name, PlannerEntry.position, PlannerEntry.created_at, PlannerEntry.id
    )


def list_entries(owner_id: UUID | None) -> dict[str, list[PlannerEntry]]:
    """List -> its lines in their order; all three lists are there."""
    lists: dict[str, list[PlannerEntry]] = {name: [] for name in LISTS}
    for entry in db.session.scalars(_in_order(owner_id)) if owner_id else ():
        lists.setdefault(entry.list_name, []).append(entry)
    return lists


def get_entry_for(owner_id: UUID | None, entry_id: UUID) -> PlannerEntry:
    """A line of the owner's planner. Raises NotFound."""
    entry = db.session.scalar(
        sa.select(PlannerEntry).where(
            PlannerEntry.id == entry_id, PlannerEntry.owner_id == owner_id
        )
    )
    if entry is None:
        raise NotFound
    return entry


def entry_values(entry: PlannerEntry) -> dict[str, Any]:
    """A line, as its form edits it."""
    return {"what": entry.what, "when": entry.when}


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """All that is stored, for /my/data."""
    return {
        name: [
            entry_values(entry) | {"done_at": entry.done_at.isoformat() if entry.done_at else None}
            for entry in entries
        ]
        for name, entries in list_entries(owner_id).items()
        if entries
    }

"""Changes to the planner."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.extensions import db
from jobunivers.identity.queries import lock_owner
from jobunivers.planner import queries, rules
from jobunivers.planner.models import PlannerEntry
from jobunivers.planner.types import LISTS, Row
from jobunivers.shared.editing import ensure_unchanged


def add_entry(owner_id: UUID, list_name: str, *, what: str, when: str = "") -> PlannerEntry:
    """A line of one's own at the end of a list; a line that says the same and is still open is not
    doubled (a second tap).
    """
    lock_owner(owner_id)
    entries = queries.list_entries(owner_id)[list_name]
    for entry in entries:
        if (entry.what, entry.when, entry.done_at) == (what, when, None):
            return entry
    entry = _entry(owner_id, list_name, Row(what, when), source="")
    _number([*entries, entry])
    return entry


def change_entry(
    owner_id: UUID, entry_id: UUID, values: Mapping[str, Any], *, version: str | None
) -> None:
    """A line's words. Raises NotFound, or Stale with what is stored."""
    lock_owner(owner_id)
    entry = queries.get_entry_for(owner_id, entry_id)
    ensure_unchanged(version, stored=queries.entry_values(entry), wanted=values)
    entry.what, entry.when = values["what"], values["when"]
    db.session.flush()


def tick(owner_id: UUID, entry_id: UUID, *, now: datetime) -> None:
    """Marks a line as done; a second tap changes nothing. Raises NotFound."""
    entry = queries.get_entry_for(owner_id, entry_id)
    entry.done_at = entry.done_at or now
    db.session.flush()


def untick(owner_id: UUID, entry_id: UUID) -> None:
    """Marks a line as not done. Raises NotFound."""
    queries.get_entry_for(owner_id, entry_id).done_at = None
    db.session.flush()


def delete_entry(owner_id: UUID, entry_id: UUID) -> None:
    """Takes a line out. Raises NotFound."""
    db.session.delete(queries.get_entry_for(owner_id, entry_id))
    db.session.flush()


def keep_rows(
    owner_id: UUID, list_name: str, rows: Sequence[Row], *, source: str, now: datetime
) -> None:
    """An exercise's lines as it left them. Lines of others stay; a tick made in the planner stays
    when the exercise says nothing of it.
    """
    lock_owner(owner_id)
    entries = queries.list_entries(owner_id)[list_name]
    own = [entry for entry in entries if entry.source == source]
    fresh = []
    for line, row in rules.match(own, [row for row in rows if row.what or row.when]):
        entry = line or _entry(owner_id, list_name, row, source=source)
        entry.when = row.when
        if row.done is not None:
            entry.done_at = (entry.done_at or now) if row.done else None
        fresh.append(entry)
    for entry in own:
        if entry not in fresh:
            db.session.delete(entry)
    _number(rules.insert_where_they_were(entries, own, fresh))


def adopt(from_owner_id: UUID, to_owner_id: UUID) -> None:
    """Moves a draft's lines to the end of the lists, but for those that are there already."""
    theirs, mine = queries.list_entries(from_owner_id), queries.list_entries(to_owner_id)
    for name in LISTS:
        known = {_identity(entry) for entry in mine[name]}
        moved = [entry for entry in theirs[name] if _identity(entry) not in known]
        for entry in moved:
            entry.owner_id = to_owner_id
        _number([*mine[name], *moved])


def _identity(entry: PlannerEntry) -> tuple[str, str]:
    """What makes two lines the same."""
    return entry.what, entry.when


def _entry(owner_id: UUID, list_name: str, row: Row, *, source: str) -> PlannerEntry:
    entry = PlannerEntry(
        owner_id=owner_id,
        list_name=list_name,
        source=source,
        what=row.what,
        when=row.when,
        position=0,
        done_at=None,
    )
    db.session.add(entry)
    return entry


def _number(entries: Sequence[PlannerEntry]) -> None:
    for position, entry in enumerate(entries):
        entry.position = position
    db.session.flush()

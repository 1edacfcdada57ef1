"""Another caseworker for citizens: what is to do about them goes along, and comes back with them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jobunivers.caseload import moving_services as caseload
from jobunivers.caseload.moving_services import Moved
from jobunivers.caseload.types import Wanted
from jobunivers.contact import task_services as tasks


def move(wanted: Sequence[Wanted], *, by_user_id: UUID, now: datetime) -> int:
    """Moves them with their tasks; how many."""
    _batch, moved = caseload.move(wanted, by_user_id=by_user_id, now=now)
    _hand_over(moved)
    return len(moved)


def undo(batch: UUID, *, by_user_id: UUID, now: datetime) -> int:
    """Takes it back, with the tasks; for how many. Raises Conflict when it is too late."""
    moved = caseload.undo(batch, by_user_id=by_user_id, now=now)
    _hand_over(moved)
    return len(moved)


def _hand_over(moved: Sequence[Moved]) -> None:
    for each in moved:
        tasks.hand_over(each.citizen_id, each.from_id, each.to_id, made_before=each.at)

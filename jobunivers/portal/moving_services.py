"""Another caseworker for citizens: what is to do about them goes along, and comes back with them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jobunivers.caseload import moving_services as caseload
from jobunivers.caseload.moving_services import Moved
from jobunivers.contact import task_services as tasks


def move(citizen_ids: Sequence[UUID], to_id: UUID, *, by_user_id: UUID, now: datetime) -> UUID:
    """Moves them with their tasks; the number under which it can be taken back."""
    batch, moved = caseload.move(citizen_ids, to_id, by_user_id=by_user_id, now=now)
    _hand_over(moved)
    return batch


def undo(batch: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """Takes it back, with the tasks. Raises Conflict when it is too late."""
    _hand_over(caseload.undo(batch, by_user_id=by_user_id, now=now))


def _hand_over(moved: Sequence[Moved]) -> None:
    for each in moved:
        if each.from_id and each.to_id:
            tasks.hand_over(each.citizen_id, each.from_id, each.to_id, made_before=each.at)

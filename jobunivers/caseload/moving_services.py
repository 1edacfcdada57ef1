"""Another caseworker for one citizen or many: a row for each, a notice to her, taken back in a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from jobunivers.caseload import moving_queries, queries, services
from jobunivers.caseload.notices import MOVED
from jobunivers.caseload.types import Wanted
from jobunivers.identity.types import Grant
from jobunivers.messages import services as messages
from jobunivers.shared.errors import Conflict, NotFound

BY = Grant.COORDINATOR.value


@dataclass(frozen=True)
class Moved:
    """One citizen who changed: from whom (None: nobody) to whom (None: nobody)."""

    citizen_id: UUID
    from_id: UUID | None
    to_id: UUID | None
    at: datetime  # when the change began that this one makes or takes back


def move(wanted: Sequence[Wanted], *, by_user_id: UUID, now: datetime) -> tuple[UUID, list[Moved]]:
    """Gives each her caseworker. Whoever is not as the preview showed her, because a colleague was
    faster, is left as she is. The change has a number, under which it can be taken back.
    """
    batch, moved = uuid4(), []
    people = sorted(wanted, key=lambda one: one.citizen_id)
    for one in people:
        queries.lock_citizen(one.citizen_id)
    before = queries.caseworkers_of(one.citizen_id for one in people)
    for one in people:
        former = before.get(one.citizen_id)
        if former != one.from_id or former == one.to_id:
            continue
        _assign(one.citizen_id, one.to_id, by_user_id, now, moving_queries.reason_of(batch))
        moved.append(Moved(one.citizen_id, former, one.to_id, now))
    _follow(moved)
    _tell(moved, "changed", f"{batch}", now)
    return batch, moved


def undo(batch: UUID, *, by_user_id: UUID, now: datetime) -> list[Moved]:
    """Everybody of this change has the caseworker of before again, or none, unless somebody has
    changed her since or that one has left. Raises Conflict when a day has passed or nothing of it
    stands, NotFound for an unknown number.
    """
    made = moving_queries.list_standing(by_user_id, batch, now)
    if not made:
        raise Conflict if moving_queries.exists(batch) else NotFound
    moved = []
    for each in made:
        queries.lock_citizen(each.citizen_id)
        former = moving_queries.former_of(each)
        if former:
            _assign(each.citizen_id, former, by_user_id, now, "undone")
        else:
            each.ended_at = now
        services.note_change(
            each.citizen_id, "caseworker_undone", by_user_id=by_user_id, by_role=BY
        )
        moved.append(Moved(each.citizen_id, each.user_id, former, each.started_at))
    _follow(moved)
    _tell(moved, "back", f"{batch}:back", now)
    return moved


def _assign(citizen_id: UUID, user_id: UUID, by_user_id: UUID, now: datetime, reason: str) -> None:
    services.assign(citizen_id, user_id, now=now, by_user_id=by_user_id, reason=reason, by_role=BY)


def _follow(moved: Iterable[Moved]) -> None:
    """Who is given to a colleague of another team, or was in none, belongs to the colleague's team:
    the others there must find her when they stand in.
    """
    given = [(one.citizen_id, one.to_id) for one in moved if one.to_id]
    teams = moving_queries.teams_of_each({to_id for _citizen, to_id in given})
    for citizen_id, to_id in given:
        citizen, theirs = queries.get_citizen(citizen_id), teams.get(to_id, ())
        if theirs and citizen.team_id not in theirs:
            citizen.team_id = theirs[0]


def _tell(moved: Sequence[Moved], what: str, number: str, now: datetime) -> None:
    people = queries.recipients_of(each.citizen_id for each in moved)
    told = [(one, {"what": what}, f"{MOVED}:{number}:{one.citizen_id}") for one in people]
    if told:
        messages.notify_all(MOVED, told, now=now)

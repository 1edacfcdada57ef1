"""Another caseworker for one citizen or many: a row for each, a notice to her, taken back in a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa

from jobunivers.caseload import queries, services
from jobunivers.caseload.models import Assignment, Citizen, Spell
from jobunivers.caseload.notices import MOVED
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.messages import services as messages
from jobunivers.shared.errors import Conflict, NotFound

MAY_UNDO = timedelta(days=1)


@dataclass(frozen=True)
class Moved:
    """One citizen who changed: from whom (None: nobody) to whom (None: nobody)."""

    citizen_id: UUID
    from_id: UUID | None
    to_id: UUID | None
    at: datetime  # when the change began that this one makes or takes back


def list_to_move(viewer_id: UUID, citizen_ids: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """(id, name) of these citizens out of work, by name. Raises NotFound when there is one whom
    the viewer does not find in her teams.
    """
    wanted = set(citizen_ids)
    query = (
        sa.select(Citizen.id, Citizen.name)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .where(Citizen.id.in_(wanted), Citizen.id.in_(queries.contact_ids(viewer_id)))
        .order_by(Citizen.name_key, Citizen.id)
    )
    found = [(row.id, row.name) for row in db.session.execute(query)]
    if not wanted or len(found) != len(wanted):
        raise NotFound
    return found


def list_unassigned(viewer_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of citizens of the viewer's teams who are out of work and have no caseworker."""
    query = (
        sa.select(Citizen.id, Citizen.name)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .where(Assignment.id.is_(None), Citizen.id.in_(queries.contact_ids(viewer_id)))
        .order_by(Citizen.name_key, Citizen.id)
        .limit(200)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]


def list_citizens_of(viewer_id: UUID, user_id: UUID) -> list[tuple[UUID, str]]:
    """(id, name) of the citizens of a colleague whom the viewer finds in her teams."""
    query = (
        sa.select(Citizen.id, Citizen.name)
        .join(Assignment, Assignment.citizen_id == Citizen.id)
        .where(
            Assignment.user_id == user_id,
            Assignment.ended_at.is_(None),
            Citizen.id.in_(queries.contact_ids(viewer_id)),
        )
        .order_by(Citizen.name_key, Citizen.id)
        .limit(200)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]


def move(
    citizen_ids: Sequence[UUID], to_id: UUID, *, by_user_id: UUID, now: datetime
) -> tuple[UUID, list[Moved]]:
    """Gives them this caseworker; who has her already is left alone. The change has a number, under
    which it can be taken back.
    """
    batch, before = uuid4(), queries.caseworkers_of(citizen_ids)
    moved = []
    for citizen_id in sorted(set(citizen_ids)):
        if before.get(citizen_id) == to_id:
            continue
        queries.lock_citizen(citizen_id)
        services.assign(citizen_id, to_id, now=now, by_user_id=by_user_id, reason=_reason(batch))
        moved.append(Moved(citizen_id, before.get(citizen_id), to_id, now))
    _tell(moved, now)
    return batch, moved


def undo(batch: UUID, *, by_user_id: UUID, now: datetime) -> list[Moved]:
    """Everybody of this change has the caseworker of before again, or none, unless somebody has
    changed her since or that one has left. Raises Conflict when a day has passed,
    NotFound for an unknown number.
    """
    mine = Citizen.id.in_(queries.contact_ids(by_user_id))
    query = (
        sa.select(Assignment)
        .join(Citizen, Citizen.id == Assignment.citizen_id)
        .where(Assignment.reason == _reason(batch), Assignment.ended_at.is_(None), mine)
        .order_by(Assignment.citizen_id)
    )
    made = list(db.session.scalars(query))
    if not made and not db.session.scalar(
        sa.select(sa.exists().where(Assignment.reason == _reason(batch)))
    ):
        raise NotFound
    if not made or made[0].started_at + MAY_UNDO < now:
        raise Conflict
    moved = []
    for each in made:
        queries.lock_citizen(each.citizen_id)
        former = _former(each)
        if former:
            services.assign(
                each.citizen_id, former, now=now, by_user_id=by_user_id, reason="undone"
            )
        else:
            each.ended_at = now
            services.note_change(each.citizen_id, "caseworker", by_user_id=by_user_id)
        moved.append(Moved(each.citizen_id, each.user_id, former, each.started_at))
    _tell(moved, now)
    db.session.flush()
    return moved


def _former(assignment: Assignment) -> UUID | None:
    query = (
        sa.select(Assignment.user_id)
        .join(User, User.id == Assignment.user_id)
        .where(
            Assignment.citizen_id == assignment.citizen_id,
            Assignment.ended_at == assignment.started_at,
            User.disabled_at.is_(None),
        )
        .order_by(Assignment.started_at.desc(), Assignment.id)
        .limit(1)
    )
    return db.session.scalar(query)


def _reason(batch: UUID) -> str:
    return f"moved:{batch}"


def _tell(moved: Sequence[Moved], now: datetime) -> None:
    for recipient in queries.recipients_of(each.citizen_id for each in moved):
        messages.notify(recipient, MOVED, {}, now=now)

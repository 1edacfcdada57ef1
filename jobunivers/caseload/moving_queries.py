"""Whose caseworker is who in a coordinator's teams, and which changes can still be taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVarTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from jobunivers.caseload import queries
from jobunivers.caseload.models import Assignment, Citizen, Spell, Team, TeamMember
from jobunivers.caseload.moving_rules import MAY_UNDO
from jobunivers.caseload.types import Movable, MoveMade
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared.errors import NotFound

Columns = TypeVarTuple("Columns")
AT_ONCE = 200
MOVED = "moved:"


def list_of(viewer_id: UUID, user_id: UUID) -> list[Movable]:
    """That colleague's citizens who are out of work and in the viewer's teams, by name."""
    return _list(viewer_id, Assignment.user_id == user_id)


def list_without(viewer_id: UUID) -> list[Movable]:
    """People out of work who are nobody's, by name: those of the viewer's teams, and those who are in
    no team, since they would be in no list at all.
    """
    return _list(viewer_id, Assignment.id.is_(None))


def list_picked(viewer_id: UUID, citizen_ids: Collection[UUID]) -> list[Movable]:
    """These people, by name. Raises NotFound when there is one whom the viewer does not find in her
    teams, or who is not out of work.
    """
    found = _list(viewer_id, Citizen.id.in_(citizen_ids))
    if not found or len(found) != len(set(citizen_ids)):
        raise NotFound
    return found


def _list(viewer_id: UUID, wanted: sa.ColumnElement[bool]) -> list[Movable]:
    columns = (Citizen.id, Citizen.name, User.id, User.name, Citizen.team_id)
    query = _with_caseworker(sa.select(*columns), viewer_id).where(wanted)
    rows = db.session.execute(query.order_by(Citizen.name_key, Citizen.id).limit(AT_ONCE))
    return [Movable(row[0], row[1], row[2], row[3] or "", row[4]) for row in rows]


def count_without(viewer_id: UUID) -> int:
    """How many `list_without` has, however many it shows."""
    query = _with_caseworker(sa.select(sa.func.count(Citizen.id)), viewer_id)
    return db.session.scalar(query.where(Assignment.id.is_(None))) or 0


def _with_caseworker(query: "sa.Select[*Columns]", viewer_id: UUID) -> "sa.Select[*Columns]":
    return (
        query.select_from(Citizen)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .outerjoin(User, User.id == Assignment.user_id)
        .where(_in_scope(viewer_id))
    )


def _in_scope(viewer_id: UUID) -> sa.ColumnElement[bool]:
    lost = sa.and_(Citizen.team_id.is_(None), Assignment.id.is_(None))
    return sa.or_(Citizen.id.in_(queries.contact_ids(viewer_id)), lost)


def teams_of_each(user_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The teams of these members of staff, each in the order of the teams' names."""
    query = (
        sa.select(TeamMember.user_id, TeamMember.team_id)
        .join(Team, Team.id == TeamMember.team_id)
        .where(TeamMember.user_id.in_(user_ids))
        .order_by(Team.name, Team.id)
    )
    found: dict[UUID, tuple[UUID, ...]] = {}
    for user_id, team_id in db.session.execute(query):
        found[user_id] = (*found.get(user_id, ()), team_id)
    return found


def reason_of(batch: UUID) -> str:
    """How assignments that were made together are known again."""
    return f"{MOVED}{batch}"


def list_made(viewer_id: UUID, now: datetime) -> list[MoveMade]:
    """Changes in the viewer's teams that stand and can be taken back, the newest first."""
    query = (
        sa.select(Assignment.reason, Assignment.started_at, User.name)
        .join(User, User.id == Assignment.user_id)
        .where(*_standing(viewer_id, now), Assignment.reason.startswith(MOVED))
        .order_by(Assignment.started_at.desc(), Assignment.reason, User.name)
    )
    found: dict[UUID, MoveMade] = {}
    for reason, at, name in db.session.execute(query):
        batch = UUID(reason.removeprefix(MOVED))
        known = found.get(batch, MoveMade(batch, 0, (), at, at + MAY_UNDO))
        to = tuple(dict.fromkeys((*known.to, name)))
        found[batch] = MoveMade(batch, known.count + 1, to, at, known.until)
    return list(found.values())


def list_standing(viewer_id: UUID, batch: UUID, now: datetime) -> Sequence[Assignment]:
    """The assignments of one change that stand and can be taken back."""
    query = sa.select(Assignment).where(
        *_standing(viewer_id, now), Assignment.reason == reason_of(batch)
    )
    return db.session.scalars(query.order_by(Assignment.citizen_id)).all()


def _standing(viewer_id: UUID, now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Assignment.ended_at.is_(None),
        Assignment.started_at > now - MAY_UNDO,
        Assignment.citizen_id.in_(queries.contact_ids(viewer_id)),
    )


def exists(batch: UUID) -> bool:
    """Whether such a change was ever made."""
    query = sa.exists().where(Assignment.reason == reason_of(batch))
    return bool(db.session.scalar(sa.select(query)))


def former_of(assignment: Assignment) -> UUID | None:
    """Whose she was until that assignment began; None when nobody's, or that one has left."""
    before = aliased(Assignment)
    query = (
        sa.select(before.user_id)
        .join(User, User.id == before.user_id)
        .where(
            before.citizen_id == assignment.citizen_id,
            before.ended_at == assignment.started_at,
            before.id != assignment.id,
            User.disabled_at.is_(None),
        )
        .order_by(before.started_at.desc(), before.id)
        .limit(1)
    )
    return db.session.scalar(query)

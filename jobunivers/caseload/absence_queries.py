"""Who is away, and who stands in for her."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from jobunivers.caseload import absence_rules as rules
from jobunivers.caseload.models import Absence, TeamMember
from jobunivers.caseload.types import AbsenceLine
from jobunivers.extensions import db
from jobunivers.identity.models import User, UserGrant
from jobunivers.identity.types import Grant
from jobunivers.shared.errors import NotFound


class _Away(NamedTuple):
    user_id: UUID
    name: str
    substitute_id: UUID | None


def list_absences(user_ids: Iterable[UUID], now: datetime) -> list[AbsenceLine]:
    """The absences of these members of staff that are not over, the first to begin first."""
    substitute = aliased(User)
    query = (
        sa.select(Absence, User.name, substitute.name)
        .join(User, User.id == Absence.user_id)
        .outerjoin(
            substitute,
            sa.and_(substitute.id == Absence.substitute_id, substitute.disabled_at.is_(None)),
        )
        .where(Absence.user_id.in_(list(user_ids)), Absence.ends_at > now)
        .order_by(Absence.starts_at, Absence.id)
    )
    return [
        AbsenceLine(
            id=row.id,
            user_id=row.user_id,
            name=name,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            reason=row.reason,
            substitute=substitute_name,
        )
        for row, name, substitute_name in db.session.execute(query)
    ]


def get_absence(user_ids: Iterable[UUID], absence_id: UUID) -> Absence:
    """An absence of one of these members of staff; anybody else's is NotFound."""
    found = db.session.scalar(
        sa.select(Absence).where(Absence.id == absence_id, Absence.user_id.in_(list(user_ids)))
    )
    if found is None:
        raise NotFound
    return found


def stood_in_for(user_id: UUID, now: datetime) -> dict[UUID, str]:
    """Colleagues who are away now and whose work is this one's: their ids with their names."""
    away = _away_at(now)
    found = _stand_ins(away)
    return {one.user_id: one.name for one in away if found.get(one.user_id) == user_id}


def stand_in_of(user_id: UUID, at: datetime) -> UUID | None:
    """Who stands in for this one at that moment; None when she is at work, or nobody does."""
    return _stand_ins(_away_at(at)).get(user_id)


def _stand_ins(away: Sequence[_Away]) -> dict[UUID, UUID]:
    if not away:
        return {}
    substitutes: dict[UUID, UUID | None] = {}
    for one in away:  # entered twice: the last substitute that was named
        substitutes[one.user_id] = one.substitute_id or substitutes.get(one.user_id)
    teams: dict[UUID, set[UUID]] = {}
    staff: dict[UUID, None] = {}
    for row in db.session.execute(_staff()):
        staff[row.id] = None
        teams.setdefault(row.id, set()).add(row.team_id)
    present = [user_id for user_id in staff if user_id not in substitutes]
    here: dict[UUID, Sequence[UUID]] = {user_id: () for user_id in present}
    for user_id in substitutes:
        mine = teams.get(user_id, set()) - {None}
        here[user_id] = [each for each in present if teams[each] & mine]
    return rules.stand_ins(substitutes, here)


@cache
def _staff() -> "sa.Select[UUID, UUID | None]":
    """Everybody who can do a caseworker's work, by name."""
    return (
        sa.select(User.id, TeamMember.team_id)
        .join(UserGrant, sa.and_(UserGrant.user_id == User.id, UserGrant.grant == Grant.CASEWORKER))
        .outerjoin(TeamMember, TeamMember.user_id == User.id)
        .where(User.disabled_at.is_(None))
        .order_by(User.name, User.id, TeamMember.team_id)
    )


def _away_at(at: datetime) -> list[_Away]:
    return [_Away(*row) for row in db.session.execute(_all_away(), {"at": at})]


@cache
def _all_away() -> "sa.Select[UUID, str, UUID | None]":
    return (
        sa.select(Absence.user_id, User.name, Absence.substitute_id)
        .join(User, User.id == Absence.user_id)
        .where(
            Absence.starts_at <= sa.bindparam("at"),
            Absence.ends_at > sa.bindparam("at"),
            User.disabled_at.is_(None),
        )
        .order_by(Absence.created_at, Absence.id)
    )


def list_substitutes(user_id: UUID) -> list[tuple[UUID, str]]:
    """(log-in, name) of the colleagues of her teams, by name: who may be asked to stand in."""
    mine = sa.select(TeamMember.team_id).where(TeamMember.user_id == user_id)
    query = (
        sa.select(User.id, User.name)
        .join(UserGrant, sa.and_(UserGrant.user_id == User.id, UserGrant.grant == Grant.CASEWORKER))
        .join(TeamMember, TeamMember.user_id == User.id)
        .where(TeamMember.team_id.in_(mine), User.id != user_id, User.disabled_at.is_(None))
        .distinct()
        .order_by(User.name, User.id)
    )
    return [(row.id, row.name) for row in db.session.execute(query)]


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of these members of staff."""
    query = sa.select(User.id, User.name).where(User.id.in_(list(user_ids)))
    return {row.id: row.name for row in db.session.execute(query.order_by(User.id))}

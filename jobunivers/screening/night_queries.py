"""What the nightly work asks: whose answers take part in the week's draw, and who has not answered."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobunivers.caseload.models import Citizen, Spell
from jobunivers.extensions import db
from jobunivers.screening.models import Flag, Screening
from jobunivers.screening.types import Route
from jobunivers.shared import clock


def list_finished_unflagged(team_id: UUID) -> list[tuple[Screening, Any]]:
    """(screening with answers, first day of the spell) of citizens of the team who answered in this
    spell and have no flag from it.
    """
    flagged = sa.exists().where(
        Flag.citizen_id == Screening.citizen_id,
        sa.func.date(Flag.raised_at) >= sa.func.date(Spell.started_on),
    )
    query = (
        sa.select(Screening, Spell.started_on)
        .join(Citizen, Citizen.id == Screening.citizen_id)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .where(Citizen.team_id == team_id, Screening.finished_at.is_not(None), sa.not_(flagged))
        .order_by(Screening.finished_at, Screening.id)
        .options(selectinload(Screening.answers))
    )
    newest: dict[UUID, tuple[Screening, Any]] = {}
    for screening, started_on in db.session.execute(query):
        if clock.local(screening.created_at).date() >= started_on:
            newest[screening.citizen_id] = (screening, started_on)
    return list(newest.values())


def count_needs_raised(team_id: UUID, *, since: Any) -> int:
    """Flags of route A raised in the team from that instant on."""
    query = sa.select(sa.func.count(Flag.id)).join(Citizen, Citizen.id == Flag.citizen_id)
    return (
        db.session.scalar(
            query.where(
                Citizen.team_id == team_id, Flag.route == Route.NEEDS, Flag.raised_at >= since
            )
        )
        or 0
    )


def list_silent(team_id: UUID, *, started_from: Any, started_to: Any) -> list[UUID]:
    """Citizens whose spell began in that span and who have not finished a screening in it."""
    finished = sa.exists().where(
        Screening.citizen_id == Citizen.id,
        Screening.finished_at.is_not(None),
        sa.func.date(Screening.created_at) >= sa.func.date(Spell.started_on),
    )
    query = (
        sa.select(Citizen.id)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .where(
            Citizen.team_id == team_id,
            Spell.started_on.between(started_from, started_to),
            sa.not_(finished),
        )
        .order_by(Spell.started_on, Citizen.id)
    )
    return list(db.session.scalars(query))

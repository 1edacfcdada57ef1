"""What the nightly work asks: whose answers take part in the week's draw, and who has not answered."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobunivers.caseload.models import Citizen, Spell
from jobunivers.extensions import db
from jobunivers.screening.models import Flag, Screening, ScreeningDraw
from jobunivers.screening.types import FlagStatus, Route
from jobunivers.shared import clock


def list_finished_unflagged(team_id: UUID) -> list[tuple[Screening, Any]]:
    """(screening with answers, first day of the spell) of citizens of the team who answered in this
    spell and have had no flag since that questionnaire was begun: who was flagged once takes part
    again when she has answered a later round and nothing of hers is open.
    """
    flagged_at = (
        sa.select(sa.func.max(Flag.raised_at))
        .where(Flag.citizen_id == Screening.citizen_id)
        .scalar_subquery()
    )
    is_open = (
        sa.exists()
        .where(Flag.citizen_id == Screening.citizen_id, Flag.status == FlagStatus.OPEN)
        .correlate(Screening)
    )
    query = (
        sa.select(Screening, Spell.started_on, flagged_at)
        .join(Citizen, Citizen.id == Screening.citizen_id)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .where(Citizen.team_id == team_id, Screening.finished_at.is_not(None), sa.not_(is_open))
        .order_by(Screening.finished_at, Screening.id)
        .options(selectinload(Screening.answers))
    )
    newest: dict[UUID, tuple[Screening, Any]] = {}
    for screening, started_on, raised_at in db.session.execute(query):
        is_flagged = raised_at is not None and raised_at >= screening.created_at
        if not is_flagged and clock.danish_day(screening.created_at) >= started_on:
            newest[screening.citizen_id] = (screening, started_on)
    return list(newest.values())


def last_draw(team_id: UUID) -> ScreeningDraw | None:
    """The team's newest draw."""
    return db.session.scalar(
        sa.select(ScreeningDraw)
        .where(ScreeningDraw.team_id == team_id)
        .order_by(ScreeningDraw.drawn_at.desc(), ScreeningDraw.id)
        .limit(1)
    )


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
    finished = (
        sa.select(sa.func.max(Screening.created_at))
        .where(Screening.citizen_id == Citizen.id, Screening.finished_at.is_not(None))
        .scalar_subquery()
    )
    query = (
        sa.select(Citizen.id, Spell.started_on, finished)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None)))
        .where(
            Citizen.team_id == team_id,
            Spell.started_on.between(started_from, started_to),
        )
        .order_by(Spell.started_on, Citizen.id)
    )
    return [
        citizen_id
        for citizen_id, started_on, began_at in db.session.execute(query)
        if began_at is None or clock.danish_day(began_at) < started_on
    ]

"""Questions across the rounds of a spell: what she answered before, and whom a round is due for."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Spell
from jobunivers.extensions import db
from jobunivers.screening import queries, rules
from jobunivers.screening.models import Answer, HealthAnswer, Screening
from jobunivers.screening.types import START, Round, Rounds


def earlier_answers(screening: Screening) -> dict[str, Any]:
    """What she answered in the finished rounds of this spell before this one, the newest answer to
    each; no query in the first round.
    """
    if screening.landmark == START:
        return {}
    query = (
        sa.select(
            Answer.question, Answer.value, Answer.is_skipped, Screening.created_at, Spell.started_on
        )
        .join(Screening, Screening.id == Answer.screening_id)
        .outerjoin(
            Spell, sa.and_(Spell.citizen_id == Screening.citizen_id, Spell.ended_on.is_(None))
        )
        .where(
            Screening.citizen_id == screening.citizen_id,
            Screening.finished_at.is_not(None),
            Screening.created_at < screening.created_at,
        )
        .order_by(Screening.created_at, Answer.created_at, Answer.id)
    )
    newest = {
        row.question: row
        for row in db.session.execute(query)
        if not queries.is_of_earlier_spell(row)
    }
    return {key: row.value for key, row in newest.items() if not row.is_skipped}


def standing_answers(screening: Screening) -> dict[str, Any]:
    """What holds by now: this round's answers over those of the rounds before; without health."""
    given = queries.answers_of(screening)
    return rules.standing(
        earlier_answers(screening), given, queries.touched(screening) - set(given)
    )


def own_health_rows(citizen_id: UUID) -> list[HealthAnswer]:
    """The sealed health answers of all rounds."""
    return list(
        db.session.scalars(
            sa.select(HealthAnswer)
            .where(HealthAnswer.citizen_id == citizen_id)
            .order_by(HealthAnswer.answered_at, HealthAnswer.id)
        )
    )


def list_to_invite(one: Round, *, rounds: Rounds, today: date) -> list[tuple[UUID, UUID]]:
    """(citizen, spell) of those who answered before in this spell, not lately, and for whom this
    round has just opened.
    """
    first, last = rules.started_between(one, invite_weeks=rounds.invite_weeks, today=today)
    query = (
        sa.select(
            Spell.citizen_id,
            Spell.id,
            Spell.started_on,
            Screening.landmark,
            Screening.created_at,
            Screening.finished_at,
        )
        .join(Screening, Screening.citizen_id == Spell.citizen_id)
        .where(Spell.ended_on.is_(None), Spell.started_on.between(first, last))
        .order_by(Spell.started_on, Spell.citizen_id, Screening.created_at, Screening.id)
    )
    latest = {
        (row.citizen_id, row.id): row
        for row in db.session.execute(query)
        if not queries.is_of_earlier_spell(row)
    }
    return [
        who
        for who, row in latest.items()
        if row.landmark != one.landmark and queries.landmark_due(row, today) == one.landmark
    ]

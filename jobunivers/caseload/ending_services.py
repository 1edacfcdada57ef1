"""Cases that have ended: found again by name, and taken back within a day when it was a mistake."""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from jobunivers.caseload import ports, queries, rules, services
from jobunivers.caseload.models import Assignment, Citizen, CitizenChange, Spell
from jobunivers.caseload.types import CaseloadRow, Outcome, Undoing
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.messages.types import Channel
from jobunivers.shared.errors import Conflict

MAY_UNDO = timedelta(days=1)


def list_ended(
    user_id: UUID,
    *,
    search: str = "",
    after: tuple[str, UUID] | None = None,
    limit: int = queries.PAGE,
) -> list[CaseloadRow]:
    """People of her teams, or whose last caseworker she was, who are not out of work now; by name."""
    any_spell = aliased(Spell)
    latest = (
        sa.select(sa.func.max(any_spell.ended_on))
        .where(any_spell.citizen_id == Citizen.id)
        .scalar_subquery()
    )
    open_spell = sa.exists().where(any_spell.citizen_id == Citizen.id, any_spell.ended_on.is_(None))
    words = rules.name_key(search).split()
    query = (
        sa.select(Citizen, Spell.started_on, Spell.target_group, Spell.ended_on)
        .join(Spell, sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on == latest))
        .where(
            ~open_spell,
            sa.or_(queries.found_by(user_id), queries.was_last(user_id)),
            sa.or_(queries.was_last(user_id), Citizen.team_id.in_(queries.teams_of(user_id))),
            *(Citizen.name_key.contains(word, autoescape=True) for word in words),
        )
        .order_by(Citizen.name_key, Citizen.id)
        .limit(limit)
    )
    if after:
        query = query.where(sa.tuple_(Citizen.name_key, Citizen.id) > sa.tuple_(*after))
    return [
        CaseloadRow(
            id=row.Citizen.id,
            name=row.Citizen.name,
            name_key=row.Citizen.name_key,
            locale=row.Citizen.locale,
            interpreter_language=row.Citizen.interpreter_language,
            started_on=row.started_on,
            target_group=row.target_group,
            caseworker=None,
            is_own=False,
            last_seen_at=row.Citizen.last_seen_at,
            ended_on=row.ended_on,
        )
        for row in db.session.execute(query)
    ]


def find_undoing(citizen_id: UUID, now: datetime) -> Undoing | None:
    """The end of her last spell when it may still be taken back: for a day, and while no new one
    has begun.
    """
    query = (
        sa.select(CitizenChange)
        .where(CitizenChange.citizen_id == citizen_id, CitizenChange.what == "spell_ended")
        .order_by(CitizenChange.created_at.desc(), CitizenChange.id)
        .limit(1)
    )
    change = db.session.scalar(query)
    if change is None or "at" not in change.detail or queries.current_spell(citizen_id):
        return None
    ended_at = datetime.fromisoformat(change.detail["at"])
    if now >= ended_at + MAY_UNDO:
        return None
    outcome, channel = Outcome(change.detail["outcome"]), change.detail.get("channel")
    return Undoing(citizen_id, ended_at, ended_at + MAY_UNDO, outcome, channel)


def undo_end(citizen_id: UUID, *, now: datetime, by_user_id: UUID) -> None:
    """The spell goes on as if it had not ended: caseworker, meetings whose time is still free,
    invitations, tasks. Raises Conflict when it is too late.
    """
    queries.lock_citizen(citizen_id)
    undoing = find_undoing(citizen_id, now)
    if undoing is None:
        raise Conflict
    spell = db.session.scalars(
        sa.select(Spell)
        .where(Spell.citizen_id == citizen_id)
        .order_by(Spell.started_on.desc(), Spell.id)
        .limit(1)
    ).one()
    spell.ended_on = spell.outcome = None
    if undoing.channel:
        queries.get_citizen(citizen_id).channel = Channel(undoing.channel)
    if last := _last_caseworker(citizen_id):
        services.assign(citizen_id, last, now=now, by_user_id=by_user_id, reason="undone")
    services.note_change(citizen_id, "spell_end_undone", by_user_id=by_user_id)
    db.session.flush()
    ports.END_UNDONE()(undoing, by_user_id, now)
    services.arrived(citizen_id, now)


def _last_caseworker(citizen_id: UUID) -> UUID | None:
    """Who had her last, unless that person has left since."""
    query = (
        sa.select(Assignment.user_id)
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.citizen_id == citizen_id, User.disabled_at.is_(None))
        .order_by(Assignment.started_at.desc(), Assignment.id)
        .limit(1)
    )
    return db.session.scalar(query)

"""Intake, assignment, end of a spell, settings, helpers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.caseload import queries, rules
from jobunivers.caseload.models import Assignment, Citizen, CitizenChange, Spell
from jobunivers.caseload.types import Duplicate, Outcome
from jobunivers.extensions import db
from jobunivers.messages.types import Channel
from jobunivers.shared import audit, vault
from jobunivers.shared.errors import Conflict


class AlreadyKnown(Conflict):
    """The person is a citizen already; `by` says what is the same."""

    def __init__(self, by: Duplicate) -> None:
        super().__init__(by.value)
        self.by = by


def register_citizen(
    *,
    name: str,
    started_on: date,
    target_group: str,
    now: datetime,
    cpr: str | None = None,
    person_uuid: str | None = None,
    email: str | None = None,
    phone: str | None = None,
    address: str | None = None,
    locale: str = "da",
    interpreter_language: str | None = None,
    channel: Channel | None = None,
    team_id: UUID | None = None,
    caseworker_id: UUID | None = None,
    by_user_id: UUID | None = None,
) -> Citizen:
    """A new citizen with an open spell, a team by its rule and the caseworker with the fewest citizens. Raises AlreadyKnown.

    The CPR number is stored sealed with a keyed hash for look-up; without e-mail address she is reached by letter.
    """
    digits = rules.plain_cpr(cpr) if cpr else None
    _refuse_duplicates(digits, person_uuid)
    citizen = Citizen(
        name=name,
        email=email or None,
        phone=phone or None,
        address=address or None,
        locale=locale,
        interpreter_language=interpreter_language or None,
        cpr_sealed=vault.seal(digits) if digits else None,
        cpr_fingerprint=vault.fingerprint(digits) if digits else None,
        person_uuid=person_uuid or None,
        channel=channel or (Channel.EMAIL if email else Channel.LETTER),
        team_id=team_id or rules.choose_team(target_group, queries.list_teams()),
    )
    citizen.spells = [Spell(started_on=started_on, target_group=target_group)]
    try:
        with db.session.begin_nested():
            db.session.add(citizen)
    except IntegrityError as error:  # somebody registered her in the same second
        raise AlreadyKnown(Duplicate.CPR if digits else Duplicate.PERSON_ID) from error
    note_change(citizen.id, "registered", by_user_id=by_user_id)
    if caseworker_id is None and citizen.team_id:
        caseworker_id = rules.least_loaded(queries.loads_of_team(citizen.team_id))
    if caseworker_id:
        assign(citizen.id, caseworker_id, now=now, by_user_id=by_user_id, reason="intake")
    return citizen


def _refuse_duplicates(digits: str | None, person_uuid: str | None) -> None:
    if digits and queries.find_by_fingerprint(vault.fingerprint(digits)):
        raise AlreadyKnown(Duplicate.CPR)
    if person_uuid and queries.find_by_person_uuid(person_uuid):
        raise AlreadyKnown(Duplicate.PERSON_ID)


def assign(citizen_id: UUID, user_id: UUID, *, now: datetime, by_user_id: UUID | None = None, reason: str = "") -> Assignment:
    """Makes that member of staff the citizen's own caseworker from now on; the earlier assignment ends."""
    ending = sa.update(Assignment).where(Assignment.citizen_id == citizen_id, Assignment.ended_at.is_(None))
    db.session.execute(ending.values(ended_at=now))
    assignment = Assignment(citizen_id=citizen_id, user_id=user_id, started_at=now, reason=reason)
    db.session.add(assignment)
    note_change(citizen_id, "caseworker", by_user_id=by_user_id)
    db.session.flush()
    return assignment


def end_spell(citizen_id: UUID, *, outcome: Outcome, ended_on: date, now: datetime, by_user_id: UUID | None) -> Spell:
    """Closes the spell that is going on with its outcome, and the assignment with it. Raises Conflict when none is open or it began later."""
    spell = queries.current_spell(citizen_id)
    if spell is None or ended_on < spell.started_on:
        raise Conflict
    spell.ended_on = ended_on
    spell.outcome = outcome.value
    db.session.execute(sa.update(Assignment).where(Assignment.citizen_id == citizen_id, Assignment.ended_at.is_(None)).values(ended_at=now))
    note_change(citizen_id, "spell_ended", by_user_id=by_user_id, outcome=outcome.value)
    db.session.flush()
    return spell


def note_change(citizen_id: UUID, what: str, *, by_user_id: UUID | None, **detail: Any) -> None:
    """Leaves a row about a change of the master record: codes only, no values."""
    db.session.add(CitizenChange(citizen_id=citizen_id, by_user_id=by_user_id, what=what, detail=detail))
    role = "system" if by_user_id is None else "user"
    audit.record(f"citizen.{what}", actor_id=by_user_id, actor_role=role, citizen_id=citizen_id, **detail)

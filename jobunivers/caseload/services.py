"""Intake, assignment, end of a spell, settings, helpers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.caseload import ports, queries, rules
from jobunivers.caseload import telling_services as telling
from jobunivers.caseload.intake_file import IntakeRow
from jobunivers.caseload.models import Assignment, Citizen, CitizenChange, Spell
from jobunivers.caseload.types import Duplicate, Intake, Outcome, SpellEnd
from jobunivers.extensions import db
from jobunivers.identity import queries as identity_queries
from jobunivers.identity import services as identity
from jobunivers.identity.models import PowerOfAttorney, UnmatchedLogin, User
from jobunivers.messages.types import Channel
from jobunivers.shared import audit, vault
from jobunivers.shared.editing import ensure_unchanged
from jobunivers.shared.errors import Conflict, NotFound


class AlreadyKnown(Conflict):
    """The person is a citizen already: `citizen_id`; `by` says what is the same."""

    def __init__(self, by: Duplicate, citizen_id: UUID) -> None:
        super().__init__(by.value)
        self.by, self.citizen_id = by, citizen_id


def arrived(citizen_id: UUID, now: datetime) -> None:
    """A spell has begun, or goes on after all: features above plan what comes next."""
    db.session.flush()
    ports.ARRIVED()(citizen_id, now)


def admit(*, now: datetime, by_user_id: UUID, **intake: Any) -> Citizen:
    """A citizen taken in by hand (arguments of register_citizen), who knows at once what comes
    next. Raises AlreadyKnown.
    """
    citizen = register_citizen(**intake, now=now, by_user_id=by_user_id)
    arrived(citizen.id, now)
    return citizen


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
    request_key: UUID | None = None,
) -> Citizen:
    """A new citizen with an open spell, a team by its rule and the caseworker with the fewest
    citizens. Raises AlreadyKnown.

    The CPR number is stored sealed with a keyed hash for look-up. `request_key` becomes her id: a
    form sent twice registers once.
    """
    if request_key and (already := db.session.get(Citizen, request_key)):
        return already
    digits = rules.plain_cpr(cpr) if cpr else None
    _refuse_duplicates(digits, person_uuid)
    citizen = Citizen(
        id=request_key or uuid4(),
        name=name,
        email=email or None,
        phone=phone or None,
        address=address or None,
        locale=locale,
        interpreter_language=interpreter_language or None,
        **_sealed(digits),
        person_uuid=person_uuid or None,
        channel=channel or (Channel.EMAIL if email else Channel.LETTER),
        team_id=team_id or rules.choose_team(target_group, queries.list_teams()),
    )
    citizen.spells = [Spell(started_on=started_on, target_group=target_group)]
    if already := _in_the_same_second(citizen, request_key):
        return already
    note_change(citizen.id, "registered", by_user_id=by_user_id)
    if first := caseworker_id or _least_loaded_of(citizen.team_id):
        assign(citizen.id, first, now=now, by_user_id=by_user_id, reason="intake")
    return citizen


def _in_the_same_second(citizen: Citizen, request_key: UUID | None) -> Citizen | None:
    """Stores the citizen; returns whom the same form has stored meanwhile. Raises AlreadyKnown when
    somebody else registered her.
    """
    try:
        with db.session.begin_nested():
            db.session.add(citizen)
    except IntegrityError as error:
        if request_key and (already := db.session.get(Citizen, request_key)):
            return already
        _refuse_duplicates(
            vault.unseal(citizen.cpr_sealed) if citizen.cpr_sealed else None, citizen.person_uuid
        )
        raise error
    return None


def _sealed(digits: str | None) -> dict[str, Any]:
    return (
        {"cpr_sealed": vault.seal(digits), "cpr_fingerprint": vault.fingerprint(digits)}
        if digits
        else {}
    )


def _least_loaded_of(team_id: UUID | None) -> UUID | None:
    return rules.least_loaded(queries.loads_of_team(team_id)) if team_id else None


def find_in_file(row: IntakeRow) -> Citizen | None:
    """The citizen that a line of a file names by the identifier or the CPR number."""
    known = queries.find_by_person_uuid(row.person_uuid) if row.person_uuid else None
    if known is None and row.cpr:
        known = queries.find_by_fingerprint(vault.fingerprints(rules.plain_cpr(row.cpr)))
    return known


def take_in(
    row: IntakeRow, *, team_ids: dict[str, UUID], now: datetime, by_user_id: UUID | None = None
) -> Intake:
    """One line of an imported file: a new citizen, a new spell of somebody we know, or nothing when
    the line was taken in before. That a person is known leaves a row in her log.
    """
    known = find_in_file(row)
    if known is None:
        new = register_citizen(
            name=row.name,
            started_on=row.started_on,
            target_group=row.target_group,
            now=now,
            cpr=row.cpr,
            person_uuid=row.person_uuid,
            email=row.email,
            phone=row.phone,
            locale=row.locale,
            team_id=team_ids.get(row.team or ""),
            by_user_id=by_user_id,
        )
        arrived(new.id, now)
        return Intake.REGISTERED
    latest = known.spells[0] if known.spells else None
    if latest is None or (latest.ended_on is not None and row.started_on > latest.ended_on):
        begin_spell(known.id, started_on=row.started_on, target_group=row.target_group, now=now)
        arrived(known.id, now)
        return Intake.OUT_OF_WORK_AGAIN
    note_change(known.id, "stood_in_a_file", by_user_id=by_user_id)
    return Intake.KNOWN


def _refuse_duplicates(digits: str | None, person_uuid: str | None) -> None:
    if digits and (known := queries.find_by_fingerprint(vault.fingerprints(digits))):
        raise AlreadyKnown(Duplicate.CPR, known.id)
    if person_uuid and (known := queries.find_by_person_uuid(person_uuid)):
        raise AlreadyKnown(Duplicate.PERSON_ID, known.id)


def assign(
    citizen_id: UUID,
    user_id: UUID,
    *,
    now: datetime,
    by_user_id: UUID | None = None,
    reason: str = "",
    by_role: str = "",
) -> Assignment:
    """Makes that member of staff the citizen's own caseworker from now on; the earlier assignment
    ends.
    """
    ending = sa.update(Assignment).where(
        Assignment.citizen_id == citizen_id, Assignment.ended_at.is_(None)
    )
    db.session.execute(ending.values(ended_at=now))
    assignment = Assignment(citizen_id=citizen_id, user_id=user_id, started_at=now, reason=reason)
    db.session.add(assignment)
    note_change(citizen_id, "caseworker", by_user_id=by_user_id, by_role=by_role)
    db.session.flush()
    return assignment


def end_spell(
    citizen_id: UUID,
    *,
    outcome: Outcome,
    ended_on: date,
    now: datetime,
    by_user_id: UUID | None,
    keep: frozenset[UUID] = frozenset(),
) -> Spell:
    """Closes the spell that is going on with its outcome, and the assignment with it; coming
    meetings but those to `keep` are cancelled, invitations and tasks end. Raises Conflict when none
    is open or it began later. After a death nothing is sent any more.
    """
    queries.lock_citizen(citizen_id)
    spell = queries.current_spell(citizen_id)
    if spell is None or ended_on < spell.started_on:
        raise Conflict
    spell.ended_on = ended_on
    spell.outcome = outcome.value
    db.session.execute(
        sa.update(Assignment)
        .where(Assignment.citizen_id == citizen_id, Assignment.ended_at.is_(None))
        .values(ended_at=now)
    )
    detail = {"outcome": outcome.value, "at": now.isoformat()}
    if outcome is Outcome.DEATH:
        citizen = queries.get_citizen(citizen_id)
        detail["channel"] = citizen.channel.value
        citizen.channel = Channel.NONE
    note_change(citizen_id, "spell_ended", by_user_id=by_user_id, **detail)
    db.session.flush()
    ports.SPELL_ENDED()(SpellEnd(citizen_id, outcome, now, by_user_id, keep))
    return spell


def note_visit(citizen_id: UUID, now: datetime) -> None:
    """The citizen was here herself."""
    db.session.execute(sa.update(Citizen).where(Citizen.id == citizen_id).values(last_seen_at=now))


def begin_spell(
    citizen_id: UUID,
    *,
    started_on: date,
    target_group: str,
    now: datetime,
    by_user_id: UUID | None = None,
) -> Spell:
    """Somebody we know is out of work again: a new spell, and a caseworker of her team. Raises
    Conflict when one is open.
    """
    if queries.current_spell(citizen_id) is not None:
        raise Conflict
    spell = Spell(citizen_id=citizen_id, started_on=started_on, target_group=target_group)
    db.session.add(spell)
    note_change(citizen_id, "spell_began", by_user_id=by_user_id)
    team_id = queries.get_citizen(citizen_id).team_id
    if team_id and (user_id := rules.least_loaded(queries.loads_of_team(team_id))):
        assign(citizen_id, user_id, now=now, by_user_id=by_user_id, reason="intake")
    db.session.flush()
    return spell


def change_details(
    citizen_id: UUID,
    what: str,
    values: dict[str, Any],
    *,
    by_user_id: UUID | None,
    now: datetime,
    by_role: str = "citizen",
    version: str | None = None,
) -> Citizen:
    """Changes fields of the master record that a form showed (`what` names the form). Nothing is
    written when nothing differs.

    Another e-mail address takes the way in by e-mail with it, whoever writes it, and both addresses
    are told. `version`: what was stored when the form was opened; Stale with what is stored now when somebody
    changed it since.
    """
    citizen = queries.get_citizen(citizen_id)
    if version:
        ensure_unchanged(
            version, stored={name: getattr(citizen, name) for name in values}, wanted=values
        )
    changed = sorted(name for name, value in values.items() if getattr(citizen, name) != value)
    before = queries.recipient_of(citizen_id) if "email" in changed else None
    for name in changed:
        setattr(citizen, name, values[name])
    if changed:
        note_change(citizen_id, what, by_user_id=by_user_id, by_role=by_role, fields=changed)
        db.session.flush()
    if before is not None:
        was_way_in = identity.move_address(citizen_id, citizen.email)
        telling.tell_of_address(before, citizen.email, was_way_in=was_way_in, now=now)
    return citizen


def allow_email_log_in(
    citizen_id: UUID, *, is_allowed: bool, by_user_id: UUID | None, now: datetime
) -> None:
    """For a citizen who cannot get MitID: a link to the address of her record opens her case, or no
    longer does. Raises Conflict without a free address.
    """
    citizen = queries.get_citizen(citizen_id)
    identity.allow_email(citizen_id, name=citizen.name, email=citizen.email, is_allowed=is_allowed)
    note_change(citizen_id, "email_log_in", by_user_id=by_user_id, is_allowed=is_allowed)
    if not is_allowed:
        telling.tell(queries.recipient_of(citizen_id), "email_closed", now=now)
    db.session.flush()


def give_power_of_attorney(
    citizen_id: UUID,
    *,
    name: str,
    email: str,
    scope: str,
    valid_to: date | None,
    by_user_id: UUID | None,
    by_role: str = "caseworker",
) -> PowerOfAttorney:
    """Lets somebody act for the citizen. The helper logs in with that address, and is logged out
    first: whoever sits in an account now need not be the helper. A member of staff or
    a citizen's own log-in cannot be one (Conflict).
    """
    helper = identity_queries.find_user_by_email(email)
    if identity.belongs_to_staff(email) or (helper and (helper.grants or helper.citizen_id)):
        raise Conflict
    if helper is None:
        helper = identity.create_user(name=name, email=email)
    identity.end_sessions_of(helper.id)
    power = PowerOfAttorney(
        user_id=helper.id, citizen_id=citizen_id, scope=scope, valid_to=valid_to
    )
    db.session.add(power)
    note_change(citizen_id, "helper_added", by_user_id=by_user_id, by_role=by_role, scope=scope)
    db.session.flush()
    return power


def end_power_of_attorney(
    citizen_id: UUID,
    power_id: UUID,
    *,
    now: datetime,
    by_user_id: UUID,
    by_role: str = "caseworker",
) -> None:
    """The helper may no longer act for the citizen, from this moment. Raises NotFound for another
    citizen's.
    """
    power = db.session.get(PowerOfAttorney, power_id)
    if power is None or power.citizen_id != citizen_id:
        raise NotFound
    if power.ended_at is None:
        power.ended_at = now
        identity.end_sessions_of(power.user_id)
        note_change(citizen_id, "helper_ended", by_user_id=by_user_id, by_role=by_role)
        telling.tell(queries.recipient_of(citizen_id), "helper_ended", now=now)
        db.session.flush()


def can_match(unmatched_id: UUID, citizen_id: UUID) -> bool:
    """Whether that log-in is still nobody's and the citizen still has none."""
    waiting = db.session.get(UnmatchedLogin, unmatched_id)
    has_one = db.session.scalar(sa.select(User.id).where(User.citizen_id == citizen_id))
    return waiting is not None and waiting.resolved_at is None and has_one is None


def match_login(
    unmatched_id: UUID, citizen_id: UUID, *, now: datetime, by_user_id: UUID | None
) -> None:
    """Says which citizen a log-in is. Raises Conflict when the citizen has a log-in already or
    somebody else matched it.
    """
    waiting = db.session.get(UnmatchedLogin, unmatched_id)
    if waiting is None or not can_match(unmatched_id, citizen_id):
        raise Conflict
    identity.join_to_citizen(waiting.user_id, citizen_id, now)
    note_change(citizen_id, "login_matched", by_user_id=by_user_id, by_role="caseworker")
    db.session.flush()


def note_change(
    citizen_id: UUID, what: str, *, by_user_id: UUID | None, by_role: str = "", **detail: Any
) -> None:
    """Leaves a row about a change of the master record and one in the log of deeds: codes only, no
    values.
    """
    db.session.add(
        CitizenChange(citizen_id=citizen_id, by_user_id=by_user_id, what=what, detail=detail)
    )
    role = by_role or ("system" if by_user_id is None else "caseworker")
    audit.record(
        f"citizen.{what}", actor_id=by_user_id, actor_role=role, citizen_id=citizen_id, **detail
    )

"""Reads the contact courses of many citizens at once: five statements a batch, however many
citizens.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Assignment, Citizen, Spell, TeamMember
from jobunivers.contact import queries, rules
from jobunivers.contact.models import Exemption, Need, Task
from jobunivers.contact.types import Course, ExemptionScope, MeetingFact, MeetingState, NeedFact
from jobunivers.extensions import db
from jobunivers.identity.models import User, UserGrant
from jobunivers.identity.types import Grant
from jobunivers.shared import clock

BATCH = 500
STATES = {
    queries.HELD: MeetingState.HELD,
    queries.BOOKED: MeetingState.COMING,
    "requested": MeetingState.COMING,
    "unknown": MeetingState.UNRECORDED,
}


def batches() -> Iterator[list[UUID]]:
    """Ids of all citizens with an open spell, some at a time, in a stable order."""
    last: UUID | None = None
    while True:
        query = (
            sa.select(Spell.citizen_id)
            .where(Spell.ended_on.is_(None))
            .order_by(Spell.citizen_id)
            .limit(BATCH)
        )
        found = list(db.session.scalars(query.where(Spell.citizen_id > last) if last else query))
        if found:
            yield found
        if len(found) < BATCH:
            return
        last = found[-1]


def list_courses(citizen_ids: Sequence[UUID], today: date) -> list[Course]:
    """The courses of these citizens' open spells, ordered by citizen."""
    spells = list(db.session.execute(_spells(citizen_ids)))
    meetings, needs = _meetings(citizen_ids, today), _needs(citizen_ids)
    tasks, exempt = _with_task(citizen_ids, today), _exemptions(citizen_ids, today)
    return [
        Course(
            citizen_id=spell.citizen_id,
            spell_id=spell.id,
            target_group=spell.target_group,
            started_on=spell.started_on,
            meetings=tuple(
                fact for fact in meetings[spell.citizen_id] if fact.on >= spell.started_on
            ),
            needs=tuple(
                fact
                for fact, opened_on in needs[spell.citizen_id]
                if opened_on >= spell.started_on or fact.is_open
            ),
            has_task=spell.citizen_id in tasks,
            books_herself=(spell.citizen_id, ExemptionScope.SELF_BOOKING) not in exempt,
            is_exempt=(spell.citizen_id, ExemptionScope.TALKS) in exempt,
        )
        for spell in spells
    ]


def _spells(citizen_ids: Sequence[UUID]) -> "sa.Select[UUID, UUID, str, date]":
    columns = (Spell.citizen_id, Spell.id, Spell.target_group, Spell.started_on)
    return (
        sa.select(*columns)
        .where(Spell.citizen_id.in_(citizen_ids), Spell.ended_on.is_(None))
        .order_by(Spell.citizen_id)
    )


def _meetings(citizen_ids: Sequence[UUID], today: date) -> dict[UUID, list[MeetingFact]]:
    meeting = queries.meetings()
    query = sa.select(
        meeting.c.citizen_id, meeting.c.kind, meeting.c.starts_at, meeting.c.status
    ).where(meeting.c.citizen_id.in_(citizen_ids))
    found: dict[UUID, list[MeetingFact]] = defaultdict(list)
    for row in db.session.execute(query.order_by(meeting.c.starts_at)):
        state = STATES.get(str(row.status))
        on = clock.danish_day(row.starts_at)
        if state is not None:
            found[row.citizen_id].append(
                MeetingFact(
                    row.kind,
                    on,
                    MeetingState.UNRECORDED
                    if state is MeetingState.COMING and on < today
                    else state,
                )
            )
    return found


def _needs(citizen_ids: Sequence[UUID]) -> dict[UUID, list[tuple[NeedFact, date]]]:
    found: dict[UUID, list[tuple[NeedFact, date]]] = defaultdict(list)
    for need in db.session.scalars(
        sa.select(Need).where(Need.citizen_id.in_(citizen_ids)).order_by(Need.created_at, Need.id)
    ):
        fact = NeedFact(
            need.id,
            need.kind,
            need.reason,
            need.deadline_on,
            need.status,
            is_invited=need.invited_at is not None,
            earliest_on=need.earliest_on,
        )
        found[need.citizen_id].append((fact, clock.danish_day(need.invited_at or need.created_at)))
    return found


def _with_task(citizen_ids: Sequence[UUID], today: date) -> set[UUID]:
    last = rules.working_days_after(
        today, rules.TASK_COUNTS_FOR, queries.closed_days(today, today + timedelta(days=21))
    )
    return set(
        db.session.scalars(
            sa.select(Task.citizen_id).where(
                Task.citizen_id.in_(citizen_ids), Task.done_at.is_(None), Task.due_on <= last
            )
        )
    )


def _exemptions(citizen_ids: Sequence[UUID], today: date) -> set[tuple[UUID, ExemptionScope]]:
    query = sa.select(Exemption.citizen_id, Exemption.scope, Exemption.ends_on).where(
        Exemption.citizen_id.in_(citizen_ids), Exemption.starts_on <= today
    )
    runs = [
        row
        for row in db.session.execute(query)
        if (row.ends_on is None and row.scope == ExemptionScope.SELF_BOOKING)
        or (row.ends_on and row.ends_on >= today)
    ]
    return {(row.citizen_id, ExemptionScope(row.scope)) for row in runs}


def responsible_for(citizen_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """citizen -> who is asked to act: her own caseworker, else somebody of her team, else any
    caseworker. Disabled log-ins never.
    """
    own = sa.select(Assignment.citizen_id, Assignment.user_id).join(
        User, User.id == Assignment.user_id
    )
    own = own.where(
        Assignment.citizen_id.in_(citizen_ids),
        Assignment.ended_at.is_(None),
        User.disabled_at.is_(None),
    )
    found = {row.citizen_id: row.user_id for row in db.session.execute(own)}
    missing = [citizen_id for citizen_id in citizen_ids if citizen_id not in found]
    if missing:
        found |= _stand_ins(missing)
    return found


def _stand_ins(citizen_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """One caseworker of the citizen's team, or of the house, chosen evenly and the same each time."""
    staff = sa.select(User.id, TeamMember.team_id).join(
        UserGrant, sa.and_(UserGrant.user_id == User.id, UserGrant.grant == Grant.CASEWORKER)
    )
    rows = db.session.execute(
        staff.outerjoin(TeamMember, TeamMember.user_id == User.id)
        .where(User.disabled_at.is_(None))
        .order_by(User.name, User.id)
    ).all()
    everybody = list(dict.fromkeys(row.id for row in rows))
    teams: dict[UUID | None, list[UUID]] = defaultdict(list)
    for row in rows:
        teams[row.team_id].append(row.id)
    citizens = db.session.execute(
        sa.select(Citizen.id, Citizen.team_id).where(Citizen.id.in_(citizen_ids))
    )
    choices = {
        row.id: teams.get(row.team_id) or everybody if row.team_id else everybody
        for row in citizens
    }
    return {
        citizen_id: staff_ids[citizen_id.int % len(staff_ids)]
        for citizen_id, staff_ids in choices.items()
        if staff_ids
    }

"""Exemptions: who need not book herself, or is left out of talks, why, until when, decided by whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import queries as caseload
from jobunivers.caseload import services as caseload_services
from jobunivers.caseload.models import Citizen
from jobunivers.contact import course_queries as courses
from jobunivers.contact.models import Exemption
from jobunivers.contact.types import ExemptionScope, MeetingState
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.messages import services as messages
from jobunivers.shared import clock
from jobunivers.shared.errors import Conflict, NotFound
from jobunivers.shared.profile import ExemptionReason

GRANTED, ENDED = "exemption.granted", "exemption.ended"


@dataclass(frozen=True)
class ExemptionLine:
    """One exemption. `reason` is a code of the profile."""

    id: UUID
    citizen_id: UUID
    citizen_name: str
    scope: ExemptionScope
    reason: str
    note: str
    starts_on: date
    ends_on: date | None
    decided_by: str


class FirstMeetingMissing(Conflict):
    """Talks can be left out only after the first one: that is for everybody."""


def _in_force(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        Exemption.starts_on <= today,
        sa.or_(Exemption.ends_on.is_(None), Exemption.ends_on >= today),
    )


def list_in_force(today: date, *, citizen_id: UUID) -> list[ExemptionLine]:
    """A citizen's exemptions in force; those that end first at the top."""
    return _lines(today, Exemption.citizen_id == citizen_id)


def list_in_teams(user_id: UUID, today: date) -> list[ExemptionLine]:
    """The same of everybody in this member of staff's teams."""
    return _lines(today, Citizen.team_id.in_(caseload.teams_of(user_id)))


def _lines(today: date, wanted: sa.ColumnElement[bool]) -> list[ExemptionLine]:
    columns = (
        Exemption.id,
        Exemption.citizen_id,
        Citizen.name,
        Exemption.scope,
        Exemption.reason,
        Exemption.note,
    )
    query = (
        sa.select(*columns, Exemption.starts_on, Exemption.ends_on, User.name)
        .join(Citizen, Citizen.id == Exemption.citizen_id)
        .outerjoin(User, User.id == Exemption.by_user_id)
        .where(_in_force(today), wanted)
        .order_by(Exemption.ends_on.is_(None), Exemption.ends_on, Exemption.starts_on, Exemption.id)
    )
    return [
        ExemptionLine(
            row[0],
            row[1],
            row[2],
            ExemptionScope(row[3]),
            row[4],
            row[5],
            row[6],
            row[7],
            row[8] or "",
        )
        for row in db.session.execute(query)
    ]


def count_in_force(today: date) -> dict[str, int]:
    """How many are exempt now, by scope."""
    query = (
        sa.select(Exemption.scope, sa.func.count(sa.distinct(Exemption.citizen_id)))
        .where(_in_force(today))
        .group_by(Exemption.scope)
    )
    return {str(scope): count for scope, count in db.session.execute(query)}


def find_in_force(citizen_id: UUID, scope: ExemptionScope, today: date) -> ExemptionLine | None:
    """The citizen's exemption of that scope, when there is one."""
    return next(
        (line for line in list_in_force(today, citizen_id=citizen_id) if line.scope is scope), None
    )


def grant(
    citizen_id: UUID,
    reason: ExemptionReason,
    *,
    ends_on: date,
    note: str,
    by_user_id: UUID,
    now: datetime,
) -> None:
    """Exempts the citizen from today to `ends_on` and tells her what it means. Raises Conflict when
    she is exempt already.

    The same form twice is one exemption. Talks are left out only after a first one was held
    (FirstMeetingMissing): it is for everybody.
    """
    caseload.lock_citizen(citizen_id)
    today, scope = clock.danish_day(now), ExemptionScope(reason.scope)
    if known := find_in_force(citizen_id, scope, today):
        if (known.reason, known.ends_on) == (reason.code, ends_on):
            return
        raise Conflict
    if scope is ExemptionScope.TALKS and not _has_met(citizen_id, today):
        raise FirstMeetingMissing
    exemption = Exemption(
        citizen_id=citizen_id,
        scope=scope,
        reason=reason.code,
        note=note,
        starts_on=today,
        ends_on=ends_on,
        by_user_id=by_user_id,
    )
    db.session.add(exemption)
    caseload_services.note_change(
        citizen_id, "exempted", by_user_id=by_user_id, scope=scope.value, reason=reason.code
    )
    db.session.flush()
    params = {"scope": scope.value, "reason": reason.code, "ends_on": ends_on.isoformat()}
    messages.notify(
        caseload.recipient_of(citizen_id),
        GRANTED,
        params,
        now=now,
        key=f"{GRANTED}:{exemption.id}",
        author_id=by_user_id,
    )


def _has_met(citizen_id: UUID, today: date) -> bool:
    return any(
        meeting.state is MeetingState.HELD
        for course in courses.list_courses([citizen_id], today)
        for meeting in course.meetings
    )


def end(citizen_id: UUID, exemption_id: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """It holds no longer from today, and the citizen is told. Raises NotFound for another
    citizen's; ending it twice changes nothing.
    """
    today, exemption = clock.danish_day(now), db.session.get(Exemption, exemption_id)
    if exemption is None or exemption.citizen_id != citizen_id:
        raise NotFound
    if exemption.ends_on is not None and exemption.ends_on < today:
        return
    exemption.ends_on = today - timedelta(days=1)
    caseload_services.note_change(
        citizen_id, "exemption_ended", by_user_id=by_user_id, scope=exemption.scope
    )
    db.session.flush()
    params = {"scope": exemption.scope}
    messages.notify(
        caseload.recipient_of(citizen_id),
        ENDED,
        params,
        now=now,
        key=f"{ENDED}:{exemption.id}",
        author_id=by_user_id,
    )

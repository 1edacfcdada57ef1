"""Somebody is away, or has left: what she had booked is never cancelled in silence. A named colleague
is asked to find another time or person, and what is asked is taken back when she comes after all.
"""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import diary_queries
from jobunivers.booking.models import Appointment, OpeningWindow
from jobunivers.booking.queries import LIVE
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload.models import Absence
from jobunivers.caseload.types import AwayFor
from jobunivers.contact import course_queries as courses
from jobunivers.contact import queries as contact
from jobunivers.contact import rules
from jobunivers.contact import services as tasks
from jobunivers.contact.models import Task
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.shared import audit, clock


def add_absence(
    user_id: UUID,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: AwayFor = AwayFor.OTHER,
    substitute_id: UUID | None = None,
    by_user_id: UUID | None = None,
    now: datetime | None = None,
) -> Absence:
    """She is away in this time: nothing is offered, and each meeting that stands in it is on the
    list of whoever stands in. The same days twice are one absence, with what was said last.
    """
    now = now or clock.now()
    same = sa.select(Absence).where(
        Absence.user_id == user_id, Absence.starts_at == starts_at, Absence.ends_at == ends_at
    )
    absence = db.session.scalar(same)
    if absence is None:
        absence = Absence(user_id=user_id, starts_at=starts_at, ends_at=ends_at)
        db.session.add(absence)
    absence.reason, absence.substitute_id = reason, substitute_id
    _record("absence.entered", absence, by_user_id)
    db.session.flush()
    for meeting in _standing(user_id, max(starts_at, now), ends_at):
        helper = absences.stand_in_of(user_id, max(meeting.starts_at, now))
        _ask(meeting, helper or user_id, TaskKind.HOST_AWAY, now, key=_key(absence.id, meeting.id))
    db.session.flush()
    return absence


def end_absence(absence_id: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """She comes after all, or is back early: from now on her times are offered again and nobody need
    move a meeting because of it. An absence that has not begun is as if it had never been entered.
    """
    absence = db.session.get_one(Absence, absence_id)
    _record("absence.ended", absence, by_user_id)
    asked = sa.update(Task).where(
        Task.key.startswith(f"away:{absence.id}:", autoescape=True), Task.done_at.is_(None)
    )
    db.session.execute(asked.values(done_at=now))
    if absence.starts_at >= now:
        db.session.delete(absence)
    else:
        absence.ends_at = min(absence.ends_at, now)
    db.session.flush()


def _record(action: str, absence: Absence, by_user_id: UUID | None) -> None:
    audit.record(
        action,
        actor_id=by_user_id or absence.user_id,
        actor_role="caseworker" if by_user_id in (None, absence.user_id) else "coordinator",
        user_id=str(absence.user_id),
        first=clock.danish_day(absence.starts_at).isoformat(),
        last=clock.danish_day(absence.ends_at - timedelta(minutes=1)).isoformat(),
    )


def release(user_id: UUID, *, now: datetime) -> None:
    """She has left: nothing is offered any more, absences to come are gone, and each coming meeting
    is on a colleague's list, with whom it will be.
    """
    windows = sa.select(OpeningWindow).where(OpeningWindow.user_id == user_id)
    today = clock.danish_day(now)
    for window in db.session.scalars(windows.order_by(OpeningWindow.id)):
        if window.valid_to is None or window.valid_to > today:
            diary_queries.get_window(user_id, window.id).valid_to = max(today, window.valid_from)
    db.session.execute(sa.delete(Absence).where(Absence.user_id == user_id, Absence.ends_at > now))
    meetings = _standing(user_id, now, None)
    who = courses.responsible_for([meeting.citizen_id for meeting in meetings])
    for meeting in meetings:
        if helper := who.get(meeting.citizen_id):
            _ask(meeting, helper, TaskKind.HOST_LEFT, now, key=f"left:{user_id}:{meeting.id}")
    db.session.flush()


def _key(absence_id: UUID, meeting_id: UUID) -> str:
    return f"away:{absence_id}:{meeting_id}"


def _standing(user_id: UUID, first: datetime, end: datetime | None) -> list[Appointment]:
    """Her coming meetings in that time, in order."""
    query = sa.select(Appointment).where(
        Appointment.caseworker_id == user_id,
        Appointment.status.in_(LIVE),
        Appointment.ends_at > first,
    )
    if end is not None:
        query = query.where(Appointment.starts_at < end)
    return list(db.session.scalars(query.order_by(Appointment.starts_at, Appointment.id)))


def _ask(meeting: Appointment, user_id: UUID, what: TaskKind, now: datetime, *, key: str) -> None:
    today, day = clock.danish_day(now), clock.danish_day(meeting.starts_at)
    next_day = rules.working_days_after(
        today, 1, contact.closed_days(today, today + timedelta(days=120))
    )
    task = tasks.add_task(
        meeting.citizen_id, user_id, what=what, due_on=min(next_day, day), key=key
    )
    task.user_id, task.done_at = user_id, None


def settled(meeting: Appointment, now: datetime) -> None:
    """Another time or person was found, or the meeting is off: nobody need look for one."""
    asked = sa.update(Task).where(
        Task.citizen_id == meeting.citizen_id,
        Task.what.in_([TaskKind.HOST_AWAY.value, TaskKind.HOST_LEFT.value]),
        Task.key.endswith(f":{meeting.id}", autoescape=True),
        Task.done_at.is_(None),
    )
    db.session.execute(asked.values(done_at=now))

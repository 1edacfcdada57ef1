"""Questions about needs, tasks and next contacts. Meetings live in a feature above; it registers
where they can be read.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload.models import Absence, Citizen
from jobunivers.contact import holiday_rules as holidays
from jobunivers.contact.models import ClosingDay, Exemption, Need, Task
from jobunivers.contact.ports import MEETINGS
from jobunivers.contact.types import (
    Asked,
    Closed,
    Closing,
    ExemptionScope,
    NeedStatus,
    OpenNeed,
    TaskLine,
)
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import NotFound

HELD, BOOKED = "held", "booked"


def meetings() -> sa.Subquery:
    """All meetings, as a subquery."""
    return MEETINGS()()


def closed_days(first: date, last: date) -> frozenset[date]:
    """Public holidays, the profile's yearly days and the days on which the whole office is closed,
    both ends included.
    """
    return closed_between(first, last).days


def closed_between(first: date, last: date) -> Closed:
    """The same, and besides when single places are closed."""
    rows = list_closings(first, last)
    whole = frozenset(row.on for row in rows if not row.location)
    places = frozenset((row.on, row.location) for row in rows if row.location)
    return Closed(
        holidays.holidays_between(first, last, current_profile().closing_days) | whole, places
    )


def list_closings(first: date, last: date | None = None) -> list[Closing]:
    """Days closed by an administrator, in order."""
    query = sa.select(ClosingDay.id, ClosingDay.on, ClosingDay.location, ClosingDay.label).where(
        ClosingDay.on >= first
    )
    if last is not None:
        query = query.where(ClosingDay.on <= last)
    return [
        Closing(*row)
        for row in db.session.execute(query.order_by(ClosingDay.on, ClosingDay.location))
    ]


def start_of(day: date) -> datetime:
    """The first instant of a Danish day."""
    return datetime.combine(day, time(), clock.COPENHAGEN)


# --- one citizen, one member of staff
# ------------------------------------------------------------------------------


def list_open_needs(citizen_id: UUID, today: date | None = None) -> list[OpenNeed]:
    """What the citizen is invited to book, the nearest deadline first; with `today` also whether
    she is called instead.
    """
    return [
        OpenNeed(*need)
        for need in db.session.execute(_open_needs(), {"citizen": citizen_id, "today": today})
    ]


@cache
def _open_needs() -> Any:
    columns = (
        Need.id,
        Need.kind,
        Need.reason,
        Need.legal,
        Need.earliest_on,
        Need.deadline_on,
        Need.invited_at,
    )
    today = sa.bindparam("today", type_=sa.Date)
    is_called = sa.or_(
        Need.invited_at.is_(None),
        is_exempt(Need.citizen_id, ExemptionScope.SELF_BOOKING, today),
    )
    query = sa.select(*columns, is_called).where(
        Need.citizen_id == sa.bindparam("citizen"), Need.status == NeedStatus.OPEN
    )
    return query.order_by(Need.deadline_on.is_(None), Need.deadline_on, Need.created_at, Need.id)


def get_open_need(citizen_id: UUID, need_id: UUID) -> OpenNeed:
    """An open need of this citizen; anybody else's is NotFound, and so is one that is no longer
    open.
    """
    need = find_open_need(citizen_id, need_id)
    if need is None:
        raise NotFound
    return need


def find_open_need(citizen_id: UUID, need_id: UUID) -> OpenNeed | None:
    """The same, but None for her own need that is met or closed by now."""
    need = db.session.scalar(
        sa.select(Need).where(Need.id == need_id, Need.citizen_id == citizen_id)
    )
    if need is None:
        raise NotFound
    return _open_need(need) if need.status is NeedStatus.OPEN else None


def find_deadline(need_id: UUID) -> date | None:
    """The last day of a need, open or not."""
    return db.session.scalar(sa.select(Need.deadline_on).where(Need.id == need_id))


def _open_need(need: Any) -> OpenNeed:
    return OpenNeed(
        need.id,
        need.kind,
        need.reason,
        need.legal,
        need.earliest_on,
        need.deadline_on,
        need.invited_at,
        is_called=need.invited_at is None,
    )


def list_tasks(
    user_id: UUID,
    *,
    done_since: datetime | None = None,
    others: Mapping[UUID, str] | None = None,
) -> list[TaskLine]:
    """What this member of staff must do about citizens, the oldest day first; with `done_since`
    also what she has done since then, with `others` also what is theirs (by name) while they are
    away.
    """
    others = others or {}
    values = {"users": [user_id, *others], "since": done_since}
    return [
        TaskLine(**row._mapping, for_name=others.get(row.user_id, ""))
        for row in db.session.execute(_tasks_of(done_since is not None), values)
    ]


@cache
def _tasks_of(with_done: bool) -> Any:
    wanted = (
        sa.or_(Task.done_at.is_(None), Task.done_at >= sa.bindparam("since"))
        if with_done
        else Task.done_at.is_(None)
    )
    whose = Task.user_id.in_(sa.bindparam("users", expanding=True))
    return _task_lines(sa.and_(whose, wanted))


def list_tasks_about(citizen_id: UUID) -> list[TaskLine]:
    """What anybody must do about this citizen, the oldest day first."""
    query = _task_lines(sa.and_(Task.citizen_id == citizen_id, Task.done_at.is_(None)))
    return [TaskLine(**row._mapping) for row in db.session.execute(query)]


def _task_lines(wanted: sa.ColumnElement[bool]) -> Any:
    columns = (
        Task.id,
        Task.citizen_id,
        Citizen.name.label("citizen_name"),
        Task.what,
        Task.note,
        Task.due_on,
        Task.user_id,
        Task.done_at,
        Task.key,
    )
    query = sa.select(*columns).join(Citizen, Citizen.id == Task.citizen_id).where(wanted)
    return query.order_by(Task.due_on, Task.created_at, Task.id).limit(200)


def get_task_for(user_id: UUID, task_id: UUID, now: datetime) -> Task:
    """A task of this member of staff, or of somebody for whom she stands in now; anybody else's is
    NotFound.
    """
    task = db.session.get(Task, task_id)
    if task is None or (
        task.user_id != user_id and task.user_id not in absences.stood_in_for(user_id, now)
    ):
        raise NotFound
    return task


def count_tasks(user_ids: Iterable[UUID], today: date) -> dict[UUID, tuple[int, int]]:
    """(open, overdue) tasks of each of these members of staff who has any."""
    late = sa.func.sum(sa.case((Task.due_on < today, 1), else_=0))
    query = (
        sa.select(Task.user_id, sa.func.count(), late)
        .where(Task.user_id.in_(list(user_ids)), Task.done_at.is_(None))
        .group_by(Task.user_id)
        .order_by(Task.user_id)
    )
    return {row[0]: (row[1], int(row[2])) for row in db.session.execute(query)}


def list_asked(citizen_id: UUID, now: datetime) -> dict[str, Asked]:
    """What somebody of staff will do about this citizen, by the key under which it was asked. Without
    a name while whoever was asked is away, or when she has left: a colleague does it.
    """
    is_away = sa.exists().where(
        Absence.user_id == Task.user_id, Absence.starts_at <= now, Absence.ends_at > now
    )
    is_gone = sa.or_(User.disabled_at.is_not(None), is_away)
    query = (
        sa.select(Task.key, Task.due_on, sa.case((is_gone, ""), else_=User.name).label("name"))
        .join(User, User.id == Task.user_id)
        .where(Task.citizen_id == citizen_id, Task.done_at.is_(None))
    )
    return {
        row.key: Asked(row.due_on, row.name)
        for row in db.session.execute(
            query.where(Task.key.is_not(None)).order_by(Task.due_on, Task.id)
        )
    }


def books_herself(citizen_id: UUID, today: date) -> bool:
    """False for a citizen who is exempt from booking her own meetings."""
    return not db.session.scalar(
        sa.select(is_exempt(citizen_id, ExemptionScope.SELF_BOOKING, today))
    )


# --- lists in which nobody is lost
# ------------------------------------------------------------------------------


def is_exempt(citizen_id: Any, scope: ExemptionScope, today: Any) -> sa.Exists:
    """In force today. An exemption from talks without an end does not take anybody out of sight: it
    must have a day to look again.
    """
    ends = Exemption.ends_on >= today
    if scope is ExemptionScope.SELF_BOOKING:
        ends = sa.or_(ends, Exemption.ends_on.is_(None))
    return sa.exists().where(
        Exemption.citizen_id == citizen_id,
        Exemption.scope == scope.value,
        Exemption.starts_on <= today,
        ends,
    )


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """Needs, tasks about her and exemptions, as the citizen may take them with her."""
    needs = db.session.scalars(
        sa.select(Need).where(Need.citizen_id == citizen_id).order_by(Need.created_at, Need.id)
    )
    tasks = db.session.scalars(
        sa.select(Task).where(Task.citizen_id == citizen_id).order_by(Task.created_at, Task.id)
    )
    exemptions = db.session.scalars(
        sa.select(Exemption)
        .where(Exemption.citizen_id == citizen_id)
        .order_by(Exemption.starts_on, Exemption.id)
    )
    return {
        "invitations": [
            _plain(
                need,
                "kind",
                "reason",
                "legal",
                "earliest_on",
                "deadline_on",
                "invited_at",
                "status",
                "closed_reason",
            )
            for need in needs
        ],
        "tasks": [_plain(task, "what", "note", "due_on", "done_at") for task in tasks],
        "exemptions": [
            _plain(exemption, "scope", "reason", "note", "starts_on", "ends_on")
            for exemption in exemptions
        ],
    }


def _plain(row: Any, *names: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }

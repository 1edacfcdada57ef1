"""Questions about needs, tasks and next contacts. Meetings live in a feature above; it registers
where they can be read.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Assignment, Citizen, Spell
from jobunivers.contact import holiday_rules as holidays
from jobunivers.contact import rules
from jobunivers.contact.models import ClosingDay, Exemption, Need, Task
from jobunivers.contact.types import (
    Asked,
    Closed,
    Closing,
    ExemptionScope,
    ListLine,
    NeedStatus,
    OpenNeed,
    OwnTime,
    TaskLine,
)
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import UtcDateTime, days_after
from jobunivers.shared.errors import NotFound

PAGE = 50
Shape = tuple[bool, bool, bool]  # by team, a caseworker's own, from a line on
HELD, BOOKED = "held", "booked"
_meetings: list[Callable[[], sa.Subquery]] = []


def meetings_come_from(source: Callable[[], sa.Subquery]) -> None:
    """The feature with the appointments gives a subquery with citizen_id, kind, starts_at, ends_at
    and status (text).
    """
    _meetings[:] = [source]


def meetings() -> sa.Subquery:
    """All meetings, as a subquery."""
    return _meetings[0]()


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
    is_called = _exempt(
        Need.citizen_id, ExemptionScope.SELF_BOOKING, sa.bindparam("today", type_=sa.Date)
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
    )


def list_tasks(user_id: UUID, *, done_since: datetime | None = None) -> list[TaskLine]:
    """What this member of staff must do about citizens, the oldest day first; with `done_since`
    also what she has done since then.
    """
    return [
        TaskLine(**row._mapping)
        for row in db.session.execute(
            _tasks_of(done_since is not None), {"user": user_id, "since": done_since}
        )
    ]


@cache
def _tasks_of(with_done: bool) -> Any:
    wanted = (
        sa.or_(Task.done_at.is_(None), Task.done_at >= sa.bindparam("since"))
        if with_done
        else Task.done_at.is_(None)
    )
    return _task_lines(sa.and_(Task.user_id == sa.bindparam("user"), wanted))


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
    )
    query = sa.select(*columns).join(Citizen, Citizen.id == Task.citizen_id).where(wanted)
    return query.order_by(Task.due_on, Task.created_at, Task.id).limit(200)


def get_task_for(user_id: UUID, task_id: UUID) -> Task:
    """A task of this member of staff; anybody else's is NotFound."""
    task = db.session.scalar(sa.select(Task).where(Task.id == task_id, Task.user_id == user_id))
    if task is None:
        raise NotFound
    return task


def list_asked(citizen_id: UUID) -> dict[str, Asked]:
    """What somebody of staff will do about this citizen, by the key under which it was asked."""
    query = (
        sa.select(Task.key, Task.due_on, User.name)
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
    return not db.session.scalar(sa.select(_exempt(citizen_id, ExemptionScope.SELF_BOOKING, today)))


# --- lists in which nobody is lost
# ------------------------------------------------------------------------------


def without_next_contact(
    *,
    today: date,
    now: datetime,
    team_ids: Sequence[UUID] | None = None,
    user_id: UUID | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = PAGE,
) -> list[ListLine]:
    """Citizens out of work with no coming meeting, no open invitation and no task that counts,
    longest out first.

    One statement, whatever the number of citizens. `team_ids` and `user_id` narrow it to teams or
    to a caseworker's own.
    """
    scope, times = Scope(team_ids, user_id, after), _own_times(today)
    return scope.read(_without(scope.shape, limit, times), now=now, **_days(today, times))


@cache
def _without(shape: Shape, limit: int, times: tuple[OwnTime, ...]) -> Any:
    return _page(_lines(shape).where(_is_without(times)), shape, limit)


def _own_times(today: date) -> tuple[OwnTime, ...]:
    profile = current_profile()
    return rules.own_times(profile.contact_rules, today, profile.grace_days)


def count_without_next_contact(
    *, today: date, team_ids: Sequence[UUID] | None = None, user_id: UUID | None = None
) -> int:
    """How many that list has."""
    scope, times = Scope(team_ids, user_id), _own_times(today)
    query = _narrowed(
        sa.select(sa.func.count()).select_from(Citizen).join(Spell, _is_open_spell()), scope.shape
    )
    values = scope.values(**_days(today, times))
    return db.session.scalar(query.where(_is_without(times)), values) or 0


def list_week_22(
    *,
    today: date,
    now: datetime,
    team_ids: Sequence[UUID] | None = None,
    user_id: UUID | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = PAGE,
) -> list[ListLine]:
    """Citizens from week 18 of their spell who have not yet had the week-22 meeting, longest out
    first.
    """
    scope, meeting = Scope(team_ids, user_id, after), meetings()
    had = sa.exists().where(
        meeting.c.citizen_id == Citizen.id,
        meeting.c.kind == "week-22",
        meeting.c.status == HELD,
        _in_spell(meeting),
    )
    query = _lines(scope.shape, kind="week-22").where(
        Spell.started_on <= today - timedelta(weeks=18), ~had
    )
    return scope.read(_page(query, scope.shape, limit), now=now)


def list_never_met(
    *,
    today: date,
    now: datetime,
    team_ids: Sequence[UUID] | None = None,
    user_id: UUID | None = None,
    after: tuple[date, UUID] | None = None,
    limit: int = PAGE,
) -> list[ListLine]:
    """Citizens with whom no meeting was held in this spell, longest out first."""
    scope, meeting = Scope(team_ids, user_id, after), meetings()
    met = sa.exists().where(
        meeting.c.citizen_id == Citizen.id, meeting.c.status == HELD, _in_spell(meeting)
    )
    return scope.read(_page(_lines(scope.shape).where(~met), scope.shape, limit), now=now)


class Scope(NamedTuple):
    """Whose citizens a list shows, and after which line of it."""

    team_ids: Sequence[UUID] | None = None
    user_id: UUID | None = None
    after: tuple[date, UUID] | None = None

    @property
    def shape(self) -> Shape:
        """Which of the three are asked for: with it a statement is put together once."""
        return (self.team_ids is not None, self.user_id is not None, self.after is not None)

    def values(self, **more: Any) -> dict[str, Any]:
        """The bound values of a statement of this shape."""
        on, last = self.after or (None, None)
        return {
            "teams": self.team_ids,
            "user": self.user_id,
            "after_on": on,
            "after_id": last,
            **more,
        }

    def read(self, query: Any, **more: Any) -> list[ListLine]:
        """The lines of a statement of this shape."""
        return [ListLine(*row) for row in db.session.execute(query, self.values(**more))]


def _in_spell(meeting: sa.Subquery) -> sa.ColumnElement[bool]:
    return sa.type_coerce(meeting.c.starts_at >= Spell.started_on, sa.Boolean)


def _is_open_spell() -> sa.ColumnElement[bool]:
    return sa.and_(Spell.citizen_id == Citizen.id, Spell.ended_on.is_(None))


def _narrowed(query: sa.Select[Any], shape: Shape) -> sa.Select[Any]:
    by_team, own, _goes_on = shape
    if by_team:
        query = query.where(Citizen.team_id.in_(sa.bindparam("teams", expanding=True)))
    if own:
        caseload = sa.select(Assignment.citizen_id).where(
            Assignment.user_id == sa.bindparam("user"), Assignment.ended_at.is_(None)
        )
        query = query.where(
            Spell.citizen_id.in_(caseload)
        )  # begins at the caseload, not at all spells of the city
    return query


def _lines(shape: Shape, *, kind: str | None = None) -> sa.Select[Any]:
    """The columns of a ListLine for citizens with an open spell."""
    held, coming = meetings(), meetings()
    next_meeting = sa.select(sa.func.min(coming.c.starts_at)).where(
        coming.c.citizen_id == Citizen.id,
        coming.c.status == BOOKED,
        coming.c.starts_at >= sa.bindparam("now"),
    )
    invitation = sa.select(sa.func.min(Need.deadline_on)).where(
        Need.citizen_id == Citizen.id, Need.status == NeedStatus.OPEN
    )
    if kind:
        next_meeting, invitation = (
            next_meeting.where(coming.c.kind == kind),
            invitation.where(Need.kind == kind),
        )
    last_held = sa.select(sa.func.max(held.c.starts_at)).where(
        held.c.citizen_id == Citizen.id, held.c.status == HELD
    )
    task = sa.select(sa.func.min(Task.due_on)).where(
        Task.citizen_id == Citizen.id, Task.done_at.is_(None)
    )
    query = (
        sa.select(
            Citizen.id,
            Citizen.name,
            Spell.started_on,
            User.name,
            last_held.scalar_subquery(),
            next_meeting.scalar_subquery(),
            invitation.scalar_subquery(),
            task.scalar_subquery(),
        )
        .join(Spell, _is_open_spell())
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .outerjoin(User, User.id == Assignment.user_id)
    )
    return _narrowed(query, shape)


def _page(query: sa.Select[Any], shape: Shape, limit: int) -> sa.Select[Any]:
    if shape[2]:
        on, last = (
            sa.bindparam("after_on", type_=sa.Date),
            sa.bindparam("after_id", type_=Citizen.id.type),
        )
        query = query.where(
            sa.or_(Spell.started_on > on, sa.and_(Spell.started_on == on, Citizen.id > last))
        )
    return query.order_by(Spell.started_on, Citizen.id).limit(limit)


def _days(today: date, times: tuple[OwnTime, ...]) -> dict[str, Any]:
    """The bound values of `_is_without`."""
    last = rules.working_days_after(
        today, rules.TASK_COUNTS_FOR, closed_days(today, today + timedelta(days=21))
    )
    ends = {
        f"until_{each.days}": start_of(today + timedelta(days=each.days + 1))
        for each in times
        if not each.kind
    }
    return {"today": today, "last": last, "midnight": start_of(today), **ends}


def _is_without(times: tuple[OwnTime, ...]) -> sa.ColumnElement[bool]:
    meeting, today = meetings(), sa.bindparam("today", type_=sa.Date)
    coming = sa.exists().where(
        meeting.c.citizen_id == Citizen.id,
        meeting.c.status == BOOKED,
        meeting.c.ends_at >= sa.bindparam("midnight"),
        _is_near(meeting, times),
    )
    invited = sa.exists().where(
        Need.citizen_id == Citizen.id, Need.status == NeedStatus.OPEN, Need.deadline_on >= today
    )
    task = sa.exists().where(
        Task.citizen_id == Citizen.id,
        Task.done_at.is_(None),
        Task.due_on.between(today, sa.bindparam("last")),
    )
    return ~sa.or_(coming, invited, task, _exempt(Citizen.id, ExemptionScope.TALKS, today))


def _is_near(meeting: sa.Subquery, times: tuple[OwnTime, ...]) -> sa.ColumnElement[bool]:
    """`rules.within_own_time` for a statement that has Spell in it."""
    regular = {group for each in times if not each.kind for group in each.groups}
    near: list[sa.ColumnElement[bool]] = [Spell.target_group.not_in(sorted(regular))]
    for each in times:
        in_group = Spell.target_group.in_(each.groups)
        if each.kind:
            last = days_after(Spell.started_on, sa.literal(each.days + 1))
            in_time = sa.type_coerce(meeting.c.starts_at < last, sa.Boolean)
            near.append(sa.and_(in_group, meeting.c.kind == each.kind, in_time))
        else:
            until = sa.bindparam(f"until_{each.days}", type_=UtcDateTime())
            near.append(sa.and_(in_group, meeting.c.starts_at < until))
    return sa.or_(*near)


def _exempt(citizen_id: Any, scope: ExemptionScope, today: Any) -> sa.Exists:
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

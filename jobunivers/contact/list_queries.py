"""Lists for staff: who has no next contact, who was never met, and week 22."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Assignment, Citizen, Spell
from jobunivers.contact import rules
from jobunivers.contact.models import Need, Task
from jobunivers.contact.queries import BOOKED, HELD, closed_days, is_exempt, meetings, start_of
from jobunivers.contact.types import (
    ExemptionScope,
    ListLine,
    NeedStatus,
    OwnTime,
)
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import UtcDateTime, days_after

PAGE = 50


Shape = tuple[bool, bool, bool]  # by team, a caseworker's own, from a line on


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
        Need.citizen_id == Citizen.id,
        Need.status == NeedStatus.OPEN,
        Need.invited_at.is_not(None),
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
        Need.citizen_id == Citizen.id,
        Need.status == NeedStatus.OPEN,
        Need.invited_at.is_not(None),
        Need.deadline_on >= today,
    )
    task = sa.exists().where(
        Task.citizen_id == Citizen.id,
        Task.done_at.is_(None),
        Task.due_on.between(today, sa.bindparam("last")),
    )
    return ~sa.or_(coming, invited, task, is_exempt(Citizen.id, ExemptionScope.TALKS, today))


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

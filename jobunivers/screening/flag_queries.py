"""Flags, their queue and their decisions: who may see which, and what comes first."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import Assignment, Citizen, TeamMember
from jobunivers.extensions import db
from jobunivers.identity import queries as identity
from jobunivers.identity.models import User, UserGrant
from jobunivers.identity.types import Grant
from jobunivers.screening import catalogue, rules
from jobunivers.screening.models import (
    Flag,
    FlagReply,
    Review,
    ScreeningEvent,
)
from jobunivers.screening.types import (
    DecisionLine,
    FlagStatus,
    QueueRow,
    Route,
)
from jobunivers.shared.errors import NotFound

PAGE = 20


Cursor = tuple[int, Any, UUID]  # (rank of the route, raised_at, id) of the last row shown


def list_own_flags(citizen_id: UUID) -> list[Flag]:
    """The citizen's flags with decisions and her replies, newest first."""
    query = (
        sa.select(Flag)
        .where(Flag.citizen_id == citizen_id)
        .order_by(Flag.raised_at.desc(), Flag.id)
    )
    return list(
        db.session.scalars(query.options(selectinload(Flag.reviews), selectinload(Flag.replies)))
    )


def is_unclear(screening_id: UUID, citizen_id: UUID) -> bool:
    """True when a member of staff was asked to call because answers were missing, contradictory or
    too close to call.
    """
    query = sa.select(ScreeningEvent.payload).where(
        ScreeningEvent.citizen_id == citizen_id, ScreeningEvent.kind == "unclear"
    )
    return any(
        payload.get("screening") == str(screening_id) for payload in db.session.scalars(query)
    )


def list_decisions_for(citizen_id: UUID, *, limit: int = 20) -> list[DecisionLine]:
    """Decisions about the citizen's flags, newest first; `is_new` until she has opened it."""
    rows = db.session.execute(_decisions(limit), {"citizen": citizen_id})
    return [DecisionLine(row.id, row.choice, row.decided_at, row.seen_at is None) for row in rows]


@cache
def _decisions(limit: int) -> Any:
    return (
        sa.select(Review.id, Review.choice, Review.decided_at, Review.seen_at)
        .join(Flag, Flag.id == Review.flag_id)
        .where(Flag.citizen_id == sa.bindparam("citizen"))
        .order_by(Review.decided_at.desc(), Review.id)
        .limit(limit)
    )


def get_decision_for(citizen_id: UUID, review_id: UUID) -> Review:
    """A decision about the citizen's own flag; anybody else's is NotFound."""
    query = (
        sa.select(Review)
        .join(Flag, Flag.id == Review.flag_id)
        .where(Review.id == review_id, Flag.citizen_id == citizen_id)
    )
    review = db.session.scalar(query.options(selectinload(Review.flag).selectinload(Flag.replies)))
    if review is None:
        raise NotFound
    return review


def _visible(viewer_user_id: Any, *, sees_health: bool) -> sa.ColumnElement[bool]:
    """Flags of the viewer's own caseload and teams. A wish that rests on health answers needs the
    right to them; when nobody in
    the citizen's team has that right, whoever has it anywhere sees the wish, so that it is not left
    lying.
    """
    mine = Flag.citizen_id.in_(_own_and_teams(viewer_user_id))
    sealed = Flag.rule.in_(catalogue.HEALTH_RULES)
    if not sees_health:
        return sa.and_(mine, sa.not_(sealed))
    colleague = (
        sa.select(UserGrant.user_id)
        .join(TeamMember, TeamMember.user_id == UserGrant.user_id)
        .join(Citizen, Citizen.team_id == TeamMember.team_id)
    )
    somebody = (
        colleague.where(Citizen.id == Flag.citizen_id, UserGrant.grant == Grant.HEALTH_ANSWERS)
        .correlate(Flag)
        .exists()
    )
    return sa.or_(mine, sa.and_(sealed, sa.not_(somebody)))


def _own_and_teams(viewer_user_id: Any) -> sa.CompoundSelect[UUID]:
    """Ids, not a condition on each flag: the search begins at the caseload, however many flags the
    city has.
    """
    own = sa.select(Assignment.citizen_id).where(
        Assignment.user_id == viewer_user_id, Assignment.ended_at.is_(None)
    )
    return sa.union_all(
        own, sa.select(Citizen.id).where(Citizen.team_id.in_(caseload.teams_of(viewer_user_id)))
    )


_RANK = sa.case(
    {route.value: rules.queue_rank(route) for route in Route}, value=Flag.route, else_=len(Route)
)


_UNREAD = sa.exists().where(FlagReply.flag_id == Flag.id, FlagReply.read_at.is_(None))


# Not a join: SQLite would look up everybody in the teams first, and few of them have a flag.
_NAME = sa.select(Citizen.name).where(Citizen.id == Flag.citizen_id).scalar_subquery().label("name")


def _queue(*, sees_health: bool) -> sa.Select[Any]:
    """Flags that `viewer` may see, still without an order."""
    columns = (
        Flag.id,
        Flag.citizen_id,
        _NAME,
        Flag.route,
        Flag.params,
        Flag.raised_at,
        Flag.status,
        _UNREAD.label("unread"),
    )
    return sa.select(*columns).where(_visible(sa.bindparam("viewer"), sees_health=sees_health))


def _rows(query: sa.Select[Any], viewer_user_id: UUID) -> list[QueueRow]:
    return [
        QueueRow(
            row.id,
            row.citizen_id,
            row.name,
            row.route,
            tuple(row.params.get("reasons", ())),
            row.raised_at,
            row.unread,
            row.status,
        )
        for row in db.session.execute(query, {"viewer": viewer_user_id})
    ]


def list_queue(
    viewer_user_id: UUID, *, sees_health: bool, after: Cursor | None = None, limit: int = PAGE
) -> list[QueueRow]:
    """Open flags: needs, time, points, chance; in each the longest waiting first."""
    query = _open_flags(limit, sees_health=sees_health)
    if after:
        rank, raised_at, flag_id = after
        here = sa.literal(rank)
        same = sa.and_(
            here == _RANK,
            sa.or_(
                Flag.raised_at > raised_at, sa.and_(Flag.raised_at == raised_at, Flag.id > flag_id)
            ),
        )
        query = query.where(sa.or_(here < _RANK, same))
    return _rows(query, viewer_user_id)


@cache
def _open_flags(limit: int, *, sees_health: bool) -> sa.Select[Any]:
    return (
        _queue(sees_health=sees_health)
        .where(Flag.status == FlagStatus.OPEN)
        .order_by(_RANK, Flag.raised_at, Flag.id)
        .limit(limit)
    )


def list_open_flags_about(
    viewer_user_id: UUID, citizen_id: UUID, *, sees_health: bool
) -> list[QueueRow]:
    """A citizen's open flags that the viewer may decide, in the queue's order."""
    query = _queue(sees_health=sees_health).where(
        Flag.status == FlagStatus.OPEN, Flag.citizen_id == citizen_id
    )
    return _rows(query.order_by(_RANK, Flag.raised_at, Flag.id), viewer_user_id)


def list_unread_replies(
    viewer_user_id: UUID, *, sees_health: bool, limit: int = PAGE
) -> list[QueueRow]:
    """Decided flags to which the citizen has written something nobody has read yet, oldest decision
    first.
    """
    return _rows(_unread_replies(limit, sees_health=sees_health), viewer_user_id)


@cache
def _unread_replies(limit: int, *, sees_health: bool) -> sa.Select[Any]:
    unread = sa.select(FlagReply.flag_id).where(
        FlagReply.read_at.is_(None)
    )  # few, so the search begins there
    query = _queue(sees_health=sees_health).where(
        Flag.status == FlagStatus.DECIDED, Flag.id.in_(unread)
    )
    return query.order_by(Flag.raised_at, Flag.id).limit(limit)


def list_for_desk(
    viewer_user_id: UUID, *, sees_health: bool, limit: int
) -> tuple[list[QueueRow], list[QueueRow]]:
    """Open flags in the queue's order, and decided ones to which she has written something nobody
    has read yet: one query, because the desk asks for both.
    """
    rows = _rows(_on_the_desk(limit, sees_health=sees_health), viewer_user_id)
    is_open = [row for row in rows if row.status is FlagStatus.OPEN]
    return is_open, [row for row in rows if row.status is not FlagStatus.OPEN]


@cache
def _on_the_desk(limit: int, *, sees_health: bool) -> sa.Select[Any]:
    unread = sa.select(FlagReply.flag_id).where(FlagReply.read_at.is_(None))
    is_open = Flag.status == FlagStatus.OPEN
    answered = sa.and_(Flag.status == FlagStatus.DECIDED, Flag.id.in_(unread))
    return (
        _queue(sees_health=sees_health)
        .where(sa.or_(is_open, answered))
        .order_by(sa.case((is_open, 1), else_=0), _RANK, Flag.raised_at, Flag.id)
        .limit(limit)
    )


def get_flag_for(
    viewer_user_id: UUID, flag_id: UUID, *, sees_health: bool, for_update: bool = False
) -> tuple[Flag, Citizen]:
    """A flag with its citizen; somebody else's is NotFound."""
    query = (
        sa.select(Flag, Citizen)
        .join(Citizen, Citizen.id == Flag.citizen_id)
        .where(Flag.id == flag_id, _visible(viewer_user_id, sees_health=sees_health))
        .options(selectinload(Flag.reviews), selectinload(Flag.replies))
    )
    row = db.session.execute(query.with_for_update(of=Flag) if for_update else query).first()
    if row is None:
        raise NotFound
    return row.Flag, row.Citizen


def find_flag_citizen(
    viewer_user_id: UUID, flag_id: UUID, *, sees_health: bool
) -> tuple[UUID, bool, Route, tuple[UUID, str] | None]:
    """(citizen, whether replies wait, why it was raised, her caseworker) of a flag the viewer may see;
    NotFound otherwise. Reads nothing else about the citizen.
    """
    query = (
        sa.select(Flag.citizen_id, _UNREAD.label("unread"), Flag.route, User.id, User.name)
        .join(Citizen, Citizen.id == Flag.citizen_id)
        .outerjoin(
            Assignment, sa.and_(Assignment.citizen_id == Citizen.id, Assignment.ended_at.is_(None))
        )
        .outerjoin(User, User.id == Assignment.user_id)
    )
    row = db.session.execute(
        query.where(Flag.id == flag_id, _visible(viewer_user_id, sees_health=sees_health))
    ).first()
    if row is None:
        raise NotFound
    caseworker = (row.id, row.name) if row.id is not None else None
    return row.citizen_id, row.unread, row.route, caseworker


def earlier_reviews(
    citizen_id: UUID, flag_id: UUID, *, sees_health: bool, limit: int = 5
) -> list[Review]:
    """What was decided about this citizen's other flags, newest first."""
    query = (
        sa.select(Review)
        .join(Flag, Flag.id == Review.flag_id)
        .where(Flag.citizen_id == citizen_id, Flag.id != flag_id)
    )
    if not sees_health:
        query = query.where(Flag.rule.not_in(catalogue.HEALTH_RULES))
    return list(
        db.session.scalars(query.order_by(Review.decided_at.desc(), Review.id).limit(limit))
    )


def names_of_staff(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """Names of those who decided or typed, by id; no query for nobody."""
    wanted = {user_id for user_id in ids if user_id is not None}
    return identity.names_of(wanted) if wanted else {}


def find_open_flag(citizen_id: UUID, rule: str) -> Flag | None:
    """The citizen's open flag of that rule."""
    return db.session.scalar(
        sa.select(Flag)
        .where(Flag.citizen_id == citizen_id, Flag.rule == rule, Flag.status == FlagStatus.OPEN)
        .order_by(Flag.raised_at)
    )

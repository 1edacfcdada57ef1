"""Questions about ways in that wait for a yes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Citizen, WayInWish
from jobunivers.caseload.queries import contact_ids
from jobunivers.caseload.types import Answer, WayIn, Wish
from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared.errors import NotFound


def _waits(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(WayInWish.answer == Answer.WAITING, WayInWish.expires_at > now)


def waiting_of(citizen_id: UUID, way: WayIn, now: datetime) -> Sequence[WayInWish]:
    """Wishes of one kind about a citizen that nobody has answered, oldest first."""
    query = sa.select(WayInWish).where(
        WayInWish.citizen_id == citizen_id, WayInWish.way == way, _waits(now)
    )
    return db.session.scalars(query.order_by(WayInWish.created_at, WayInWish.id)).all()


def list_about(citizen_id: UUID, now: datetime) -> list[Wish]:
    """What waits about one citizen, oldest first."""
    return _list(sa.and_(WayInWish.citizen_id == citizen_id, _waits(now)))


def list_for_staff(viewer_user_id: UUID, now: datetime) -> list[Wish]:
    """What waits about the citizens whom this member of staff may see, oldest first."""
    visible = contact_ids(viewer_user_id)
    return _list(sa.and_(WayInWish.citizen_id.in_(visible), _waits(now)))


def count_for_staff(viewer_user_id: UUID, now: datetime) -> int:
    """How many of them somebody else asked for: they wait for this member of staff."""
    visible = contact_ids(viewer_user_id)
    query = sa.select(sa.func.count(WayInWish.id)).where(
        WayInWish.citizen_id.in_(visible), _waits(now), WayInWish.by_user_id != viewer_user_id
    )
    return db.session.scalar(query) or 0


def citizen_of(wish_id: UUID) -> UUID:
    """Whom a wish is about, answered or not. Raises NotFound."""
    found = db.session.scalar(sa.select(WayInWish.citizen_id).where(WayInWish.id == wish_id))
    if found is None:
        raise NotFound
    return found


def find_waiting(wish_id: UUID, now: datetime) -> WayInWish | None:
    """The wish while it waits."""
    return db.session.scalar(sa.select(WayInWish).where(WayInWish.id == wish_id, _waits(now)))


def _list(which: sa.ColumnElement[bool]) -> list[Wish]:
    query = (
        sa.select(WayInWish, Citizen.name, User.name)
        .join(Citizen, Citizen.id == WayInWish.citizen_id)
        .outerjoin(User, User.id == WayInWish.by_user_id)
        .where(which)
        .order_by(WayInWish.created_at, WayInWish.id)
    )
    return [
        Wish(
            id=wish.id,
            citizen_id=wish.citizen_id,
            citizen=citizen,
            way=wish.way,
            params=wish.params,
            reason=wish.reason,
            asked_by=wish.by_user_id,
            asked_by_name=asker or "",
            asked_at=wish.created_at,
        )
        for wish, citizen, asker in db.session.execute(query)
    ]

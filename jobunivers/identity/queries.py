"""Questions about log-ins and owners."""

from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.models import Owner, PowerOfAttorney, User, UserGrant
from jobunivers.identity.types import Grant, OwnerKind, Viewer
from jobunivers.shared import clock


def find_viewer(user_id: UUID, today: date) -> Viewer | None:
    """The logged-in person with her rights and whose work she sees, in one query and one more for grants; None when disabled."""
    helps = (
        sa.select(PowerOfAttorney.citizen_id)
        .where(PowerOfAttorney.user_id == user_id, PowerOfAttorney.ended_at.is_(None))
        .where(sa.or_(PowerOfAttorney.valid_to.is_(None), PowerOfAttorney.valid_to >= today))
        .order_by(PowerOfAttorney.created_at)
        .limit(1)
        .scalar_subquery()
    )
    citizen_id = sa.func.coalesce(User.citizen_id, helps)
    owner = sa.or_(Owner.citizen_id == citizen_id, sa.and_(citizen_id.is_(None), Owner.user_id == User.id))
    row = db.session.execute(
        sa.select(User.name, User.locale, User.citizen_id, helps.label("helps"), Owner.id.label("owner_id"))
        .outerjoin(Owner, owner)
        .where(User.id == user_id, User.disabled_at.is_(None))
    ).first()
    if row is None:
        return None
    grants = db.session.scalars(sa.select(UserGrant.grant).where(UserGrant.user_id == user_id))
    return Viewer(
        user_id=user_id,
        name=row.name,
        locale=row.locale,
        grants=frozenset(grants),
        citizen_id=row.citizen_id or row.helps,
        owner_id=row.owner_id,
        is_helper=row.citizen_id is None and row.helps is not None,
    )


def find_user_by_email(email: str) -> User | None:
    """The log-in with that address."""
    return db.session.scalar(sa.select(User).where(User.email == email.strip().lower()))


def find_persona(code: str) -> User | None:
    """The log-in of a demo persona."""
    return db.session.scalar(sa.select(User).where(User.persona == code))


def list_personas() -> list[User]:
    """All demo personas."""
    return list(db.session.scalars(sa.select(User).where(User.persona.is_not(None)).order_by(User.created_at, User.persona)))


def find_draft(owner_id: UUID) -> Owner | None:
    """A nameless draft that has not expired."""
    query = sa.select(Owner).where(Owner.id == owner_id, Owner.kind == OwnerKind.DRAFT, Owner.expires_at > clock.now())
    return db.session.scalar(query)


def find_draft_by_code(code_hash: str) -> Owner | None:
    """The draft behind a return code."""
    return db.session.scalar(sa.select(Owner).where(Owner.code_hash == code_hash, Owner.expires_at > clock.now()))


def find_owner_of_citizen(citizen_id: UUID) -> Owner | None:
    """The owner row of a citizen's self-service work."""
    return db.session.scalar(sa.select(Owner).where(Owner.citizen_id == citizen_id))


def list_staff(grant: Grant) -> list[User]:
    """Members of staff who hold that role or right and are not disabled, by name."""
    query = sa.select(User).join(UserGrant).where(UserGrant.grant == grant, User.disabled_at.is_(None))
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def lock_owner(owner_id: UUID) -> None:
    """Makes writes of one owner's work wait for each other until the transaction ends (SQLite has one writer anyway)."""
    db.session.execute(sa.select(Owner.id).where(Owner.id == owner_id).with_for_update())


def everything_about_user(user_id: UUID) -> dict[str, Any]:
    """What a log-in itself holds: name, address, language, since when."""
    user = db.session.get_one(User, user_id)
    return {"name": user.name, "email": user.email, "language": user.locale, "since": user.created_at.isoformat()}

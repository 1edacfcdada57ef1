"""What log-ins leave behind when a citizen is erased."""

from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.models import (
    EmailLink,
    LoginSession,
    Owner,
    PowerOfAttorney,
    User,
    UserGrant,
)
from jobunivers.shared.db import Base

# Columns that name a person without a foreign key: the deed stays, the name goes.
NAMING = ("by_user_id", "actor_id")


def erase_people_of(citizen_id: UUID) -> None:
    """Deletes the citizen's own log-in and the helpers who acted for nobody else; other helpers are
    logged out of acting for her.
    """
    helped_her = sa.select(PowerOfAttorney.user_id).where(PowerOfAttorney.citizen_id == citizen_id)
    helpers = set(db.session.scalars(helped_her))
    db.session.execute(sa.delete(PowerOfAttorney).where(PowerOfAttorney.citizen_id == citizen_id))
    db.session.execute(sa.delete(LoginSession).where(LoginSession.user_id.in_(helpers)))
    for user in db.session.scalars(
        sa.select(User).where(sa.or_(User.citizen_id == citizen_id, User.id.in_(helpers)))
    ).all():
        if user.citizen_id == citizen_id or not _has_other_ground(user.id):
            _erase(user)


def _has_other_ground(user_id: UUID) -> bool:
    """Staff, a citizen, a visitor with work of her own, or a helper of somebody else keeps her
    log-in.
    """
    grounds = (
        sa.select(User.id).where(User.id == user_id, User.citizen_id.is_not(None)),
        sa.select(UserGrant.id).where(UserGrant.user_id == user_id),
        sa.select(Owner.id).where(Owner.user_id == user_id),
        sa.select(PowerOfAttorney.id).where(PowerOfAttorney.user_id == user_id),
    )
    return any(db.session.scalar(ground.limit(1)) is not None for ground in grounds)


def _erase(user: User) -> None:
    if user.email:
        db.session.execute(sa.delete(EmailLink).where(EmailLink.email == user.email))
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if column.name in NAMING and not column.foreign_keys and column.nullable:
                db.session.execute(
                    sa.update(table).where(column == user.id).values({column.name: None})
                )
    db.session.execute(sa.delete(User).where(User.id == user.id))

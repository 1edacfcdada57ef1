"""What log-ins leave behind when a citizen is erased."""

from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.models import (
    EmailLink,
    IdentityLink,
    LoginSession,
    Owner,
    PowerOfAttorney,
    UnmatchedLogin,
    User,
    UserGrant,
)
from jobunivers.shared import clock
from jobunivers.shared.db import Base

# Columns that name a person without a foreign key: the deed stays, the name goes.
NAMING = ("by_user_id", "actor_id")
HANGING = (UserGrant, IdentityLink, LoginSession, Owner, PowerOfAttorney, UnmatchedLogin)


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
    delete_log_in(user.id)


def delete_log_in(user_id: UUID) -> None:
    """Deletes a log-in with all that hangs on it. Whose decisions stand keeps her name under them
    and nothing else: nobody can log in as her, and no address, number or right is left.
    """
    if not _stands_under_work(user_id):
        db.session.execute(sa.delete(User).where(User.id == user_id))
        return
    for model in HANGING:
        db.session.execute(sa.delete(model).where(model.user_id == user_id))
    db.session.execute(
        sa.update(User)
        .where(User.id == user_id)
        .values(
            citizen_id=None,
            email=None,
            email_verified_at=None,
            email_opens_case=False,
            password_hash=None,
            totp_secret=None,
            totp_confirmed_at=None,
            persona=None,
            locale=None,
            disabled_at=sa.func.coalesce(User.disabled_at, clock.now()),
        )
    )


def _stands_under_work(user_id: UUID) -> bool:
    """Whether a row names her that may not lose its author: the columns whose key to the log-in
    says nothing of what happens when the log-in goes.
    """
    kept = (
        sa.select(table.c.id).where(column == user_id).limit(1)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.column is User.__table__.c.id and key.ondelete is None
    )
    return any(db.session.scalar(query) is not None for query in kept)

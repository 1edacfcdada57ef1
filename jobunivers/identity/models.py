"""Log-ins, sessions, owners of self-service work, powers of attorney."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobunivers.identity.types import AuthMethod, Grant, OwnerKind, Scope
from jobunivers.shared.db import Base, enum_type


class User(Base):
    """A log-in: of a citizen, a visitor, a helper or a member of staff. Citizens need not have one."""

    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(
        unique=True
    )  # lower case; the address of staff and visitors
    locale: Mapped[str | None]
    citizen_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="SET NULL"), unique=True
    )
    password_hash: Mapped[str | None]
    totp_secret: Mapped[bytes | None]  # sealed
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]  # a code is good once
    email_verified_at: Mapped[datetime | None]
    email_opens_case: Mapped[bool] = mapped_column(
        default=False
    )  # staff allowed it for a citizen who cannot get MitID
    disabled_at: Mapped[datetime | None]
    name_withheld: Mapped[str] = mapped_column(default="")  # from citizens' logs, and why
    persona: Mapped[str | None] = mapped_column(unique=True)  # demo mode only
    grants: Mapped[list["UserGrant"]] = relationship(cascade="all, delete-orphan", lazy="selectin")


class UserGrant(Base):
    """One role or right of a member of staff."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"))
    grant: Mapped[Grant] = mapped_column(enum_type(Grant))
    __table_args__ = (sa.UniqueConstraint("user_id", "grant"),)


class IdentityLink(Base):
    """A person's identity at a log-in broker: the broker's own stable identifier, never the CPR
    number.
    """

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)


class UnmatchedLogin(Base):
    """Somebody proved who she is, but we know no citizen with that identifier: staff matches or
    invites.
    """

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), unique=True)
    name: Mapped[str]
    seen_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]


class LoginSession(Base):
    """A log-in in force. Deleting the row logs the device out at once; the cookie's token is stored
    only as a hash.
    """

    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    method: Mapped[AuthMethod] = mapped_column(enum_type(AuthMethod))
    device: Mapped[str] = mapped_column(
        default=""
    )  # "Chrome, Android": enough to know one's own phone, not to follow it
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seen_at: Mapped[datetime] = mapped_column(index=True)
    began_at: Mapped[datetime]


class RecoveryCode(Base):
    """A one-time way in when the code app is lost."""

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class EmailLink(Base):
    """Somebody asked for a way in by e-mail. The link itself is signed and never stored; the row
    makes it good once.
    """

    email: Mapped[str]
    locale: Mapped[str]
    next_url: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class AddressNotice(Base):
    """A few words to an address that is no longer, or only now, in a record; gone once they left."""

    email: Mapped[str]
    what: Mapped[str]
    locale: Mapped[str]
    wish_id: Mapped[UUID | None]  # what its reader may agree to


class FailedLogin(Base):
    """A try at a password, code or mail, counted per account and per address before it is checked;
    a good one is taken back.
    """

    account_hash: Mapped[str] = mapped_column(index=True)
    address_hash: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Owner(Base):
    """Who owns a CV, letters, notes and progress: exactly one of a draft behind a return code, a
    visitor, a citizen.
    """

    kind: Mapped[OwnerKind] = mapped_column(enum_type(OwnerKind))
    user_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="CASCADE"), unique=True
    )
    citizen_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), unique=True
    )
    code_hash: Mapped[str | None] = mapped_column(unique=True)
    expires_at: Mapped[datetime | None] = mapped_column(index=True)


class PowerOfAttorney(Base):
    """A helper acts for a citizen who cannot or will not do it digitally, within a scope and until
    a date.
    """

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    scope: Mapped[Scope] = mapped_column(enum_type(Scope), default=Scope.ALL)
    valid_to: Mapped[date | None]
    ended_at: Mapped[datetime | None]

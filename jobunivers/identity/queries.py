"""Questions about log-ins and owners."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.models import (
    EmailLink,
    FailedLogin,
    IdentityLink,
    LoginSession,
    Owner,
    PowerOfAttorney,
    RecoveryCode,
    UnmatchedLogin,
    User,
    UserGrant,
)
from jobunivers.identity.types import Grant, OwnerKind, Scope, Viewer
from jobunivers.shared import clock
from jobunivers.shared.addresses import address_key
from jobunivers.shared.audit import AuditEvent
from jobunivers.shared.errors import NotFound


def find_viewer(
    user_id: UUID, today: date, *, acting_for: UUID | None = None, by_mail: bool = False
) -> Viewer | None:
    """The logged-in person with her rights and whose work she sees, in one query; None when
    disabled.

    `acting_for` is the citizen whom a helper has chosen. It counts only while her power of attorney
    for just that person is in
    force: it is looked up at each request, so an ended one ends at once. `by_mail`: a link by e-mail
    opened the session; it is worth nothing in a case that no link may open, whatever became of the
    account since.
    """
    row = db.session.execute(
        _viewer_of(acting_for is None), {"user": user_id, "today": today, "acting_for": acting_for}
    ).first()
    if row is None or (by_mail and row.citizen_id is not None and not row.email_opens_case):
        return None
    scope = row.scope if row.helped is not None else Scope.ALL
    return Viewer(
        user_id=user_id,
        name=row.name,
        locale=row.locale,
        grants=frozenset(Grant(grant) for grant in (row.grants or "").split(",") if grant),
        citizen_id=row.helped or row.citizen_id,
        owner_id=row.owner_id if scope is Scope.ALL else None,
        is_helper=row.helped is not None,
        scope=scope,
    )


@cache
def _viewer_of(for_herself: bool) -> sa.Select[Any]:
    """The statement behind `find_viewer`, put together once: every request of a logged-in person
    asks it.
    """
    user_id, today = sa.bindparam("user", type_=sa.Uuid()), sa.bindparam("today", type_=sa.Date())
    acting_for = sa.null() if for_herself else sa.bindparam("acting_for", type_=sa.Uuid())
    helps = (
        _in_force(user_id, today)
        .order_by(
            PowerOfAttorney.citizen_id != acting_for, PowerOfAttorney.created_at, PowerOfAttorney.id
        )
        .limit(1)
        .subquery()
    )
    helped = sa.case(
        (sa.or_(User.citizen_id.is_(None), helps.c.citizen_id == acting_for), helps.c.citizen_id)
    )
    citizen_id = sa.func.coalesce(helped, User.citizen_id)
    owner = sa.or_(
        Owner.citizen_id == citizen_id, sa.and_(citizen_id.is_(None), Owner.user_id == User.id)
    )
    grants = (
        sa.select(sa.func.aggregate_strings(sa.cast(UserGrant.grant, sa.String), ","))
        .where(UserGrant.user_id == user_id)
        .scalar_subquery()
    )
    return (
        sa.select(
            User.name,
            User.locale,
            User.citizen_id,
            User.email_opens_case,
            helped.label("helped"),
            helps.c.scope,
            Owner.id.label("owner_id"),
            grants.label("grants"),
        )
        .select_from(User)
        .outerjoin(helps, sa.true())
        .outerjoin(Owner, owner)
        .where(User.id == user_id, User.disabled_at.is_(None))
    )


def _in_force(user_id: Any, today: Any) -> sa.Select[UUID, Scope]:
    return (
        sa.select(PowerOfAttorney.citizen_id, PowerOfAttorney.scope)
        .where(PowerOfAttorney.user_id == user_id, PowerOfAttorney.ended_at.is_(None))
        .where(sa.or_(PowerOfAttorney.valid_to.is_(None), PowerOfAttorney.valid_to >= today))
    )


def list_helped_citizens(user_id: UUID, today: date) -> list[UUID]:
    """Citizens for whom this person holds a power of attorney in force, oldest first."""
    query = _in_force(user_id, today).order_by(PowerOfAttorney.created_at, PowerOfAttorney.id)
    return list(dict.fromkeys(row.citizen_id for row in db.session.execute(query)))


def is_helper(user_id: UUID) -> bool:
    """Whether somebody ever gave this log-in a power of attorney."""
    return (
        db.session.scalar(
            sa.select(PowerOfAttorney.id).where(PowerOfAttorney.user_id == user_id).limit(1)
        )
        is not None
    )


def get_user(user_id: UUID) -> User:
    """A log-in that is not disabled. Raises NotFound."""
    user = db.session.get(User, user_id)
    if user is None or user.disabled_at is not None:
        raise NotFound
    return user


def get_staff(user_id: UUID) -> User:
    """A member of staff, any role. Raises NotFound for everybody else and for closed log-ins."""
    user = get_user(user_id)
    if not user.grants:
        raise NotFound
    return user


def list_all_staff() -> list[User]:
    """Everybody who holds or held a role, those still here first, by name."""
    has_role = sa.exists().where(UserGrant.user_id == User.id)
    return list(
        db.session.scalars(
            sa.select(User)
            .where(has_role)
            .order_by(User.disabled_at.is_not(None), User.name, User.id)
        )
    )


def find_user_by_identity(issuer: str, subject: str) -> User | None:
    """The log-in that an outside provider's identity opens, also when it is disabled."""
    return db.session.scalar(
        sa.select(User)
        .join(IdentityLink)
        .where(IdentityLink.issuer == issuer, IdentityLink.subject == subject)
    )


def find_user_of_citizen(citizen_id: UUID) -> User | None:
    """The citizen's own log-in."""
    return db.session.scalar(sa.select(User).where(User.citizen_id == citizen_id))


def email_that_opens(citizen_id: UUID) -> str | None:
    """The address to which a link opens this citizen's case; None when staff allowed none."""
    return db.session.scalar(
        sa.select(User.email).where(User.citizen_id == citizen_id, User.email_opens_case)
    )


def staff_addresses(domain: str) -> list[str]:
    """The addresses at that domain of everybody who holds or held a role here."""
    query = (
        sa.select(User.email)
        .where(User.email.endswith(f"@{domain}", autoescape=True))
        .where(sa.exists().where(UserGrant.user_id == User.id))
        .order_by(User.email)
    )
    return [email for email in db.session.scalars(query) if email]


def find_email_link(link_id: UUID, now: datetime) -> EmailLink | None:
    """A way in by e-mail that is neither used nor too old."""
    query = sa.select(EmailLink).where(
        EmailLink.id == link_id, EmailLink.used_at.is_(None), EmailLink.expires_at > now
    )
    return db.session.scalar(query)


def tries_at_account(
    account_hash: str, *, since: datetime, besides: UUID | None = None
) -> tuple[int, datetime | None]:
    """(how many tries at this account since then, when the last was); one of them left out."""
    query = sa.select(sa.func.count(), sa.func.max(FailedLogin.at)).where(
        FailedLogin.account_hash == account_hash, FailedLogin.at > since
    )
    if besides is not None:
        query = query.where(FailedLogin.id != besides)
    count, last = db.session.execute(query).one()
    return int(count), last


def count_tries_from(address_hash: str, *, since: datetime) -> int:
    """How many tries came from this network since then."""
    query = sa.select(sa.func.count(FailedLogin.id)).where(
        FailedLogin.address_hash == address_hash, FailedLogin.at > since
    )
    return db.session.scalar(query) or 0


def list_log_in_events(user_id: UUID, *, limit: int) -> list[AuditEvent]:
    """What happened with this log-in, newest first."""
    query = sa.select(AuditEvent).where(
        AuditEvent.actor_id == user_id, AuditEvent.action.startswith("log_in.", autoescape=True)
    )
    return list(
        db.session.scalars(query.order_by(AuditEvent.created_at.desc(), AuditEvent.id).limit(limit))
    )


def list_sessions(user_id: UUID, *, since: datetime, began_after: datetime) -> list[LoginSession]:
    """Where this person is logged in now, latest use first: seen since `since` and begun after
    `began_after`.
    """
    query = sa.select(LoginSession).where(
        LoginSession.user_id == user_id,
        LoginSession.seen_at >= since,
        LoginSession.began_at >= began_after,
    )
    return list(db.session.scalars(query.order_by(LoginSession.seen_at.desc(), LoginSession.id)))


def count_recovery_codes(user_id: UUID) -> int:
    """How many recovery codes are left."""
    query = (
        sa.select(sa.func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    )
    return db.session.scalar(query) or 0


def is_unmatched(user_id: UUID) -> bool:
    """Whether this log-in waits to be matched with a citizen."""
    query = sa.select(UnmatchedLogin.id).where(
        UnmatchedLogin.user_id == user_id, UnmatchedLogin.resolved_at.is_(None)
    )
    return db.session.scalar(query) is not None


def everything_about_user(user_id: UUID) -> dict[str, Any]:
    """What a log-in itself holds: name, address, language, since when, ways in, where it is open."""
    user = db.session.get_one(User, user_id)
    links = db.session.scalars(
        sa.select(IdentityLink)
        .where(IdentityLink.user_id == user.id)
        .order_by(IdentityLink.created_at, IdentityLink.id)
    )
    sessions = db.session.scalars(
        sa.select(LoginSession)
        .where(LoginSession.user_id == user.id)
        .order_by(LoginSession.began_at, LoginSession.id)
    )
    return {
        "name": user.name,
        "email": user.email,
        "language": user.locale,
        "since": user.created_at.isoformat(),
        "email_verified_at": user.email_verified_at.isoformat() if user.email_verified_at else None,
        "ways_in": [{"issuer": link.issuer, "identifier": link.subject} for link in links],
        "sessions": [
            {
                "device": row.device,
                "method": row.method.value,
                "began_at": row.began_at.isoformat(),
                "seen_at": row.seen_at.isoformat(),
            }
            for row in sessions
        ],
    }


def find_user_by_email(email: str) -> User | None:
    """The log-in with that address."""
    return db.session.scalar(sa.select(User).where(User.email == address_key(email)))


def find_persona(code: str) -> User | None:
    """The log-in of a demo persona."""
    return db.session.scalar(sa.select(User).where(User.persona == code))


def list_personas() -> list[User]:
    """All demo personas."""
    return list(
        db.session.scalars(
            sa.select(User).where(User.persona.is_not(None)).order_by(User.created_at, User.persona)
        )
    )


def find_draft(owner_id: UUID) -> Owner | None:
    """A nameless draft that has not expired."""
    query = sa.select(Owner).where(
        Owner.id == owner_id, Owner.kind == OwnerKind.DRAFT, Owner.expires_at > clock.now()
    )
    return db.session.scalar(query)


def find_draft_by_code(code_hash: str) -> Owner | None:
    """The draft behind a return code."""
    return db.session.scalar(
        sa.select(Owner).where(Owner.code_hash == code_hash, Owner.expires_at > clock.now())
    )


def find_owner_of_citizen(citizen_id: UUID) -> Owner | None:
    """The owner row of a citizen's self-service work."""
    return db.session.scalar(sa.select(Owner).where(Owner.citizen_id == citizen_id))


def find_owner_of_user(user_id: UUID) -> Owner | None:
    """The owner row of a visitor account."""
    return db.session.scalar(sa.select(Owner).where(Owner.user_id == user_id))


def find_waiting_draft(user_id: UUID) -> Owner | None:
    """What a visitor made before she was known as a citizen who has work of her own: to be offered
    to her.
    """
    return db.session.scalar(
        sa.select(Owner).where(Owner.user_id == user_id, Owner.kind == OwnerKind.DRAFT)
    )


def list_staff(grant: Grant) -> list[User]:
    """Members of staff who hold that role or right and are not disabled, by name."""
    query = (
        sa.select(User).join(UserGrant).where(UserGrant.grant == grant, User.disabled_at.is_(None))
    )
    return list(db.session.scalars(query.order_by(User.name, User.id)))


def names_of(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names behind these log-ins, in one query."""
    rows = db.session.execute(
        sa.select(User.id, User.name).where(User.id.in_(set(user_ids))).order_by(User.id)
    )
    return {row.id: row.name for row in rows}


def names_shown_to_citizens(user_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names behind these log-ins; "" for a colleague whose name is withheld."""
    rows = db.session.execute(
        sa.select(User.id, User.name, User.name_withheld)
        .where(User.id.in_(set(user_ids)))
        .order_by(User.id)
    )
    return {row.id: "" if row.name_withheld else row.name for row in rows}


def lock_owner(owner_id: UUID) -> None:
    """Makes writes of one owner's work wait for each other until the transaction ends (SQLite has
    one writer anyway).
    """
    db.session.execute(sa.select(Owner.id).where(Owner.id == owner_id).with_for_update())

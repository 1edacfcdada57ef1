"""The ways into a case: which address opens one, what ends when a way changes, and who is told at an
address that is no longer, or not yet, hers.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import ports as people
from jobunivers.identity import queries, rules
from jobunivers.identity.models import AddressNotice, EmailLink, LoginSession, User
from jobunivers.identity.types import AuthMethod
from jobunivers.messages import outbox_services as outbox
from jobunivers.shared.addresses import address_key
from jobunivers.shared.errors import Conflict

ADDRESS_KIND = "identity.address_notice"


def mail_opens(user: User) -> bool:
    """Whether a link to this log-in's address opens it now. A case opens only while staff allows it
    and the address is the one that stands in the citizen's record: there is one truth.
    """
    has_case = user.citizen_id is not None
    is_hers = not has_case or (
        user.citizen_id is not None and people.address_of(user.citizen_id) == user.email
    )
    return rules.email_opens(
        grants={row.grant for row in user.grants},
        has_case=has_case,
        allowed=user.email_opens_case and is_hers,
    )


def belongs_to_staff(email: str) -> bool:
    """Whether an address is one of a member of staff, with or without "+something", also of one who
    has left. Nobody may become a citizen by way of it.
    """
    mailbox = rules.mailbox(email)
    domain = mailbox.rpartition("@")[2]
    return any(rules.mailbox(one) == mailbox for one in queries.staff_addresses(domain))


def end_sessions_of(user_id: UUID) -> int:
    """Logs a person out on every device. Returns on how many."""
    result = db.session.execute(sa.delete(LoginSession).where(LoginSession.user_id == user_id))
    return int(result.rowcount)  # type: ignore[attr-defined]


def end_sessions_by_mail(user_id: UUID) -> None:
    """Ends what links by e-mail opened for this person."""
    db.session.execute(
        sa.delete(LoginSession).where(
            LoginSession.user_id == user_id, LoginSession.method == AuthMethod.EMAIL_LINK
        )
    )


def end_links_to(email: str | None) -> None:
    """Links under way to this address are worth nothing from now on."""
    if email:
        db.session.execute(
            sa.delete(EmailLink).where(EmailLink.email == email, EmailLink.used_at.is_(None))
        )


def allow_email(citizen_id: UUID, *, name: str, email: str | None, is_allowed: bool) -> None:
    """Whether a link to that address opens the citizen's case; her log-in is made when she has
    none. Either way what such links opened before ends.

    Raises Conflict when there is no address, or it belongs to staff or to another log-in.
    """
    user = queries.find_user_of_citizen(citizen_id)
    if not is_allowed:
        if user is not None:
            _close(user)
        return
    if not email or _is_taken(email, user):
        raise Conflict
    if user is None:
        user = User(name=name, citizen_id=citizen_id)
        db.session.add(user)
    user.email, user.email_opens_case = address_key(email), True
    db.session.flush()
    end_sessions_by_mail(user.id)


def may_open(citizen_id: UUID, email: str | None) -> bool:
    """Whether a link to that address could open the citizen's case: it is nobody else's."""
    return bool(email) and not _is_taken(email or "", queries.find_user_of_citizen(citizen_id))


def move_address(citizen_id: UUID, email: str | None) -> bool:
    """The address of the citizen's record has changed: the way in by e-mail moves with it, and what
    the old one opened ends at once. Returns whether it was a way in.

    Without an address, or when another log-in has it, e-mail no longer opens the case.
    """
    user = queries.find_user_of_citizen(citizen_id)
    if user is None or not user.email_opens_case:
        return False
    _close(user)
    if email and not _is_taken(email, user):
        user.email, user.email_opens_case = address_key(email), True
        user.email_verified_at = None
    db.session.flush()
    return True


def _close(user: User) -> None:
    user.email_opens_case = False
    end_links_to(user.email)
    end_sessions_by_mail(user.id)
    db.session.flush()


def _is_taken(email: str, user: User | None) -> bool:
    other = queries.find_user_by_email(email)
    return belongs_to_staff(email) or (other is not None and (user is None or other.id != user.id))


def write_to_address(
    email: str, what: str, *, locale: str, now: datetime, wish_id: UUID | None = None
) -> None:
    """A few neutral words to an address that the record no longer has, or has only now; the address
    is forgotten when they have left.
    """
    notice = AddressNotice(email=email, what=what, locale=locale, wish_id=wish_id)
    db.session.add(notice)
    db.session.flush()
    outbox.enqueue(
        ADDRESS_KIND,
        {"notice_id": str(notice.id)},
        run_at=now,
        key=f"{ADDRESS_KIND}:{notice.id}",
        not_after=now + rules.ADDRESS_NOTICE_LIFE,
    )

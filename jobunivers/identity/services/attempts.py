"""Counting of tries at passwords, codes and mails, and the nightly tidying of what log-in leaves
behind.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import rules
from jobunivers.identity.models import (
    AddressNotice,
    EmailLink,
    FailedLogin,
    LoginSession,
    UnmatchedLogin,
)
from jobunivers.shared.once import FormKey


def count_attempt(*, account_hash: str, address_hash: str, now: datetime) -> UUID:
    """Counts a try before it is checked, so that a hundred tries at once are a hundred tries; real
    time, not the product's.
    """
    attempt = FailedLogin(account_hash=account_hash, address_hash=address_hash, at=now)
    db.session.add(attempt)
    db.session.flush()
    return attempt.id


def forget_attempt(attempt_id: UUID) -> None:
    """A try that was not looked at does not count."""
    db.session.execute(sa.delete(FailedLogin).where(FailedLogin.id == attempt_id))


def take_back_attempts(account_hash: str) -> None:
    """After a good log-in: the tries at this account no longer count."""
    db.session.execute(sa.delete(FailedLogin).where(FailedLogin.account_hash == account_hash))


def tidy(now: datetime) -> dict[str, int]:
    """Nightly: dead sessions, old links and tries. Returns how many rows of each went (`now` is
    real time).
    """
    doomed = {
        "sessions": sa.delete(LoginSession).where(LoginSession.seen_at < now - rules.IDLE),
        "links": sa.delete(EmailLink).where(EmailLink.expires_at < now - rules.LINK_LIFE),
        "address_notices": sa.delete(AddressNotice).where(
            AddressNotice.created_at < now - rules.ADDRESS_NOTICE_LIFE
        ),
        "form_keys": sa.delete(FormKey).where(FormKey.created_at < now - rules.FORM_KEYS_KEPT),
        "attempts": sa.delete(FailedLogin).where(FailedLogin.at < now - rules.ACCOUNT_WINDOW),
        "unmatched": sa.delete(UnmatchedLogin).where(
            UnmatchedLogin.resolved_at < now - rules.RESOLVED_KEPT
        ),
    }
    return {name: int(db.session.execute(statement).rowcount) for name, statement in doomed.items()}  # type: ignore[attr-defined]

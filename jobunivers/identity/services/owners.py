"""Owners and drafts: who keeps what is made without log-in, and how it comes along."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.extensions import db
from jobunivers.identity import queries
from jobunivers.identity.models import Owner
from jobunivers.identity.types import OwnerKind

DRAFT_LIFE = timedelta(days=90)
# Without letters that look alike on paper; 16 of 30 characters = 78 bits.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ2345679"
CODE_LENGTH = 16


def code_hash(code: str) -> str:
    """What is stored of a return code; spaces, dashes and case do not matter."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def new_return_code() -> str:
    """A fresh code in groups of four, to be written on paper."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(code[i : i + 4] for i in range(0, CODE_LENGTH, 4))


def start_draft(now: datetime) -> Owner:
    """A nameless owner for somebody who is not logged in; lives 90 days."""
    owner = Owner(kind=OwnerKind.DRAFT, expires_at=now + DRAFT_LIFE)
    db.session.add(owner)
    db.session.flush()
    return owner


def give_return_code(owner_id: UUID, now: datetime) -> str:
    """A new return code for the draft (the old one ends), shown once. Prolongs the draft."""
    owner = db.session.get_one(Owner, owner_id)
    code = new_return_code()
    owner.code_hash = code_hash(code)
    owner.expires_at = now + DRAFT_LIFE
    db.session.flush()
    return code


def owner_of_citizen(citizen_id: UUID) -> Owner:
    """The citizen's owner row, made on first need; two first posts at once get the same."""
    owner = queries.find_owner_of_citizen(citizen_id)
    return owner or _made(
        Owner(kind=OwnerKind.CITIZEN, citizen_id=citizen_id),
        lambda: queries.find_owner_of_citizen(citizen_id),
    )


def owner_of_visitor(user_id: UUID) -> Owner:
    """A visitor account's owner row, made on first need; two first posts at once get the same."""
    owner = queries.find_owner_of_user(user_id)
    return owner or _made(
        Owner(kind=OwnerKind.VISITOR, user_id=user_id), lambda: queries.find_owner_of_user(user_id)
    )


def _made(owner: Owner, find: Callable[[], Owner | None]) -> Owner:
    try:
        with db.session.begin_nested():
            db.session.add(owner)
    except IntegrityError:
        faster = find()
        if faster is None:
            raise
        return faster
    return owner


def hand_out_draft(user_id: UUID) -> UUID | None:
    """The draft that waits for this log-in, once; None when there is none."""
    draft = queries.find_waiting_draft(user_id)
    if draft is None:
        return None
    draft.user_id = None
    db.session.flush()
    return draft.id


def delete_owner(owner_id: UUID) -> None:
    """Deletes everything that belongs to this owner of self-service work: CV, letters, answers,
    notes, course, points.
    """
    db.session.execute(sa.delete(Owner).where(Owner.id == owner_id))


def delete_expired_drafts(now: datetime, *, limit: int) -> int:
    """Deletes drafts whose 90 days are over, with all that was made in them; at most `limit`.
    Returns how many.
    """
    over = (
        sa.select(Owner.id)
        .where(Owner.kind == OwnerKind.DRAFT, Owner.expires_at < now)
        .order_by(Owner.expires_at, Owner.id)
        .limit(limit)
    )
    expired = list(db.session.scalars(over))
    db.session.execute(sa.delete(Owner).where(Owner.id.in_(expired)))
    return len(expired)

"""Owners and drafts: who keeps what is made without log-in, and how it comes along."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import queries
from jobunivers.identity.models import Owner, User, UserGrant
from jobunivers.identity.types import Grant, OwnerKind

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
    """The citizen's owner row, made on first need."""
    owner = queries.find_owner_of_citizen(citizen_id)
    if owner is None:
        owner = Owner(kind=OwnerKind.CITIZEN, citizen_id=citizen_id)
        db.session.add(owner)
        db.session.flush()
    return owner


def owner_of_visitor(user_id: UUID) -> Owner:
    """A visitor account's owner row; the account is new, so none exists yet."""
    owner = Owner(kind=OwnerKind.VISITOR, user_id=user_id)
    db.session.add(owner)
    db.session.flush()
    return owner


def create_user(
    *,
    name: str,
    email: str | None = None,
    locale: str | None = None,
    grants: frozenset[Grant] = frozenset(),
    citizen_id: UUID | None = None,
    persona: str | None = None,
) -> User:
    """A log-in. Address in lower case; raises IntegrityError when it is taken."""
    user = User(name=name, email=email.strip().lower() if email else None, locale=locale, citizen_id=citizen_id, persona=persona)
    user.grants = [UserGrant(grant=grant) for grant in sorted(grants)]
    db.session.add(user)
    db.session.flush()
    return user


def choose_language(user_id: UUID, code: str) -> None:
    """The language of this person's pages, mails and letters from now on."""
    db.session.get_one(User, user_id).locale = code


def delete_owner(owner_id: UUID) -> None:
    """Deletes everything that belongs to this owner of self-service work: CV, letters, answers, notes, course, points."""
    db.session.execute(sa.delete(Owner).where(Owner.id == owner_id))


def delete_account(user_id: UUID) -> None:
    """Deletes a visitor's log-in with all her work, and logs her out on every device."""
    db.session.execute(sa.delete(User).where(User.id == user_id, User.citizen_id.is_(None)))

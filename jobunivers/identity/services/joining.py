"""An account becomes a citizen's: written once, for every way in which it happens."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import queries
from jobunivers.identity.models import UnmatchedLogin, User
from jobunivers.identity.services.owners import DRAFT_LIFE
from jobunivers.identity.services.ways import end_sessions_of
from jobunivers.identity.types import OwnerKind


def join_to_citizen(user_id: UUID, citizen_id: UUID, now: datetime) -> UUID:
    """What a log-in was so far becomes the citizen's: the log-in itself, or when she has one already
    only what was made with it. Returns her log-in.

    Every session of the account ends first: whoever sits in one proved less than is needed now, and
    a session is never lifted. A fresh one begins with the log-in that proved more.
    """
    end_sessions_of(user_id)
    unresolved = sa.update(UnmatchedLogin).where(
        UnmatchedLogin.user_id == user_id, UnmatchedLogin.resolved_at.is_(None)
    )
    db.session.execute(unresolved.values(resolved_at=now))
    hers = queries.find_user_of_citizen(citizen_id)
    if hers is None:
        hers = db.session.get_one(User, user_id)
        hers.citizen_id, hers.email_opens_case = citizen_id, False
    _leave_work(user_id, citizen_id, now, finder_id=hers.id)
    return hers.id


def _leave_work(user_id: UUID, citizen_id: UUID, now: datetime, *, finder_id: UUID) -> None:
    """Hands a visitor's work over to a citizen.

    When she has nothing yet it simply becomes hers. When she has work of her own it becomes a
    draft, which the log-in `finder_id` is
    given at its next start (`hand_out_draft`): the page "take along" then asks her what to keep.
    Nothing is lost, nothing overwritten.
    """
    mine, hers = queries.find_owner_of_user(user_id), queries.find_owner_of_citizen(citizen_id)
    if mine is not None and hers is None:
        mine.kind, mine.citizen_id, mine.user_id = OwnerKind.CITIZEN, citizen_id, None
    elif mine is not None:
        mine.kind, mine.expires_at, mine.user_id = OwnerKind.DRAFT, now + DRAFT_LIFE, finder_id
    db.session.flush()

"""Questions about letters. Somebody else's letter is not found."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.applications.models import Letter
from jobunivers.applications.types import JOB, LISTS, TEXTS, LetterContent
from jobunivers.extensions import db
from jobunivers.shared.errors import NotFound


def _newest_first(owner_id: UUID) -> sa.Select[Letter]:
    return (
        sa.select(Letter)
        .where(Letter.owner_id == owner_id)
        .order_by(Letter.created_at.desc(), Letter.id)
    )


def list_letters(owner_id: UUID | None) -> list[Letter]:
    """The owner's letters, newest first."""
    return list(db.session.scalars(_newest_first(owner_id))) if owner_id else []


def find_newest_letter(owner_id: UUID) -> Letter | None:
    """The letter that exercises write into."""
    return db.session.scalar(_newest_first(owner_id).limit(1))


def get_letter_for(owner_id: UUID | None, letter_id: UUID) -> Letter:
    """That letter, when it is the owner's. Raises NotFound."""
    letter = db.session.scalar(
        sa.select(Letter).where(Letter.id == letter_id, Letter.owner_id == owner_id)
    )
    if letter is None:
        raise NotFound
    return letter


def count_letters(owner_id: UUID) -> int:
    """How many letters there are."""
    query = sa.select(sa.func.count(Letter.id)).where(Letter.owner_id == owner_id)
    return db.session.scalar(query) or 0


def content_of(letter: Letter) -> LetterContent:
    """The letter as plain values."""
    values: dict[str, Any] = {name: getattr(letter, name) for name in (*JOB, *TEXTS)}
    values |= {name: tuple(getattr(letter, name)) for name in LISTS}
    return LetterContent(**values)


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """All that is stored, for /my/data."""
    letters = [
        content_of(letter).as_data() | {"changed_at": letter.changed_at.isoformat()}
        for letter in list_letters(owner_id)
    ]
    return {"letters": letters} if letters else {}

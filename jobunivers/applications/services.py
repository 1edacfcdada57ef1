"""Changes to letters."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.applications import queries, rules
from jobunivers.applications.models import Letter
from jobunivers.extensions import db
from jobunivers.identity.queries import lock_owner
from jobunivers.shared.editing import ensure_unchanged
from jobunivers.shared.errors import ensure_room


def start_letter(owner_id: UUID, *, now: datetime, **job: Any) -> Letter:
    """A new letter, empty but for the job. Raises Full."""
    lock_owner(owner_id)
    ensure_room(queries.count_letters(owner_id), rules.MOST_LETTERS)
    letter = Letter(
        **{
            "owner_id": owner_id,
            "job_title": "",
            "employer": "",
            "opening": "",
            "middle": "",
            "closing": "",
            "changed_at": now,
            **job,
        }
    )
    letter.demands, letter.proofs, letter.call = [], [], []
    db.session.add(letter)
    db.session.flush()
    return letter


def change_letter(
    owner_id: UUID,
    letter_id: UUID,
    values: Mapping[str, Any],
    *,
    version: str | None,
    now: datetime,
) -> datetime:
    """The whole letter as its form has it (rules.form_values). Raises NotFound, or Stale with what
    is stored.
    """
    lock_owner(owner_id)
    letter = queries.get_letter_for(owner_id, letter_id)
    ensure_unchanged(version, stored=rules.form_values(queries.content_of(letter)), wanted=values)
    for name, value in rules.letter_values(values).items():
        setattr(letter, name, value)
    letter.changed_at = now
    db.session.flush()
    return now


def keep_part(owner_id: UUID, part: str, value: str | list[str], *, now: datetime) -> None:
    """A part of the newest letter as an exercise left it; a letter is made when there is none and
    something to keep.
    """
    lock_owner(owner_id)
    letter = queries.find_newest_letter(owner_id)
    if letter is None:
        if not value:
            return
        letter = start_letter(owner_id, now=now)
    setattr(letter, part, value)
    letter.changed_at = now
    db.session.flush()


def delete_letter(owner_id: UUID, letter_id: UUID) -> None:
    """Throws a letter away. Raises NotFound."""
    db.session.delete(queries.get_letter_for(owner_id, letter_id))
    db.session.flush()


def adopt(from_owner_id: UUID, to_owner_id: UUID) -> None:
    """Moves a draft's letters to their new owner, as they are."""
    db.session.execute(
        sa.update(Letter).where(Letter.owner_id == from_owner_id).values(owner_id=to_owner_id)
    )

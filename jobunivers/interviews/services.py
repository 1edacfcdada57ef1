"""Changes to interview answers. An answer is a text or a list of lines."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.extensions import db
from jobunivers.identity.queries import lock_owner
from jobunivers.interviews import queries
from jobunivers.interviews.models import InterviewAnswer
from jobunivers.shared.editing import ensure_unchanged


def change_answer(
    owner_id: UUID, question: str, values: Mapping[str, Any], *, version: str | None, now: datetime
) -> datetime:
    """The answer as its form has it, under the form's one field. Raises Stale with what is stored."""
    lock_owner(owner_id)
    answer = queries.find_answer(owner_id, question)
    [(field, value)] = values.items()
    ensure_unchanged(
        version, stored={field: answer.value if answer else type(value)()}, wanted=values
    )
    keep_answer(owner_id, question, value, now=now)
    return now


def keep_answer(owner_id: UUID, question: str, value: Any, *, now: datetime) -> None:
    """The answer as an exercise left it; an empty one where there was none is not kept."""
    lock_owner(owner_id)
    answer = queries.find_answer(owner_id, question)
    if answer is not None:
        answer.value, answer.changed_at = value, now
    elif value:
        db.session.add(
            InterviewAnswer(owner_id=owner_id, question=question, value=value, changed_at=now)
        )
    db.session.flush()


def adopt(from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
    """Takes a draft's answers along: fills empty ones, appends lines that are not there, leaves
    texts alone.
    """
    for theirs in queries.list_answers(from_owner_id):
        mine = queries.find_answer(to_owner_id, theirs.question)
        if mine is None or not mine.value:
            keep_answer(to_owner_id, theirs.question, theirs.value, now=now)
        elif isinstance(mine.value, list) and isinstance(theirs.value, list):
            keep_answer(
                to_owner_id,
                theirs.question,
                [*mine.value, *(line for line in theirs.value if line not in mine.value)],
                now=now,
            )

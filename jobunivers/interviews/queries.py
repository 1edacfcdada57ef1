"""Questions about interview answers."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.interviews.models import InterviewAnswer


def list_answers(owner_id: UUID | None) -> list[InterviewAnswer]:
    """The owner's answers, in the order they were first given."""
    if owner_id is None:
        return []
    query = sa.select(InterviewAnswer).where(InterviewAnswer.owner_id == owner_id)
    return list(
        db.session.scalars(query.order_by(InterviewAnswer.created_at, InterviewAnswer.question))
    )


def find_answer(owner_id: UUID | None, question: str) -> InterviewAnswer | None:
    """The owner's answer to one question."""
    if owner_id is None:
        return None
    return db.session.scalar(
        sa.select(InterviewAnswer).where(
            InterviewAnswer.owner_id == owner_id, InterviewAnswer.question == question
        )
    )


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """All that is stored, for /my/data."""
    return {
        answer.question: {"answer": answer.value, "changed_at": answer.changed_at.isoformat()}
        for answer in list_answers(owner_id)
    }

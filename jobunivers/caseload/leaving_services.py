"""Somebody has left: her citizens are the team's until a person gives them a new caseworker."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import services
from jobunivers.caseload.models import Assignment, TeamMember
from jobunivers.extensions import db


def release(user_id: UUID, *, by_user_id: UUID | None, now: datetime) -> None:
    """Ends her assignments and her places in teams, a row for each citizen. That she was somebody's
    caseworker until today stays true, and is shown.
    """
    hers = sa.select(Assignment).where(Assignment.user_id == user_id, Assignment.ended_at.is_(None))
    for assignment in db.session.scalars(hers.order_by(Assignment.started_at, Assignment.id)):
        assignment.ended_at = now
        services.note_change(assignment.citizen_id, "caseworker_left", by_user_id=by_user_id)
    db.session.execute(sa.delete(TeamMember).where(TeamMember.user_id == user_id))
    db.session.flush()

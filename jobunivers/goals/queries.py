"""Questions about job goals."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.goals.models import JobGoal
from jobunivers.goals.types import TRACKS


def list_goals(owner_id: UUID | None) -> dict[str, list[str]]:
    """Track -> job titles in their order; all three tracks are there."""
    goals: dict[str, list[str]] = {track: [] for track in TRACKS}
    if owner_id is not None:
        query = sa.select(JobGoal.track, JobGoal.title).where(JobGoal.owner_id == owner_id)
        for track, title in db.session.execute(
            query.order_by(JobGoal.track, JobGoal.position, JobGoal.created_at)
        ):
            goals.setdefault(track, []).append(title)
    return goals


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """All that is stored, for /my/data."""
    return {track: titles for track, titles in list_goals(owner_id).items() if titles}

"""Counts for the team coordinator: how long people wait for a decision, and what is decided. Never
about one person.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.screening.models import Flag, Review
from jobunivers.screening.rules import NO_FULL_OFFER
from jobunivers.screening.types import FlagStatus

ENOUGH_REVIEWS = 50  # below this a share says nothing
RUBBER_STAMP, DISTRUST = (
    0.02,
    0.40,
)  # outside these the rules and the work are looked at together (screening B.6; Poland's was 0.58 %)


@dataclass(frozen=True)
class Waiting:
    """The open flags of a team's citizens."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True)
class Decisions:
    """What a period's reviews chose and why. `share_without_offer` is None below 50 reviews."""

    count: int
    choices: dict[str, int]
    reasons: dict[str, int]
    share_without_offer: float | None

    @property
    def calls_for_a_talk(self) -> bool:
        """True when flags are almost always or very often answered against their suggestion."""
        share = self.share_without_offer
        return share is not None and not RUBBER_STAMP <= share <= DISTRUST


def waiting_by_team() -> dict[UUID | None, Waiting]:
    """Open flags by team, in one query."""
    query = sa.select(Citizen.team_id, sa.func.count(), sa.func.min(Flag.raised_at)).join(
        Citizen, Citizen.id == Flag.citizen_id
    )
    rows = db.session.execute(query.where(Flag.status == FlagStatus.OPEN).group_by(Citizen.team_id))
    return {team_id: Waiting(count, oldest) for team_id, count, oldest in rows}


def decisions_between(since: datetime, until: datetime) -> Decisions:
    """All reviews of that time, in one query."""
    rows = db.session.execute(
        sa.select(Review.choice, Review.reason, sa.func.count())
        .where(Review.decided_at >= since, Review.decided_at < until)
        .group_by(Review.choice, Review.reason)
    ).all()
    choices: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    without = 0
    for choice, reason, count in rows:
        choices[choice.value] += count
        if reason is not None:
            reasons[reason.value] += count
        without += count if choice in NO_FULL_OFFER else 0
    total = choices.total()
    share = without / total if total >= ENOUGH_REVIEWS else None
    return Decisions(total, dict(choices.most_common()), dict(reasons.most_common()), share)

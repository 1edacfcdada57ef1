"""Changes to job goals."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.goals import queries
from jobunivers.goals.models import JobGoal
from jobunivers.goals.types import TRACKS
from jobunivers.identity.queries import lock_owner
from jobunivers.shared.editing import ensure_unchanged


def change_track(owner_id: UUID, track: str, titles: Sequence[str], *, version: str | None) -> None:
    """The titles of a track as its form has them. Raises Stale with what is stored."""
    lock_owner(owner_id)
    ensure_unchanged(
        version,
        stored={"lines": queries.list_goals(owner_id)[track]},
        wanted={"lines": list(titles)},
    )
    keep_track(owner_id, track, titles)


def keep_track(owner_id: UUID, track: str, titles: Sequence[str]) -> None:
    """The titles of a track as an exercise left them, each once."""
    lock_owner(owner_id)
    db.session.execute(
        sa.delete(JobGoal).where(JobGoal.owner_id == owner_id, JobGoal.track == track)
    )
    for position, title in enumerate(dict.fromkeys(title for title in titles if title)):
        db.session.add(JobGoal(owner_id=owner_id, track=track, position=position, title=title))
    db.session.flush()


def add_title(owner_id: UUID, track: str, title: str) -> None:
    """A job title at the end of a track; one that is there already is not doubled."""
    lock_owner(owner_id)
    keep_track(owner_id, track, [*queries.list_goals(owner_id)[track], title])


def adopt(from_owner_id: UUID, to_owner_id: UUID) -> None:
    """Takes a draft's goals along: appends those that are not there yet."""
    theirs, mine = queries.list_goals(from_owner_id), queries.list_goals(to_owner_id)
    for track in TRACKS:
        if theirs[track]:
            keep_track(to_owner_id, track, [*mine[track], *theirs[track]])

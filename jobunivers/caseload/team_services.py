"""Teams as an administrator edits them: one value, one question, one use case."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Citizen, Team, TeamMember
from jobunivers.extensions import db
from jobunivers.identity.models import User, UserGrant
from jobunivers.identity.types import Grant
from jobunivers.shared import audit
from jobunivers.shared.errors import Conflict, NotFound


@dataclass(frozen=True)
class TeamOverview:
    """A team with the names of its members and the number of its citizens."""

    id: UUID
    name: str
    target_groups: tuple[str, ...]
    members: tuple[UUID, ...]
    member_names: tuple[str, ...]
    citizens: int


def list_overview() -> list[TeamOverview]:
    """All teams by name, in three queries however many there are."""
    people: dict[UUID, list[tuple[UUID, str]]] = {}
    for team_id, user_id, name in db.session.execute(
        sa.select(TeamMember.team_id, User.id, User.name)
        .join(User, User.id == TeamMember.user_id)
        .order_by(User.name, User.id)
    ):
        people.setdefault(team_id, []).append((user_id, name))
    counts: dict[UUID | None, int] = {
        team_id: count
        for team_id, count in db.session.execute(
            sa.select(Citizen.team_id, sa.func.count()).group_by(Citizen.team_id)
        )
    }
    return [
        TeamOverview(
            id=team.id,
            name=team.name,
            target_groups=tuple(team.target_groups),
            members=tuple(user_id for user_id, _name in people.get(team.id, [])),
            member_names=tuple(name for _user_id, name in people.get(team.id, [])),
            citizens=counts.get(team.id, 0),
        )
        for team in db.session.scalars(sa.select(Team).order_by(Team.name, Team.id))
    ]


def get_overview(team_id: UUID) -> TeamOverview:
    """One team. Raises NotFound."""
    found = next((team for team in list_overview() if team.id == team_id), None)
    if found is None:
        raise NotFound
    return found


def list_caseworkers() -> list[tuple[UUID, str]]:
    """(log-in, name) of everybody who can be a member, by name."""
    query = (
        sa.select(User.id, User.name)
        .join(UserGrant)
        .where(UserGrant.grant == Grant.CASEWORKER, User.disabled_at.is_(None))
    )
    return [(row.id, row.name) for row in db.session.execute(query.order_by(User.name, User.id))]


def save_team(
    team_id: UUID | None,
    *,
    name: str,
    target_groups: list[str],
    members: list[UUID],
    by_user_id: UUID,
) -> UUID:
    """Makes or changes a team; members and groups are replaced as a whole. Raises Conflict when the
    name is taken.

    New citizens of a target group come to the team that names it; citizens who are in a team
    already stay there.
    """
    if db.session.scalar(
        sa.select(Team.id).where(Team.name == name, Team.id != team_id if team_id else sa.true())
    ):
        raise Conflict
    team = db.session.get(Team, team_id) if team_id else Team(name=name)
    if team is None:
        raise NotFound
    team.name, team.target_groups = name, target_groups
    db.session.add(team)
    db.session.flush()
    db.session.execute(sa.delete(TeamMember).where(TeamMember.team_id == team.id))
    db.session.add_all(TeamMember(team_id=team.id, user_id=user_id) for user_id in members)
    audit.record(
        "team.saved", actor_id=by_user_id, actor_role=Grant.ADMIN.value, team_id=str(team.id)
    )
    db.session.flush()
    return team.id

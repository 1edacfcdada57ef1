"""The coordinator's team at work: how much each colleague has, who is away, who has nobody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import moving_services as moving
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.types import AbsenceLine
from jobunivers.shared.errors import NotFound


@dataclass(frozen=True)
class Colleague:
    """One member of the team."""

    id: UUID
    name: str
    citizens: int
    away: AbsenceLine | None  # now


@dataclass(frozen=True)
class Team:
    """Everything on the page."""

    colleagues: list[Colleague]
    unassigned: list[tuple[UUID, str]]


def colleagues_of(viewer_id: UUID, now: datetime) -> list[Colleague]:
    """The caseworkers of the coordinator's teams, by name."""
    loads: dict[UUID, int] = {}
    for team_id in caseload.team_ids_of(viewer_id):
        loads |= caseload.loads_of_team(team_id)
    names = absences.names_of(loads)
    away: dict[UUID, AbsenceLine] = {}
    for line in absences.list_absences(loads, now):
        if line.starts_at <= now:
            away[line.user_id] = line
    people = [Colleague(one, names[one], load, away.get(one)) for one, load in loads.items()]
    return sorted(people, key=lambda one: (one.name, one.id))


def get_colleague(viewer_id: UUID, user_id: UUID, now: datetime) -> Colleague:
    """One of them; anybody else is NotFound."""
    for one in colleagues_of(viewer_id, now):
        if one.id == user_id:
            return one
    raise NotFound


def read(viewer_id: UUID, now: datetime) -> Team:
    """The page's content."""
    return Team(colleagues_of(viewer_id, now), moving.list_unassigned(viewer_id))

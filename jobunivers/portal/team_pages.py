"""The coordinator's team at work: how much each colleague has, who is away, who has nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobunivers.booking import queries as booking
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import moving_queries as moving
from jobunivers.caseload import moving_rules as rules
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.types import AbsenceLine, Movable, MoveMade, Wanted
from jobunivers.contact import queries as contact
from jobunivers.shared import clock
from jobunivers.shared.errors import NotFound

EVEN = "even"
SEPARATOR = "~"


@dataclass(frozen=True)
class Colleague:
    """One member of the team."""

    id: UUID
    name: str
    citizens: int
    tasks: int
    overdue: int
    away: AbsenceLine | None  # now
    coming: AbsenceLine | None  # the next time


@dataclass(frozen=True)
class Team:
    """Everything on the page."""

    colleagues: list[Colleague]
    unassigned: list[Movable]
    without: int
    made: list[MoveMade]


@dataclass(frozen=True)
class Line:
    """One citizen of the preview; `value` is what goes through the form."""

    name: str
    before: str
    after: str
    value: str


@dataclass(frozen=True)
class Preview:
    """Who would get whom, and how many meetings stay where they are."""

    lines: list[Line]
    meetings: int


def colleagues_of(viewer_id: UUID, now: datetime) -> list[Colleague]:
    """The caseworkers of the coordinator's teams, by name."""
    loads: dict[UUID, int] = {}
    for team_id in caseload.team_ids_of(viewer_id):
        loads |= caseload.loads_of_team(team_id)
    names = absences.names_of(loads)
    away: dict[UUID, AbsenceLine] = {}
    coming: dict[UUID, AbsenceLine] = {}
    for line in absences.list_absences(loads, now):
        if line.starts_at <= now:
            away[line.user_id] = line
        else:
            coming.setdefault(line.user_id, line)
    tasks = contact.count_tasks(loads, clock.danish_day(now))
    people = [
        Colleague(one, names[one], load, *tasks.get(one, (0, 0)), away.get(one), coming.get(one))
        for one, load in loads.items()
    ]
    return sorted(people, key=lambda one: (one.name, one.id))


def get_colleague(viewer_id: UUID, user_id: UUID, now: datetime) -> Colleague:
    """One of them; anybody else is NotFound."""
    for one in colleagues_of(viewer_id, now):
        if one.id == user_id:
            return one
    raise NotFound


def read(viewer_id: UUID, now: datetime) -> Team:
    """The page's content."""
    return Team(
        colleagues_of(viewer_id, now),
        moving.list_without(viewer_id),
        moving.count_without(viewer_id),
        moving.list_made(viewer_id, now),
    )


def picked(viewer_id: UUID, citizen_ids: Sequence[UUID], *, whose: UUID | None) -> list[Movable]:
    """The citizens that were ticked; without any, everybody on that list. Raises NotFound for
    somebody who is not the viewer's to move.
    """
    if citizen_ids:
        return moving.list_picked(viewer_id, citizen_ids)
    return moving.list_of(viewer_id, whose) if whose else moving.list_without(viewer_id)


def preview(viewer_id: UUID, people: Sequence[Movable], to: str, now: datetime) -> Preview:
    """Who would get whom. Raises NotFound for somebody outside the coordinator's teams."""
    colleagues = {one.id: one for one in colleagues_of(viewer_id, now)}
    given = _given(viewer_id, people, to, colleagues)
    lines = [
        Line(
            one.name,
            one.caseworker,
            colleagues[given[one.id]].name,
            SEPARATOR.join((str(one.id), str(one.from_id or ""), str(given[one.id]))),
        )
        for one in people
        if one.id in given
    ]
    return Preview(lines, booking.count_coming_of((one.id for one in people), now))


def _given(
    viewer_id: UUID, people: Sequence[Movable], to: str, colleagues: dict[UUID, Colleague]
) -> dict[UUID, UUID]:
    if to != EVEN:
        try:
            found = colleagues[UUID(to)]
        except (ValueError, KeyError):
            raise NotFound from None
        return {one.id: found.id for one in people}
    not_asked = {one.from_id for one in people} | {viewer_id}  # whoever spreads keeps out of it
    others = [one for one in colleagues.values() if one.id not in not_asked]
    at_work = [one for one in others if not one.away] or others or list(colleagues.values())
    teams = moving.teams_of_each([one.id for one in at_work])
    return rules.spread(
        [one.id for one in people],
        {one.id: one.citizens for one in at_work},
        {
            one.id: [user_id for user_id, theirs in teams.items() if one.team_id in theirs]
            for one in people
        },
    )


def wanted(viewer_id: UUID, values: Iterable[str], now: datetime) -> list[Wanted]:
    """What the preview showed, read back. Raises NotFound when it is not the viewer's to change."""
    found = []
    for value in values:
        try:
            citizen, before, after = value.split(SEPARATOR)
            found.append(Wanted(UUID(citizen), UUID(before) if before else None, UUID(after)))
        except ValueError:
            raise NotFound from None
    moving.list_picked(viewer_id, [one.citizen_id for one in found])
    if not {one.to_id for one in found} <= {one.id for one in colleagues_of(viewer_id, now)}:
        raise NotFound
    return found

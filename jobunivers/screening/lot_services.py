"""The week's places: needs first, then points, then chance. Run each night; a team's week is drawn
once.
"""

import secrets
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import queries as caseload
from jobunivers.extensions import db
from jobunivers.screening import catalogue, flag_services, night_queries, rules, services
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.models import ScreeningDraw
from jobunivers.screening.types import Candidate, Drawn, Route, Scored
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.profile import Profile

SILENT_WEEKS = 6  # older spells than this are not chased: their people have been met in other ways


def draw_all(*, now: datetime, profile: Profile) -> int:
    """Every team's week, each in its own transaction. Returns how many offers were suggested."""
    suggested = 0
    for team in caseload.list_teams():
        with write():
            ask_about_silence(team.id, now=now, profile=profile)
            drawn = (
                draw_week(team.id, now=now, profile=profile)
                if profile.screening.route_b.is_on
                else None
            )
        suggested += len(drawn.by_points) + len(drawn.by_chance) if drawn else 0
    return suggested


def draw_week(
    team_id: UUID, *, now: datetime, profile: Profile, seed: str | None = None
) -> Drawn | None:
    """Raises the flags of routes B and chance for this team and ISO week; None when the week was
    drawn before.
    """
    today = clock.danish_day(now)
    week = week_of(today)
    if db.session.scalar(
        sa.select(ScreeningDraw.id).where(
            ScreeningDraw.team_id == team_id, ScreeningDraw.week == week
        )
    ):
        return None
    seed = seed or secrets.token_hex(8)
    capacity = profile.screening.capacity_per_team_and_week
    before = night_queries.last_draw(team_id)
    since = max(now - rules.NEEDS_COUNT, before.drawn_at) if before else now - rules.NEEDS_COUNT
    needs = night_queries.count_needs_raised(team_id, since=since)
    carried = before.carried if before else 0
    by_points, by_chance, rest = rules.places(
        capacity, needs, profile.screening.random_share, carried=carried
    )
    db.session.add(
        ScreeningDraw(
            team_id=team_id, week=week, capacity=capacity, seed=seed, carried=rest, drawn_at=now
        )
    )
    db.session.flush()
    candidates, scored = _candidates(team_id, profile=profile, now=now)
    drawn = rules.draw(
        candidates,
        by_points=by_points,
        by_chance=by_chance,
        version=catalogue.score_version(),
        rng=Random(seed),
    )
    week_log = {
        "team": team_id,
        "week": week,
        "capacity": capacity,
        "needs": needs,
        "share": profile.screening.random_share,
        "carried": carried,
        "rest": rest,
        "seed": seed,
    }
    places = {"by_points": by_points, "by_chance": by_chance, "k": drawn.capacity}
    logbook.append(
        "draw", {**week_log, **places, "candidates": len(candidates)}, citizen_id=None, now=now
    )
    _raise(drawn, scored, now=now)
    return drawn


def _candidates(
    team_id: UUID, *, profile: Profile, now: datetime
) -> tuple[list[Candidate], dict[UUID, Scored]]:
    """Who may be drawn: finished questionnaires of rounds that count points; and their points."""
    found, scored, today = [], {}, clock.danish_day(now)
    for screening, _started_on in night_queries.list_finished_unflagged(team_id):
        if (one := catalogue.find_round(screening.landmark)) and not one.points:
            continue
        points, unclear = services.score_screening(screening, profile=profile, today=today)
        scored[screening.citizen_id] = points
        waiting = max(0, (now - (screening.finished_at or now)).days // 7)
        found.append(Candidate(screening.citizen_id, screening.id, points.total, waiting, unclear))
    return found, scored


def _raise(drawn: Drawn, scored: dict[UUID, Scored], *, now: datetime) -> None:
    for person in (*drawn.by_points, *drawn.by_chance, *drawn.unclear):
        zone = (
            "points"
            if person in drawn.by_points
            else "chance"
            if person in drawn.by_chance
            else "unclear"
        )
        payload = logbook.scored_payload(
            scored[person.citizen_id],
            rank=drawn.ranks[person.citizen_id],
            k=drawn.capacity,
            zone=zone,
            screening=person.screening_id,
        )
        logbook.append("scored", payload, citizen_id=person.citizen_id, now=now)
        if zone == "unclear":
            flag_services.ask_to_call(person.citizen_id, person.screening_id, now=now)
            continue
        points = scored[person.citizen_id]
        codes = (rules.reasons(points) or ["spare_place"]) if zone == "points" else ["random"]
        flag_services.raise_flag(
            person.citizen_id,
            rule=zone if zone == "points" else "random",
            route=Route.POINTS if zone == "points" else Route.RANDOM,
            reasons=codes,
            screening_id=person.screening_id,
            now=now,
            counter=rules.counter_reasons(points),
            missing=list(points.missing),
            score=points.version,
        )


def ask_about_silence(team_id: UUID, *, now: datetime, profile: Profile) -> int:
    """Nobody who has not answered within the profile's days is taken for fine: a person calls,
    once. Returns how many.
    """
    latest = clock.danish_day(now) - timedelta(days=profile.screening.answer_within_days)
    silent = night_queries.list_silent(
        team_id, started_from=latest - timedelta(weeks=SILENT_WEEKS), started_to=latest
    )
    for citizen_id in silent:
        flag_services.ask_to_call(citizen_id, None, now=now)
    return len(silent)


def week_of(day: date) -> str:
    """ISO week as stored."""
    return f"{day.isocalendar().year}-W{day.isocalendar().week:02}"

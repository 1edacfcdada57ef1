"""A simulated year of a city: the real contact rules, the real worker, real bookings; citizens and
caseworkers act by chance, fall ill, leave and come back.

It answers one question: is anybody ever without a next contact? Counted every morning when the
house opens, for everybody out of work.
"""

import random
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from jobunivers.caseload.models import Team, TeamMember
from jobunivers.contact import list_queries
from jobunivers.contact import queries as contact
from jobunivers.contact import rules as contact_rules
from jobunivers.contact.models import Task
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.types import Grant
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Message
from jobunivers.seed import year_citizens as citizens_life
from jobunivers.seed import year_staff as staff
from jobunivers.seed.year_types import Year, at
from jobunivers.shared import clock
from jobunivers.shared.db import write


def simulate(
    app: Flask,
    *,
    citizens: int,
    weeks: int,
    seed: int,
    with_worker: bool = True,
    start: date = date(2026, 7, 6),
) -> Year:
    """Plays the weeks day by day. `start` is a Monday; half of the citizens are there from the
    first day, the others come during the year.
    """
    year = Year(app, random.Random(seed))
    arrivals = _arrivals(year, citizens, weeks, start)
    at(start, 0, 30)
    with app.app_context(), write():
        _open_house(year, citizens, start)
    for number in range(weeks * 7):
        today = start + timedelta(days=number)
        _night(year, today, arrivals.get(today, []), with_worker=with_worker)
        with app.app_context():
            closed = contact.closed_days(today, today)
        if contact_rules.is_working_day(today, closed):
            _day(year, today, with_worker=with_worker)
    with app.app_context():
        year.counts["messages"] = db.session.scalar(sa.select(sa.func.count(Message.id))) or 0
    clock.start_at(None)
    return year


def _arrivals(year: Year, citizens: int, weeks: int, start: date) -> dict[date, list[int]]:
    """day -> weeks already out of work of each citizen who becomes ours that day."""
    found: dict[date, list[int]] = {}
    for number in range(citizens):
        if number < citizens // 2:
            found.setdefault(start, []).append(year.chance.randrange(0, 60))
        else:
            found.setdefault(start + timedelta(days=year.chance.randrange(weeks * 7)), []).append(0)
    return found


def _open_house(year: Year, citizens: int, start: date) -> None:
    """A team, its coordinator and its caseworkers."""
    team = Team(name="Simulation", target_groups=[])
    db.session.add(team)
    db.session.flush()
    year.team = team.id
    year.coordinator = identity.create_user(
        name="Coordinator", email="coordinator@example.org", grants=frozenset({Grant.COORDINATOR})
    ).id
    db.session.add(TeamMember(team_id=team.id, user_id=year.coordinator))
    for _number in range(max(3, -(-citizens // staff.CITIZENS_A_CASEWORKER))):
        staff.hire(year, start)


def _night(year: Year, today: date, arrivals: list[int], *, with_worker: bool) -> None:
    """New citizens come in, the worker does its night's work, and at seven in the morning we count."""
    now = at(today, 1)
    with year.app.app_context():
        for weeks_out in arrivals:
            citizens_life.arrive(year, weeks_out, today, now)
    if with_worker:
        for hour in (3, 6):
            now = at(today, hour, 30)
            worker.plan(year.app, now)
            worker.run_once(year.app, now)
    now = at(today, 7)
    with year.app.app_context():
        _count(year, today, now)


def _count(year: Year, today: date, now: datetime) -> None:
    """Who stands on the coordinator's list: with a task that is late, or with nothing at all."""
    listed = [
        line.citizen_id
        for line in list_queries.without_next_contact(today=today, now=now, limit=10**6)
    ]
    has_task = set(db.session.scalars(sa.select(Task.citizen_id).where(Task.done_at.is_(None))))
    for citizen_id in listed:
        if citizen_id not in has_task:
            year.without.setdefault(citizen_id, today)
            year.counts["mornings without"] += 1
    late = {citizen_id for citizen_id in listed if citizen_id in has_task}
    for citizen_id, since in tuple(year.late.items()):
        if citizen_id not in late:
            year.waited("days of a late task until somebody saw to it", (today - since).days)
            del year.late[citizen_id]
    year.late |= {citizen_id: today for citizen_id in late - set(year.late)}


def _day(year: Year, today: date, *, with_worker: bool) -> None:
    """The staff at half past seven, and everybody's day at four."""
    now = at(today, 7, 30)
    with year.app.app_context():
        staff.morning(year, today, now)
    now = at(today, 16)
    with year.app.app_context():
        staff.work(year, today, now)
        for citizen_id in tuple(year.people):
            citizens_life.live(year, citizen_id, today, now)
    if with_worker:
        worker.run_once(year.app, now)

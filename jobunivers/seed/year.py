"""A simulated year of a city: the real contact rules, the real worker, real bookings; citizens and
caseworkers act by chance.

It answers one question: is anybody ever without a next contact? Counted every morning when the
house opens, for everybody out of work.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import Flask

from jobunivers.booking import offer_queries as offers
from jobunivers.booking import queries as booking
from jobunivers.booking import services as meetings
from jobunivers.booking.models import OpeningWindow
from jobunivers.booking.types import Actor, AppointmentStatus, Form
from jobunivers.caseload import services as caseload
from jobunivers.caseload.models import Team, TeamMember
from jobunivers.caseload.types import Outcome
from jobunivers.contact import list_queries, task_services
from jobunivers.contact import queries as contact
from jobunivers.contact import rules as contact_rules
from jobunivers.contact import services as tasks
from jobunivers.contact.types import OpenNeed, TaskKind, TaskLine
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.types import Grant
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict

CITIZENS_A_CASEWORKER = 50
HERSELF = Actor(None, "citizen")
# How soon a person books after an invitation, as a chance a day; the last sort never does anything
# by herself.
EAGERNESS = (0.35, 0.15, 0.05, 0.0)
ENDS_A_DAY, CANCELS_A_DAY, NO_ANSWER = 0.003, 0.01, 0.25
OUTCOMES = (
    (AppointmentStatus.HELD, 0.82),
    (AppointmentStatus.MISSED, 0.1),
    (None, 0.08),
)  # None: forgotten to record


@dataclass
class Year:
    """The people of the simulation, and what came of it."""

    app: Flask
    chance: random.Random
    staff: list[UUID] = field(default_factory=list)
    eagerness: dict[UUID, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    without: dict[UUID, date] = field(
        default_factory=dict
    )  # citizen -> first morning without a next contact


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
    with app.app_context(), write():
        _open_house(year, citizens, start)
    for number in range(weeks * 7):
        today = start + timedelta(days=number)
        _night(year, today, arrivals.get(today, []), with_worker=with_worker)
        if contact_rules.is_working_day(today, _closed(app, today)):
            _day(year, today, with_worker=with_worker)
    clock.start_at(None)
    return year


def _closed(app: Flask, today: date) -> frozenset[date]:
    with app.app_context():
        return contact.closed_days(today, today)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    moment = datetime.combine(day, time(hour, minute), clock.COPENHAGEN)
    clock.start_at(moment)
    return clock.now()


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
    """A team, caseworkers, and a weekly time each in which they offer meetings."""
    profile = current_profile()
    team = Team(name="Simulation", target_groups=[])
    db.session.add(team)
    db.session.flush()
    for number in range(max(2, -(-citizens // CITIZENS_A_CASEWORKER))):
        user = identity.create_user(
            name=f"Caseworker {number + 1}",
            email=f"caseworker{number}@example.org",
            grants=frozenset({Grant.CASEWORKER}),
        )
        db.session.add(TeamMember(team_id=team.id, user_id=user.id))
        year.staff.append(user.id)
        place = next(each.code for each in profile.locations if each.form == Form.OFFICE)
        for weekday in range(5):
            window = {
                "weekday": weekday,
                "starts_minute": 540,
                "ends_minute": 900,
                "forms": ["phone", "video", "office"],
                "location": place,
            }
            db.session.add(OpeningWindow(user_id=user.id, valid_from=start, **window))


def _night(year: Year, today: date, arrivals: list[int], *, with_worker: bool) -> None:
    """New citizens come in, the worker does its night's work, and at seven in the morning we count."""
    now = _at(today, 1)
    with year.app.app_context():
        groups = [group.code for group in current_profile().target_groups]
        for weeks_out in arrivals:
            with write():
                number = len(year.eagerness)
                citizen = caseload.register_citizen(
                    name=f"Citizen {number}",
                    started_on=today - timedelta(weeks=weeks_out),
                    target_group=year.chance.choice(groups),
                    now=now,
                    email=f"citizen{number}@example.org",
                    phone="+4520304050",
                    channel=Channel.EMAIL
                    if number % 10 == 0
                    else Channel.NONE,  # a tenth gets mail; writing it takes most of the time
                )
            year.eagerness[citizen.id] = year.chance.choice(EAGERNESS)
    if with_worker:
        for hour in (3, 6):
            now = _at(today, hour, 30)
            worker.plan(year.app, now)
            worker.run_once(year.app, now)
    now = _at(today, 7)
    with year.app.app_context():
        for line in list_queries.without_next_contact(today=today, now=now, limit=10**6):
            year.without.setdefault(line.citizen_id, today)
            year.counts["mornings without"] += 1


def _day(year: Year, today: date, *, with_worker: bool) -> None:
    """Citizens book, cancel, find work; caseworkers meet people, say how it went, and do the tasks
    that are due.
    """
    now = _at(today, 16)
    with year.app.app_context():
        for user_id in year.staff:
            for line in booking.list_without_outcome(user_id, now):
                _say_how_it_went(year, line.id, user_id, now)
            for task in contact.list_tasks(user_id):
                if task.due_on <= today:
                    _do_task(year, task, user_id, now)
        for citizen_id, eagerness in year.eagerness.items():
            _live(year, citizen_id, eagerness, today, now)
    if with_worker:
        worker.run_once(year.app, now)


def _say_how_it_went(year: Year, meeting_id: UUID, user_id: UUID, now: datetime) -> None:
    outcome = year.chance.choices([each[0] for each in OUTCOMES], [each[1] for each in OUTCOMES])[0]
    if outcome is not None:
        with write():
            meetings.record_outcome(meeting_id, outcome, by=Actor(user_id, "caseworker"), now=now)
        year.counts[outcome.value] += 1


def _do_task(year: Year, task: TaskLine, user_id: UUID, now: datetime) -> None:
    """A call: a time is found together, or nobody answers and she tries again in two working days.
    A forgotten outcome is written down.
    """
    by, today = Actor(user_id, "caseworker"), clock.danish_day(now)
    if task.what == TaskKind.NO_OUTCOME:
        for line in booking.list_without_outcome(user_id, now):
            with write():
                meetings.record_outcome(line.id, AppointmentStatus.HELD, by=by, now=now)
    elif year.chance.random() < NO_ANSWER or not _book(year, task.citizen_id, by, now):
        again = contact_rules.working_days_after(
            today, 2, contact.closed_days(today, today + timedelta(days=21))
        )
        with write():
            tasks.add_task(task.citizen_id, user_id, what=TaskKind.OTHER, due_on=again)
    with write():
        task_services.finish_task(task.id, user_id=user_id, now=now)
    year.counts["tasks"] += 1


def _live(year: Year, citizen_id: UUID, eagerness: float, today: date, now: datetime) -> None:
    if year.chance.random() < ENDS_A_DAY:
        with write():
            try:
                caseload.end_spell(
                    citizen_id, outcome=Outcome.JOB, ended_on=today, now=now, by_user_id=None
                )
                year.counts["found work"] += 1
            except Conflict:
                return  # had found work before
    elif year.chance.random() < eagerness:
        _book(year, citizen_id, HERSELF, now)
    elif (
        year.chance.random() < CANCELS_A_DAY
        and (meeting := booking.find_next_appointment(citizen_id, now))
        and meeting.starts_at > now
    ):
        with write():
            meetings.cancel(meeting.id, by=HERSELF, now=now)
        year.counts["cancelled"] += 1


def _book(year: Year, citizen_id: UUID, by: Actor, now: datetime) -> bool:
    """The first free time for the nearest invitation, by phone or video; with staff also without an
    invitation.
    """
    needs: list[OpenNeed | None] = [*contact.list_open_needs(citizen_id)]
    need = needs[0] if needs else None
    if need is None and not by.is_office:
        return False
    kind = current_profile().kind(need.kind if need else "follow-up")
    offer = offers.look(
        offers.Ask(citizen_id, kind, Form(kind.forms[0]), False, need, is_office=by.is_office), now
    )
    if not offer.days:
        return False
    slot = year.chance.choice(offer.days[0].times).slot
    choice = offers.choice_of(
        offers.Ask(citizen_id, kind, slot.form, False, need), slot, phone="+4520304050"
    )
    with write():
        meetings.book(citizen_id, choice, by=by, now=now)
    year.counts["booked by staff" if by.is_office else "booked by citizens"] += 1
    return True

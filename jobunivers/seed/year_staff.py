"""The staff of a simulated year: they meet people, forget to say how it went, put tasks off, fall ill,
go on holiday, leave, and new ones come.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from jobunivers.booking import absence_services as absences
from jobunivers.booking import queries as booking
from jobunivers.booking import services as meetings
from jobunivers.booking.models import OpeningWindow
from jobunivers.booking.types import Actor, AppointmentStatus, Form, MeetingLine
from jobunivers.caseload import moving_queries
from jobunivers.caseload import moving_services as moving
from jobunivers.caseload.models import TeamMember
from jobunivers.caseload.types import AwayFor, Wanted
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import queries as contact
from jobunivers.contact import rules as contact_rules
from jobunivers.contact import services as tasks
from jobunivers.contact import task_services
from jobunivers.contact.types import TaskKind, TaskLine
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.types import Grant
from jobunivers.seed.year_citizens import book
from jobunivers.seed.year_types import Year, days_later
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict

CITIZENS_A_CASEWORKER = 50
ILL_A_DAY, HOLIDAY_A_DAY, LEAVES_A_DAY = 0.008, 0.004, 0.002
HAS_SUBSTITUTE, PUTS_OFF, NO_ANSWER = 0.7, 0.2, 0.25
EXEMPTS_A_DAY = 0.02
OUTCOMES = (
    (AppointmentStatus.HELD, 0.82),
    (AppointmentStatus.MISSED, 0.1),
    (None, 0.08),
)  # None: forgotten to record


def hire(year: Year, since: date) -> UUID:
    """A new caseworker of the team, with a weekly time in which she offers meetings."""
    number, profile = year.counts["caseworkers"] + 1, current_profile()
    user = identity.create_user(
        name=f"Caseworker {number}",
        email=f"caseworker{number}@example.org",
        grants=frozenset({Grant.CASEWORKER}),
    )
    db.session.add(TeamMember(team_id=year.team, user_id=user.id))
    place = next(each.code for each in profile.locations if each.form == Form.OFFICE)
    for weekday in range(5):
        window = {
            "weekday": weekday,
            "starts_minute": 540,
            "ends_minute": 900,
            "forms": ["phone", "video", "office"],
            "location": place,
        }
        db.session.add(OpeningWindow(user_id=user.id, valid_from=since, **window))
    year.staff.append(user.id)
    year.counts["caseworkers"] = number
    return user.id


def morning(year: Year, today: date, now: datetime) -> None:
    """Who is ill, who goes on holiday, who has left; the coordinator gives everybody somebody."""
    for user_id in tuple(year.staff):
        if _is_away(year, user_id, now):
            continue
        if len(year.staff) > 2 and year.happens(LEAVES_A_DAY):
            _leave(year, user_id, today, now)
        elif year.happens(ILL_A_DAY):
            _be_away(year, user_id, AwayFor.OTHER, today, 0, year.chance.randint(1, 5), now)
        elif year.happens(HOLIDAY_A_DAY):
            ahead, length = year.chance.randint(7, 42), year.chance.randint(5, 19)
            _be_away(year, user_id, AwayFor.HOLIDAY, today, ahead, length, now)
    _give_everybody_somebody(year, now)


def work(year: Year, today: date, now: datetime) -> None:
    """Everybody who is here says how meetings went, does most of the tasks that are due, and now and
    then exempts somebody.
    """
    for user_id in tuple(year.staff):
        if _is_away(year, user_id, now):
            continue
        for line in booking.list_without_outcome(user_id, now):
            _say_how_it_went(year, line, user_id, now)
        for task in contact.list_tasks(user_id):
            if task.due_on > today:
                continue
            if task.citizen_id not in year.late and year.happens(PUTS_OFF):
                year.counts["tasks put off"] += 1
                continue
            _do_task(year, task, user_id, now)
    if year.happens(EXEMPTS_A_DAY):
        _exempt(year, today, now)


def _is_away(year: Year, user_id: UUID, now: datetime) -> bool:
    return year.away_until.get(user_id, now) > now


def _be_away(
    year: Year, user_id: UUID, why: AwayFor, today: date, ahead: int, length: int, now: datetime
) -> None:
    """`ahead`: days until it begins; `length`: days."""
    others = [other for other in year.staff if other != user_id]
    substitute = year.chance.choice(others) if year.happens(HAS_SUBSTITUTE) else None
    begins = days_later(today, ahead) if ahead else now
    ends = days_later(today, ahead + length)
    with write():
        absences.add_absence(
            user_id,
            starts_at=begins,
            ends_at=ends,
            reason=why,
            substitute_id=substitute,
            by_user_id=year.coordinator,
            now=now,
        )
    if not ahead:
        year.away_until[user_id] = ends
    year.counts["ill" if why is AwayFor.OTHER else "holidays"] += 1


def _leave(year: Year, user_id: UUID, today: date, now: datetime) -> None:
    """Her log-in is closed today; whoever comes in her place begins next week."""
    year.staff.remove(user_id)
    with write():
        identity.disable_user(user_id, now, by_user_id=year.coordinator)
        hire(year, today + timedelta(days=7))
    year.counts["left"] += 1


def _give_everybody_somebody(year: Year, now: datetime) -> None:
    if year.coordinator is None:
        return
    alone = moving_queries.list_without(year.coordinator)
    wanted = [
        Wanted(one.id, None, year.staff[number % len(year.staff)])
        for number, one in enumerate(alone)
    ]
    if not wanted:
        return
    with write():
        moving.move(wanted, by_user_id=year.coordinator, now=now)
    year.counts["got another caseworker"] += len(alone)


def _say_how_it_went(year: Year, line: MeetingLine, user_id: UUID, now: datetime) -> None:
    outcome = year.chance.choices([each[0] for each in OUTCOMES], [each[1] for each in OUTCOMES])[0]
    if outcome is None:
        return
    with write():
        meetings.record_outcome(line.id, outcome, by=Actor(user_id, "caseworker"), now=now)
    year.counts[f"meetings {outcome.value}"] += 1
    person, on = year.people.get(line.citizen_id), clock.danish_day(line.starts_at)
    if person and outcome is AppointmentStatus.HELD and person.met_on is None:
        person.met_on = on
        if not person.weeks_out:
            year.waited("days from the first day to the first meeting", (on - person.came_on).days)


def _do_task(year: Year, task: TaskLine, user_id: UUID, now: datetime) -> None:
    """A call: a time is found together, or nobody answers and she tries again in two working days.
    A forgotten outcome is written down.
    """
    by = Actor(user_id, "caseworker")
    year.counts[f"task {task.what}"] += 1
    if task.what == TaskKind.NO_OUTCOME:
        for line in booking.list_without_outcome(user_id, now):
            with write():
                meetings.record_outcome(line.id, AppointmentStatus.HELD, by=by, now=now)
    elif year.happens(NO_ANSWER) or not _find_a_time(year, task, by, now):
        today = clock.danish_day(now)
        again = contact_rules.working_days_after(
            today, 2, contact.closed_days(today, today + timedelta(days=21))
        )
        year.counts["called again"] += 1
        with write():
            tasks.add_task(task.citizen_id, user_id, what=TaskKind.OTHER, due_on=again)
    with write():
        task_services.finish_task(task.id, user_id=user_id, now=now)


def _find_a_time(year: Year, task: TaskLine, by: Actor, now: datetime) -> bool:
    """Another time for a meeting whose host is away, or a time for whoever has none."""
    if task.meeting_id is not None:
        with write():
            try:
                meetings.cancel(UUID(task.meeting_id), by=by, now=now, why="away")
                year.counts["cancelled by the office"] += 1
            except Conflict:
                return True  # it has begun, or somebody has settled it
    return book(year, task.citizen_id, by, now)


def _exempt(year: Year, today: date, now: datetime) -> None:
    reasons = [each for each in current_profile().exemption_reasons if each.scope == "self_booking"]
    if not reasons or not year.people:
        return
    citizen_id = year.chance.choice(list(year.people))
    if year.people[citizen_id].found_work_on:
        return
    ends_on = today + timedelta(weeks=year.chance.randint(2, 8))
    with write():
        try:
            exemptions.grant(
                citizen_id,
                year.chance.choice(reasons),
                ends_on=ends_on,
                note="",
                by_user_id=year.chance.choice(year.staff),
                now=now,
            )
            year.counts["exempted"] += 1
        except Conflict:
            return  # is exempt already

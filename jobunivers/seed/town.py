"""The small town behind the demo personas: about 150 citizens of two teams with twelve weeks of
history, so that lists and figures are alive. The same people at every hour; only the days move.

Nobody here is real. Rows are stored many at once, since telling each story through the services
would take a minute.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from jobunivers.booking import rules as booking_rules
from jobunivers.booking.models import OpeningWindow
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.caseload import rules as caseload_rules
from jobunivers.caseload.models import Assignment, Citizen, Spell, TeamMember
from jobunivers.contact.models import Exemption, Need, Task
from jobunivers.contact.types import NeedStatus, TaskKind
from jobunivers.identity.models import Owner, User, UserGrant
from jobunivers.identity.types import Grant, OwnerKind
from jobunivers.messages.models import Message
from jobunivers.messages.types import Channel
from jobunivers.screening import catalogue as questions
from jobunivers.screening.models import Answer, Flag, Review, Screening
from jobunivers.screening.types import Choice, FlagStatus, Reason, Route
from jobunivers.seed import town_away
from jobunivers.seed import town_words as words
from jobunivers.seed.city_rows import City
from jobunivers.seed.people import OPEN_HOURS, Crowd
from jobunivers.seed.stories.times import Times
from jobunivers.shared import clock

CITIZENS = 138  # and twelve personas
SEED = 2026
WEEKS_OF_HISTORY = 12
LEFT_DAYS_AGO = 5  # working days since a colleague left
ROOM = timedelta(minutes=10)
STARTS, LENGTH = words.STARTS, words.LENGTH
HELD, MISSED, OFF, BOOKED = (
    AppointmentStatus.HELD,
    AppointmentStatus.MISSED,
    AppointmentStatus.CANCELLED_BY_CITIZEN,
    AppointmentStatus.BOOKED,
)
FORMS = {Form.PHONE: 0.5, Form.VIDEO: 0.3, Form.OFFICE: 0.2}


@dataclass
class Town:
    """The rows to be stored, the working days, and who meets whom when."""

    rows: City
    times: Times
    teams: dict[str, UUID]
    staff: dict[str, UUID]
    used: set[tuple[UUID, datetime]] = field(default_factory=set)
    nobodys: set[UUID] = field(default_factory=set)

    @property
    def random(self) -> Random:
        return self.rows.random

    def free_start(self, user_id: UUID, days: list[date]) -> datetime | None:
        """A time at which this caseworker meets nobody yet, on one of the days."""
        for _try in range(12):
            day = self.random.choice(days)
            start = booking_rules.instant(day, self.random.choice(STARTS))
            if (user_id, start) not in self.used:
                self.used.add((user_id, start))
                return start
        return None


def live_in(crowd: Crowd, times: Times) -> None:
    """Fills the town, in the caller's transaction. Needs the personas and their stories."""
    rows = City(Random(SEED), times.now)
    town = Town(rows, times, dict(crowd.teams), dict(crowd.staff))
    _keep_free(town, crowd)
    _hire(town)
    for number in range(CITIZENS):
        _settle(town, number)
    rows.store()


def _keep_free(town: Town, crowd: Crowd) -> None:
    """What the stories have planned stays theirs."""
    for meeting in town.times.planned:
        day = clock.danish_day(meeting.starts_at)
        for start in (booking_rules.instant(day, minute) for minute in STARTS):
            if start - ROOM < meeting.taken_until and meeting.taken_from < start + LENGTH + ROOM:
                town.used.add((crowd.staff[meeting.staff], start))


# --- staff
# ------------------------------------------------------------------------------


def _hire(town: Town) -> None:
    """Three more colleagues, one of them away this week, and one who left some days ago."""
    for code, (name, team) in words.STAFF.items():
        has_left = code == words.LEFT
        user_id = town.staff[code] = town.rows.add(
            User,
            name=name,
            email=f"{code}@example.org",
            locale="da",
            citizen_id=None,
            disabled_at=town.times.at_work(LEFT_DAYS_AGO) if has_left else None,
        )
        town.rows.add(UserGrant, user_id=user_id, grant=Grant.CASEWORKER)
        if has_left:
            continue
        town.rows.add(TeamMember, team_id=town.teams[team], user_id=user_id)
        for weekday in range(5):
            for opens, closes in OPEN_HOURS:
                town.rows.add(
                    OpeningWindow,
                    user_id=user_id,
                    weekday=weekday,
                    starts_minute=opens,
                    ends_minute=closes,
                    forms=["phone", "video", "office"],
                    location="main-office",
                    valid_from=town.times.today - timedelta(days=365),
                )
    town_away.be_away(town)


# --- one citizen
# ------------------------------------------------------------------------------


def _settle(town: Town, number: int) -> None:
    """One citizen: who she is, what has been, what comes next."""
    caseworker, team = words.HOSTS[number % len(words.HOSTS)]
    group = town.rows.pick(words.GROUPS[team])
    locale = "uk" if group == "displaced-ukrainian" else town.rows.pick(words.LOCALES)
    weeks = 1 + min(60, int(town.random.expovariate(1 / 16)))
    today = town.times.today
    started = today - timedelta(weeks=weeks, days=town.random.randrange(6))
    began_at = booking_rules.instant(started, 9 * 60)
    name = f"{town.random.choice(words.FIRST[locale])} {town.random.choice(words.LAST[locale])}"
    name = f"{name} (demo)"
    citizen_id = town.rows.add(
        Citizen,
        name=name,
        name_key=caseload_rules.name_key(name),
        email=f"town{number}@example.org",
        phone=f"+4520{number + 1000:06d}",
        address="Eksempelvej 1\n8000 Aarhus C",
        locale=locale,
        interpreter_language=locale if locale == "uk" and town.random.random() < 0.5 else None,
        person_uuid=f"demo:town-{number}",
        team_id=town.teams[team],
        channel=town.rows.pick({Channel.EMAIL: 0.8, Channel.SMS: 0.12, Channel.LETTER: 0.08}),
        digital_post_exempt=False,
        name_protected=False,
        last_seen_at=town.times.now - timedelta(days=town.random.randrange(1, 40), hours=5),
        created_at=began_at,
    )
    town.rows.add(
        Spell,
        citizen_id=citizen_id,
        started_on=started,
        ended_on=None,
        target_group=group,
        outcome=None,
        created_at=began_at,
    )
    town.rows.add(Owner, kind=OwnerKind.CITIZEN, citizen_id=citizen_id)
    log_in = town.rows.add(
        User, name=name, email=None, locale=locale, citizen_id=citizen_id, disabled_at=None
    )
    user_id = town.staff[caseworker]
    _assign(town, citizen_id, user_id, began_at, number)
    _meet(town, citizen_id, user_id, started)
    if not town_away.leave_to_others(town, citizen_id, user_id, number):
        _plan(town, citizen_id, user_id, number)
    _answer(town, citizen_id, user_id, locale, began_at)
    _write(town, citizen_id, log_in, user_id, number)


def _assign(town: Town, citizen_id: UUID, user_id: UUID, began_at: datetime, number: int) -> None:
    """Every seventh had the colleague who has left, and was taken over on her last day; a few are
    nobody's yet.
    """
    left_at = town.times.at_work(LEFT_DAYS_AGO)
    if number % 7 == 0 and began_at < left_at:
        town.rows.add(
            Assignment,
            citizen_id=citizen_id,
            user_id=town.staff[words.LEFT],
            started_at=began_at,
            ended_at=left_at,
            reason="intake",
        )
        if town_away.is_nobodys(number):
            town.nobodys.add(citizen_id)
            return
        began_at = left_at
    town.rows.add(
        Assignment,
        citizen_id=citizen_id,
        user_id=user_id,
        started_at=began_at,
        ended_at=None,
        reason="intake",
    )


def _worked_days(town: Town, first: date, last: date) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if town.times.is_worked(day)]


def _meet(town: Town, citizen_id: UUID, user_id: UUID, started: date) -> None:
    """A first meeting within some days, then about every fourth week, as far as history goes."""
    yesterday = town.times.today - timedelta(days=1)
    history = town.times.today - timedelta(weeks=WEEKS_OF_HISTORY)
    for number, first in enumerate(_every_fourth_week(started + timedelta(days=2), yesterday)):
        if first < history:
            continue
        days = _worked_days(town, first, min(first + timedelta(days=6), yesterday))
        start = town.free_start(user_id, days) if days else None
        if start is None:
            continue
        town.rows.add_meeting(
            citizen_id,
            user_id,
            start,
            start + LENGTH,
            town.rows.pick({HELD: 0.87, MISSED: 0.07, OFF: 0.06}),
            form=town.rows.pick(FORMS),
            kind="follow-up" if number else "first-meeting",
        )


def _every_fourth_week(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += timedelta(weeks=4)


def _plan(town: Town, citizen_id: UUID, user_id: UUID, number: int) -> None:
    """What comes next: a meeting, an invitation, or a task; one in fifty waits to be found."""
    today, now = town.times.today, town.times.now
    share = number % 50
    if share < 30:
        near = town.times.working_day(0)
        days = _worked_days(town, near, near + timedelta(days=7 if share < 14 else 28))
        if start := town.free_start(user_id, days):
            is_over = start + LENGTH <= now  # this morning; an invitation follows
            town.rows.add_meeting(
                citizen_id,
                user_id,
                start,
                start + LENGTH,
                HELD if is_over else BOOKED,
                form=town.rows.pick(FORMS),
            )
            if not is_over:
                return
    if share < 42:
        town.rows.add(
            Need,
            citizen_id=citizen_id,
            kind="follow-up",
            reason="regular-contact",
            legal="",
            deadline_on=town.times.worked_on(town.random.randrange(3, 14)),
            invited_at=town.times.at_work(town.random.randrange(1, 5)),
            status=NeedStatus.OPEN,
        )
    elif share < 49:
        town.rows.add(
            Task,
            citizen_id=citizen_id,
            user_id=user_id,
            what=town.random.choice((TaskKind.MISSED_MEETING, TaskKind.CALL_NO_ANSWER)).value,
            due_on=town.times.working_day(town.random.randrange(0, 4)),
            key=None,
        )
    if number % 33 == 0:
        town.rows.add(
            Exemption,
            citizen_id=citizen_id,
            scope="self_booking",
            reason="digital-skills",
            note="",
            starts_on=today - timedelta(days=30),
            ends_on=today + timedelta(days=60),
            by_user_id=town.staff["coordinator"],
            created_at=now - timedelta(days=30),
        )


# --- answers, decisions, messages
# ------------------------------------------------------------------------------


def _answer(town: Town, citizen_id: UUID, user_id: UUID, locale: str, began_at: datetime) -> None:
    """Seven in ten answer; most of those who want help have got their decision."""
    if town.random.random() > 0.7:
        return
    history = town.times.now - timedelta(weeks=WEEKS_OF_HISTORY)
    earliest = max(began_at, history)
    span = max(1, (town.times.now - earliest).days)
    answered_at = min(
        earliest + timedelta(days=town.random.randrange(span), hours=town.random.randrange(12)),
        town.times.now - timedelta(hours=2),
    )
    sheet = questions.questionnaire()
    screening_id = town.rows.add(
        Screening,
        citizen_id=citizen_id,
        landmark=sheet.landmark,
        locale=locale,
        version=sheet.version,
        finished_at=answered_at,
    )
    wish = town.random.choice(words.WISHES)
    for key, value in {**words.CALM, **wish.answers}.items():
        town.rows.add(
            Answer,
            screening_id=screening_id,
            question=key,
            value=value,
            wording=questions.question_text(key, locale).wording,
            is_skipped=False,
            answered_at=answered_at,
        )
    if wish.reasons:
        _flag(town, citizen_id, screening_id, user_id, answered_at, list(wish.reasons))


def _flag(
    town: Town,
    citizen_id: UUID,
    screening_id: UUID,
    user_id: UUID,
    raised_at: datetime,
    reasons: list[str],
) -> None:
    decided_at = booking_rules.instant(
        town.times.worked_on((clock.danish_day(raised_at) - town.times.today).days + 2), 14 * 60
    )
    is_decided = decided_at < town.times.now and town.random.random() < 0.93
    flag_id = town.rows.add(
        Flag,
        citizen_id=citizen_id,
        screening_id=screening_id,
        route=Route.NEEDS,
        rule="needs",
        params={"reasons": reasons},
        wording_version=questions.questionnaire().version,
        status=FlagStatus.DECIDED if is_decided else FlagStatus.OPEN,
        decision_id=None,
        raised_at=raised_at,
    )
    if not is_decided:
        return
    choice = town.rows.pick(
        {Choice.OFFER_NOW: 0.62, Choice.STANDARD_OFFER: 0.2, Choice.OFFER_LATER: 0.18}
    )
    reason = town.random.choice(
        (Reason.ALREADY_SORTED, Reason.CITIZEN_DECLINED, Reason.DUPLICATE_CONTACT)
    )
    review_id = town.rows.add(
        Review,
        flag_id=flag_id,
        reviewer_id=user_id,
        choice=choice,
        reason=None if choice is Choice.OFFER_NOW else reason,
        decided_at=decided_at,
    )
    town.rows.rows[Flag][-1]["decision_id"] = review_id


def _write(town: Town, citizen_id: UUID, log_in: UUID, user_id: UUID, number: int) -> None:
    """Every fourth has written; nearly all have their answer, the newest wait for it."""
    if number % 4:
        return
    question, answer = words.TALKS[number // 4 % len(words.TALKS)]
    waits = number % 36 == 0
    back = 1 if waits else 1 + number % 30
    asked_at = town.times.at_work(back + 1, 11 * 60)
    answered_at = town.times.at_work(back, 9 * 60 + 20)
    town.rows.add(
        Message,
        citizen_id=citizen_id,
        author_id=log_in,
        from_citizen=True,
        body=question,
        key=f"demo:town-{number}-asks",
        read_at=None if waits else answered_at,
        answered_at=None if waits else answered_at,
        created_at=asked_at,
    )
    if not waits:
        town.rows.add(
            Message,
            citizen_id=citizen_id,
            author_id=user_id,
            from_citizen=False,
            body=answer,
            key=f"demo:town-{number}-answer",
            read_at=answered_at + timedelta(hours=3),
            answered_at=None,
            created_at=answered_at,
        )

"""A synthetic city in realistic proportions, for load tests and figures: the same number and seed
give the same people.

Nobody here is real. Proportions are judged from public statistics on unemployment in large Danish
municipalities; they are for testing only.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import rules as booking_rules
from jobunivers.booking.models import (
    OpeningWindow,
)
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.caseload import rules
from jobunivers.caseload.models import Assignment, Citizen, Spell, Team, TeamMember
from jobunivers.contact.models import Need, Task
from jobunivers.contact.types import NeedStatus, TaskKind
from jobunivers.extensions import db
from jobunivers.identity.models import Owner, User, UserGrant
from jobunivers.identity.types import Grant, OwnerKind
from jobunivers.screening import catalogue as questions
from jobunivers.screening.models import Answer, Flag, Review, Screening
from jobunivers.screening.types import Choice, FlagStatus, Reason, Route
from jobunivers.seed import city_words as words
from jobunivers.seed.city_rows import ORDER, City
from jobunivers.shared.db import write

CHUNK = 3000  # citizens a transaction
MEETINGS = 3
OPEN_SHARE = 0.4  # of all spells; the others have ended with an outcome
CASELOAD = 60
TEAM_SIZE = 12
YEAR = 365
SLOTS_A_DAY = (
    7  # meetings begin at 8, 9, ... 14 on the Danish clock, an hour apart, so that none overlap
)
DAYS_AHEAD = 28
FOLLOW_UP = 30, 5, 5  # minutes of the meeting, before, after


def make(
    citizens: int, seed: int, *, now: datetime, tell: Callable[[int], None] = lambda done: None
) -> dict[str, int]:
    """Stores a city of that many citizens and its staff; returns how many rows each table got.
    `tell` hears the progress.
    """
    city, counts = (
        City(Random(seed), now),
        dict.fromkeys((model.__tablename__ for model in ORDER), 0),
    )
    _hire(city, citizens)
    for number in range(citizens):
        _citizen(city, number)
        if number % CHUNK == CHUNK - 1:
            _store(city, counts)
            tell(number + 1)
    _store(city, counts)
    return counts


def _store(city: City, counts: dict[str, int]) -> None:
    with write():
        for table, count in city.store().items():
            counts[table] += count


def is_taken() -> bool:
    """True when the database holds people who are not of the demonstration: a city is never poured
    over real ones.
    """
    others = (
        sa.select(Citizen.id)
        .where(sa.or_(Citizen.person_uuid.is_(None), Citizen.person_uuid.not_like("demo:%")))
        .limit(1)
    )
    return db.session.scalar(others) is not None


# --- staff
# ------------------------------------------------------------------------------


def _hire(city: City, citizens: int) -> None:
    needed = max(2, round(citizens * OPEN_SHARE / CASELOAD))
    for number in range(needed):
        if number % TEAM_SIZE == 0:
            groups = list(words.GROUPS) if number == 0 else []
            city.teams.append(
                city.add(Team, name=f"City team {number // TEAM_SIZE + 1}", target_groups=groups)
            )
        user_id = city.add(
            User,
            name=f"{_name(city, number)} (city)",
            email=f"city{number}@example.org",
            locale="da",
            citizen_id=None,
        )
        city.staff.append(user_id)
        city.add(UserGrant, user_id=user_id, grant=Grant.CASEWORKER)
        city.add(TeamMember, team_id=city.teams[-1], user_id=user_id)
        for weekday in range(5):
            city.add(
                OpeningWindow,
                user_id=user_id,
                weekday=weekday,
                starts_minute=8 * 60,
                ends_minute=15 * 60,
                forms=["phone", "video", "office"],
                location="main-office",
                valid_from=city.today - timedelta(days=2 * YEAR),
            )


def _name(city: City, _number: int) -> str:
    return f"{city.random.choice(words.FIRST)} {city.random.choice(words.LAST)}"


@lru_cache(maxsize=20_000)
def _key(name: str) -> str:
    return rules.name_key(name)


# --- one citizen
# ------------------------------------------------------------------------------


def _last_seen(city: City) -> datetime | None:
    day = city.now - timedelta(days=city.random.randrange(60))
    return day if city.random.random() < 0.8 else None


def _citizen(city: City, number: int) -> None:
    host = city.random.randrange(len(city.staff))
    group = city.pick(words.GROUPS)
    locale = "uk" if group == "displaced-ukrainian" else city.pick(words.LOCALES)
    name = _name(city, number)
    is_open = city.random.random() < OPEN_SHARE
    weeks = min(150, int(city.random.expovariate(1 / words.MEAN_WEEKS)))
    ended = None if is_open else city.today - timedelta(days=city.random.randrange(1, YEAR))
    started = (ended or city.today) - timedelta(weeks=weeks, days=city.random.randrange(7))
    began_at = booking_rules.instant(started, 9 * 60)
    citizen_id = city.add(
        Citizen,
        name=name,
        name_key=_key(name),
        email=f"citizen{number}@example.org",
        phone=f"+4520{number % 1_000_000:06d}",
        address="Eksempelvej 1\n8000 Aarhus C",
        locale=locale,
        interpreter_language=locale if locale != "da" and city.random.random() < 0.6 else None,
        person_uuid=f"city:{number}",
        team_id=city.teams[host // TEAM_SIZE],
        channel=city.pick(words.CHANNELS),
        digital_post_exempt=city.random.random() < 0.09,
        name_protected=city.random.random() < 0.01,
        last_seen_at=_last_seen(city),
        created_at=began_at,
    )
    outcome = None if is_open else city.pick(words.OUTCOMES)
    city.add(
        Spell,
        citizen_id=citizen_id,
        started_on=started,
        ended_on=ended,
        target_group=group,
        outcome=outcome,
        created_at=began_at,
    )
    ended_at = booking_rules.instant(ended, 15 * 60) if ended else None
    city.add(
        Assignment,
        citizen_id=citizen_id,
        user_id=city.staff[host],
        started_at=began_at,
        ended_at=ended_at,
        reason="intake",
    )
    city.add(Owner, kind=OwnerKind.CITIZEN, citizen_id=citizen_id)
    if city.random.random() < 0.85:
        city.add(User, name=name, email=None, locale=locale, citizen_id=citizen_id)
    _answer(city, citizen_id, host, locale, began_at, is_open=is_open)
    _meet(city, citizen_id, host, started, ended)


def _answer(
    city: City, citizen_id: UUID, host: int, locale: str, began_at: datetime, *, is_open: bool
) -> None:
    """Seven in ten answer the questionnaire; every sixth of those wants more help."""
    if city.random.random() > 0.7:
        return
    finished_at = min(city.now, began_at + timedelta(days=city.random.randrange(10)))
    questionnaire = questions.questionnaire()
    screening_id = city.add(
        Screening,
        citizen_id=citizen_id,
        landmark=questionnaire.landmark,
        locale=locale,
        version=questionnaire.version,
        finished_at=finished_at,
    )
    wants_help = city.random.random() < 0.17
    for question, codes in words.answers(questionnaire):
        value = codes[city.random.randrange(len(codes))]
        if question == "help_wanted":
            value = "remote" if wants_help else "not_now"
        city.add(
            Answer,
            screening_id=screening_id,
            question=question,
            value=value,
            wording=_wording(question, locale),
            is_skipped=False,
            answered_at=finished_at,
        )
    if wants_help:
        _flag(
            city,
            citizen_id,
            screening_id,
            host,
            finished_at,
            questionnaire.version,
            is_open=is_open,
        )


@lru_cache
def _wording(question: str, locale: str) -> str:
    return questions.question_text(question, locale).wording


def _flag(
    city: City,
    citizen_id: UUID,
    screening_id: UUID,
    host: int,
    raised_at: datetime,
    version: str,
    *,
    is_open: bool,
) -> None:
    is_decided = not is_open or city.random.random() < 0.8
    flag_id = city.add(
        Flag,
        citizen_id=citizen_id,
        screening_id=screening_id,
        route=Route.NEEDS,
        rule="needs",
        params={"reasons": ["help_wanted"]},
        wording_version=version,
        status=FlagStatus.DECIDED if is_decided else FlagStatus.OPEN,
        decision_id=None,
        raised_at=raised_at,
    )
    if is_decided:
        choice = city.pick(
            {
                Choice.OFFER_NOW: 0.6,
                Choice.OFFER_LATER: 0.15,
                Choice.STANDARD_OFFER: 0.2,
                Choice.OTHER_SUPPORT: 0.05,
            }
        )
        reason = None if choice is Choice.OFFER_NOW else Reason.ALREADY_SORTED
        decided_at = min(city.now, raised_at + timedelta(days=3))
        review_id = city.add(
            Review,
            flag_id=flag_id,
            reviewer_id=city.staff[host],
            choice=choice,
            reason=reason,
            decided_at=decided_at,
        )
        city.rows[Flag][-1]["decision_id"] = review_id


# --- meetings and what comes next
# ------------------------------------------------------------------------------


def _meet(city: City, citizen_id: UUID, host: int, started: date, ended: date | None) -> None:
    """Three meetings each: for people out of work every second has one to come, most others an
    invitation or a task.
    """
    share = city.random.random()
    coming = 1 if ended is None and share < 0.5 else 0
    for number in range(MEETINGS):
        if number < coming:
            _meeting(
                city,
                citizen_id,
                host,
                city.today + timedelta(days=1),
                city.today + timedelta(days=DAYS_AHEAD),
                AppointmentStatus.BOOKED,
            )
        else:
            last = min(ended or city.today, city.today - timedelta(days=1))
            status = city.pick(
                {
                    AppointmentStatus.HELD: 0.86,
                    AppointmentStatus.MISSED: 0.07,
                    AppointmentStatus.CANCELLED_BY_CITIZEN: 0.07,
                }
            )
            _meeting(city, citizen_id, host, min(started, last) - timedelta(days=14), last, status)
    if ended is None and not coming:
        if share < 0.85:
            city.add(
                Need,
                citizen_id=citizen_id,
                kind="follow-up",
                reason="regular-contact",
                legal="",
                deadline_on=city.today + timedelta(days=city.random.randrange(1, 14)),
                invited_at=city.now - timedelta(days=3),
                status=NeedStatus.OPEN,
            )
        elif share < 0.985:
            city.add(
                Task,
                citizen_id=citizen_id,
                user_id=city.staff[host],
                what=TaskKind.NO_NEXT_CONTACT.value,
                due_on=city.today,
            )


def _meeting(
    city: City, citizen_id: UUID, host: int, first: date, last: date, status: AppointmentStatus
) -> None:
    host, day, hour = _free_time(city, host, first, last)
    minutes, before, _after = FOLLOW_UP
    starts_at = booking_rules.instant(day, (8 + hour) * 60 + before)
    city.add_meeting(
        citizen_id,
        city.staff[host],
        starts_at,
        starts_at + timedelta(minutes=minutes),
        status,
        form=city.pick({Form.PHONE: 0.5, Form.VIDEO: 0.3, Form.OFFICE: 0.2}),
    )


def _free_time(city: City, host: int, first: date, last: date) -> tuple[int, date, int]:
    """An hour in which this caseworker, or after some tries a colleague, meets nobody yet; Monday
    to Friday.
    """
    span = max(1, (last - first).days)
    while True:
        for _try in range(20):
            day = first + timedelta(days=city.random.randrange(span))
            place = (host, day, city.random.randrange(SLOTS_A_DAY))
            if day.weekday() < 5 and place not in city.used:
                city.used.add(place)
                return place
        host, first, span = (
            (host + 1) % len(city.staff),
            first - timedelta(days=7) if last < city.today else first,
            span + 7,
        )

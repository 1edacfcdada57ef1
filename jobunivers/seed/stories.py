"""What has happened to the demo people, told through the real services, so that each page has
something true to show.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from jobunivers.booking import agenda_services as agenda
from jobunivers.booking import rules
from jobunivers.booking import services as booking
from jobunivers.booking import survey_services as surveys
from jobunivers.booking.models import SurveyLine
from jobunivers.booking.types import Actor, AppointmentStatus, Choice, Form, Slot
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import Citizen
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import queries as contact_queries
from jobunivers.contact import rules as contact_rules
from jobunivers.contact import services as contact
from jobunivers.contact.types import TaskKind
from jobunivers.cv import queries as cv_queries
from jobunivers.cv import services as cv
from jobunivers.cv.types import Section
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.learning import catalogue as modules
from jobunivers.learning import services as learning
from jobunivers.messages import services as messages
from jobunivers.screening import catalogue as questions
from jobunivers.screening import flag_queries, flag_services
from jobunivers.screening import services as screening
from jobunivers.screening import types as screening_types
from jobunivers.seed.people import STAFF, Crowd
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.editing import version_of

OFFICE = {Form.OFFICE: "main-office", Form.LIBRARY: "main-library"}
CALM = {
    "help_wanted": "not_now",
    "dig3": "net",
    "expect_job": "one_to_three",
    "work36": "most",
    "prev_long": "no",
    "training": "yes",
    "goal": "exact",
    "goal_occ": ["cook"],
    "travel": "yes",
    "dig1": "yes",
    "lang": "da",
}


# --- small pieces
# ------------------------------------------------------------------------------


def working_day(now: datetime, ahead: int) -> date:
    """The day so many working days ahead of today (0: today or the next working day)."""
    today = clock.danish_day(now)
    closed = contact_queries.closed_days(today, today + timedelta(days=60))
    return contact_rules.working_days_after(today - timedelta(days=1), ahead + 1, closed)


def meet(
    crowd: Crowd,
    who: str,
    starts_at: datetime,
    *,
    kind: str = "follow-up",
    form: Form = Form.PHONE,
    told: datetime,
    staff: str = "caseworker",
    **more: Any,
) -> Any:
    """Books a meeting as the caseworker would, `told` at that instant."""
    what = current_profile().kind(kind)
    minutes = rules.minutes_of(what, interpreter=bool(more.get("interpreter_language")))
    slot = Slot(
        starts_at,
        starts_at + timedelta(minutes=minutes),
        crowd.staff[staff],
        form,
        OFFICE.get(form),
    )
    rooms = current_profile().location(OFFICE[form]).rooms if form in OFFICE else 0
    choice = Choice(kind, slot, what.before, what.after, rooms=rooms, **more)
    return booking.book(
        crowd.citizens[who], choice, by=Actor(crowd.staff[staff], "caseworker"), now=told
    )


def met(
    crowd: Crowd,
    who: str,
    days_ago: int,
    now: datetime,
    *,
    outcome: AppointmentStatus = AppointmentStatus.HELD,
    **more: Any,
) -> None:
    """A meeting of the past with its outcome."""
    starts_at = rules.instant(clock.danish_day(now) - timedelta(days=days_ago), 10 * 60)
    meeting = meet(crowd, who, starts_at, told=starts_at - timedelta(days=7), **more)
    booking.record_outcome(
        meeting.id,
        outcome,
        by=Actor(crowd.staff["caseworker"], "caseworker"),
        now=starts_at + timedelta(hours=1),
    )


def answer(
    crowd: Crowd,
    who: str,
    when: datetime,
    *,
    locale: str = "da",
    finished: bool = True,
    answers: dict[str, Any] | None = None,
    by: screening_types.Typist | None = None,
    **changed: Any,
) -> None:
    """The questionnaire, answered."""
    citizen_id = crowd.citizens[who]
    screening.start_screening(citizen_id, locale=locale, now=when, by=by)
    for key, value in {**(CALM if answers is None else answers), **changed}.items():
        question = questions.questionnaire().find(key)
        if question is not None:
            screening.record_answer(citizen_id, question, value, locale=locale, now=when, by=by)
    if finished:
        screening.finish_screening(citizen_id, now=when, profile=current_profile(), by=by)


def learn(
    crowd: Crowd, who: str, lesson: str, value: Any, now: datetime, *, locale: str = "da"
) -> None:
    """A lesson done, its answer kept where it belongs."""
    learning.save_answer(
        crowd.owners[who],
        modules.get_lesson(*lesson.split("/"))[1],
        value,
        seen="",
        locale=locale,
        now=now,
    )


# --- the stories
# ------------------------------------------------------------------------------


def maja(crowd: Crowd, now: datetime) -> None:
    """Twenty weeks out of work: has a CV, has met her caseworker and may say how it was, has an
    answer to read and an invitation for week 22.
    """
    met(crowd, "citizen-da", 50, now, kind="first-meeting", form=Form.OFFICE)
    met(
        crowd,
        "citizen-da",
        3
        if working_day(now - timedelta(days=3), 0) == clock.danish_day(now - timedelta(days=3))
        else 5,
        now,
    )
    owner_id, citizen_id = crowd.owners["citizen-da"], crowd.citizens["citizen-da"]
    _majas_cv(crowd, now)
    for module in ("application", "interview"):
        learning.choose_module(owner_id, module)
    learning.set_pace(owner_id, 45)
    agenda.add_point(owner_id, "Kan jeg få et kursus i ledelse?", appointment_id=None)
    answer(crowd, "citizen-da", now - timedelta(days=6), help_wanted="remote")
    flag = flag_queries.list_own_flags(citizen_id)[0]
    flag_services.review_flag(
        flag.id,
        reviewer_id=crowd.staff["caseworker"],
        sees_health=False,
        seen=0,
        choice=screening_types.Choice.OFFER_NOW,
        reason=None,
        offer_kind="job-broker",
        note="Konkrete job i kantiner; hun kender branchen.",
        message="Jeg tror, at en jobformidler kan hjælpe dig hurtigt. Sig til, hvis du hellere vil vente.",
        now=now - timedelta(hours=20),
    )
    messages.write_from_citizen(
        citizen_id,
        "Hej Karen. Skal jeg tage mit CV med til mødet?",
        author_id=crowd.users["citizen-da"],
        now=now - timedelta(days=3),
        key="demo:maja",
    )
    messages.write_to_citizen(
        caseload.recipient_of(citizen_id),
        "Ja tak, gerne på papir eller på telefonen.",
        author_id=crowd.staff["caseworker"],
        now=now - timedelta(days=2),
        key="demo:karen",
    )


def _majas_cv(crowd: Crowd, now: datetime) -> None:
    owner_id = crowd.owners["citizen-da"]
    head = {
        "name": "Maja Jensen",
        "title": "Kok og kantineleder",
        "email": "citizen-da@example.org",
        "phone": "+4520000001",
        "place": "Aarhus",
        "language": "da",
    }
    cv.change_head(owner_id, head, version=version_of(cv_queries.head_of(None)), now=now)
    learn(
        crowd,
        "citizen-da",
        "cv/profile-text",
        "Kok med ni år i store køkkener. Jeg planlægger, bestiller og holder budgettet, "
        "også når vi er to for få.",
        now,
    )
    cv.add_entry(
        owner_id,
        Section.EXPERIENCE,
        {
            "title": "Køkkenleder",
            "place": "Kantinen ved Havnen, Aarhus",
            "started": "2021-03",
            "ended": "2026-06",
            "points": ["Ledte seks medarbejdere", "Mindskede madspild"],
        },
        now=now,
    )
    cv.add_entry(
        owner_id,
        Section.EDUCATION,
        {
            "title": "Kok, svendebrev",
            "place": "Aarhus Tech",
            "started": "2013",
            "ended": "2017",
            "points": [],
        },
        now=now,
    )


def oksana(crowd: Crowd, now: datetime) -> None:
    """Three weeks here: first meeting with an interpreter is booked, her own points are in
    Ukrainian, her answers raised a flag.
    """
    owner_id = crowd.owners["citizen-uk"]
    agenda.add_point(owner_id, "Як визнати мій диплом бухгалтера?", appointment_id=None)
    agenda.add_point(owner_id, "Чи можна поєднати мовні курси й роботу?", appointment_id=None)
    answer(
        crowd,
        "citizen-uk",
        now - timedelta(days=1),
        locale="uk",
        help_wanted="in_person",
        training="abroad",
        work36="study_abroad",
        expect_job="dont_know",
        lang="uk",
    )
    starts_at = rules.instant(working_day(now, 3), 10 * 60)
    meet(
        crowd,
        "citizen-uk",
        starts_at,
        kind="first-meeting",
        form=Form.OFFICE,
        told=now - timedelta(days=2),
        interpreter_language="uk",
    )
    learn(
        crowd,
        "citizen-uk",
        "cv/profile-text",
        "Бухгалтерка з 11 роками досвіду. Веду облік малих підприємств і швидко вчуся нових програм.",
        now,
        locale="uk",
    )
    learning.set_situations(owner_id, ["moved-here"])
    learning.open_lesson(
        owner_id,
        modules.get_lesson(
            "foreign-education", modules.get_module("foreign-education").lessons[0].slug
        )[1],
        now=now,
    )


def priya(crowd: Crowd, now: datetime) -> None:
    """International graduate: has begun the questions, and waits for an answer to a message."""
    citizen_id = crowd.citizens["citizen-en"]
    answers = {"help_wanted": "remote", "dig3": "video", "expect_job": "three_to_six"}
    answer(
        crowd, "citizen-en", now - timedelta(days=1), locale="en", finished=False, answers=answers
    )
    contact.open_need(
        citizen_id,
        "first-meeting",
        reason="staff",
        now=now - timedelta(days=1),
        by_user_id=crowd.staff["caseworker"],
        key="demo:priya",
    )
    text = "Hello, does a part-time job change anything for my permit? I do not want to make a mistake."
    messages.write_from_citizen(
        citizen_id,
        text,
        author_id=crowd.users["citizen-en"],
        now=now - timedelta(hours=5),
        key="demo:priya",
    )
    learn(
        crowd,
        "citizen-en",
        "cv/profile-text",
        "Data analyst with a new MSc. I turn messy spreadsheets into one page that people use.",
        now,
        locale="en",
    )


def peter(crowd: Crowd, now: datetime) -> None:
    """Has not been seen for weeks: a missed meeting, and nothing since."""
    met(crowd, "citizen-quiet", 100, now, kind="first-meeting")
    met(crowd, "citizen-quiet", 36, now, outcome=AppointmentStatus.MISSED)
    citizen = db.session.get_one(Citizen, crowd.citizens["citizen-quiet"])
    citizen.last_seen_at = now - timedelta(days=40)
    for task in contact_queries.list_tasks(crowd.staff["caseworker"]):
        if task.citizen_id == citizen.id:
            contact.finish_task(
                task.id, user_id=crowd.staff["caseworker"], now=now - timedelta(days=33)
            )


def gerda(crowd: Crowd, now: datetime) -> None:
    """No digital access: letters on paper, a helper, exempt from booking herself, a meeting at the
    library, answers typed in on the phone.
    """
    reason, until = (
        current_profile().exemption_reason("digital-skills"),
        clock.danish_day(now) + timedelta(days=180),
    )
    by, on = crowd.staff["coordinator"], now - timedelta(days=4)
    exemptions.grant(
        crowd.citizens["citizen-paper"],
        reason,
        ends_on=until,
        note="Aftalt i telefonen",
        by_user_id=by,
        now=on,
    )
    day = working_day(now, 5)
    starts_at = rules.instant(day, 11 * 60)
    meet(
        crowd,
        "citizen-paper",
        starts_at,
        kind="first-meeting",
        form=Form.LIBRARY,
        told=now - timedelta(days=3),
        has_companion=True,
        access_needs="Rollator",
    )
    karen = screening_types.Typist(crowd.staff["caseworker"], STAFF["caseworker"][0], "caseworker")
    answer(
        crowd,
        "citizen-paper",
        now - timedelta(days=2),
        by=karen,
        dig1="no",
        dig3="phone",
        travel="difficult",
        goal="some",
        expect_job="three_to_six",
    )


def sofie(crowd: Crowd, now: datetime) -> None:
    """Before graduation: in week 3 of the ten-week course, one lesson behind, and two modules of
    her own choice.
    """
    owner_id = crowd.owners["graduate-da"]
    learning.start_course(
        owner_id, "before-graduation", starts_on=clock.danish_day(now) - timedelta(weeks=2)
    )
    for module in ("linkedin", "interview"):
        learning.choose_module(owner_id, module)
    profile = (
        "Cand.merc. på vej. Jeg kan få tal til at fortælle noget og har ledt et frivilligt team."
    )
    learn(crowd, "graduate-da", "before-graduation/who-on-paper", profile, now - timedelta(days=14))
    people = [
        {"what": "Min vejleder", "when": "mandag"},
        {"what": "Min chef i studiejobbet", "when": "onsdag"},
    ]
    learn(crowd, "graduate-da", "what-i-can/told-by-others", people, now - timedelta(days=13))
    learn(
        crowd,
        "graduate-da",
        "before-graduation/thesis-and-jobs",
        ["Interviewede 12 virksomheder og skrev det kort"],
        now - timedelta(days=7),
    )


def the_desk(crowd: Crowd, now: datetime) -> None:
    """The others: today's meetings, a task, people who may want more help, somebody from the second
    team.
    """
    today = clock.danish_day(now)
    agenda.add_point(
        _owner(crowd, "amira"),
        "Min søn er syg, og jeg kan kun arbejde formiddage. Hvad kan jeg søge?",
        appointment_id=None,
    )
    for who, minute, form in (("amira", 9 * 60, Form.PHONE), ("jonas", 13 * 60, Form.OFFICE)):
        meet(
            crowd,
            who,
            rules.instant(today, minute),
            form=form,
            told=now - timedelta(days=9),
            phone="+4520000010" if form is Form.PHONE else "",
        )
    soon = clock.local(now + timedelta(minutes=40)).replace(second=0, microsecond=0)
    soon -= timedelta(minutes=soon.minute % 15)
    if clock.danish_day(soon) == today and 8 <= soon.hour < 17:
        agenda.add_point(
            _owner(crowd, "yusuf"),
            "Jeg vil gerne prøve en praktik som chauffør.",
            appointment_id=None,
        )
        meet(
            crowd,
            "yusuf",
            soon,
            form=Form.VIDEO,
            told=now - timedelta(days=4),
            staff="caseworker-2" if soon.hour in (9, 13) else "caseworker",
        )
    contact.add_task(
        crowd.citizens["karolina"],
        crowd.staff["caseworker"],
        what=TaskKind.CALL_NO_ANSWER,
        due_on=working_day(now, 0),
        key="demo:karolina",
    )
    answer(
        crowd, "ella", now - timedelta(days=4), help_wanted="remote", goal="vague", dig3="in_person"
    )
    answer(crowd, "jonas", now - timedelta(weeks=20), goal="vague", prev_long="yes")
    answer(crowd, "amira", now - timedelta(weeks=11), expect_job="one_to_three", goal="exact")
    changed = {
        "help_wanted": "remote",
        "expect_job": "later",
        "goal": "vague",
        "goal_occ": ["nurse"],
        "dig1": "yes",
        "dig3": "in_person",
    }
    answer(crowd, "amira", now - timedelta(hours=3), answers=changed)
    answer(crowd, "yusuf", now - timedelta(days=2), dig1="no", travel="no")
    functions: dict[str, Any] = {
        "func1": {"move": "some", "people": "lot"},
        "func2": "lot",
        "func3": "yes",
    }
    answer(crowd, "serhii", now - timedelta(days=3), locale="uk", lang="uk", **functions)


SAID = (  # in each of the last months: how many gave which answer, in the order of the profile
    (
        "Team Havnen (demo)",
        "follow-up",
        Form.PHONE,
        {"agenda": (6, 2, 1), "heard": (7, 2, 0), "next": (5, 3, 1), "form": (6, 0, 1, 2)},
    ),
    (
        "Team Havnen (demo)",
        "first-meeting",
        Form.OFFICE,
        {"agenda": (3, 1, 1), "heard": (4, 1, 0), "next": (3, 1, 1), "form": (4, 1, 0, 0)},
    ),
    (
        "Team Havnen (demo)",
        "week-22",
        Form.OFFICE,
        {"agenda": (1, 0, 0), "heard": (1, 0, 0), "next": (1, 0, 0), "form": (1, 0, 0, 0)},
    ),
    (
        "Team Parken (demo)",
        "first-meeting",
        Form.OFFICE,
        {"agenda": (2, 1, 0), "heard": (3, 0, 0), "next": (1, 2, 0), "form": (2, 1, 0, 0)},
    ),
)
LINES = (
    "Godt at få punkterne at vide på forhånd.",
    "Tolken var meget dygtig.",
    "Vi nåede ikke at tale om kurset.",
)


def what_people_said(_crowd: Crowd, now: datetime) -> None:
    """Answers after meetings that nobody can find again."""
    teams = {team.name: str(team.id) for team in caseload.list_teams()}
    months = rules.months_before(clock.danish_day(now), 6)
    for month in months:
        for name, kind, form, counts in SAID:
            cell = {"team": teams[name], "kind": kind, "form": form, "month": month}
            for question in current_profile().survey.questions:
                for answer, times in zip(question.answers, counts[question.code], strict=True):
                    surveys.count_answers(cell, [(question.code, answer.code)], times)
    db.session.add_all(
        SurveyLine(team=teams["Team Havnen (demo)"], month=months[-1], text=line) for line in LINES
    )


def _owner(crowd: Crowd, who: str) -> Any:
    return identity.owner_of_citizen(crowd.citizens[who]).id


ALL: tuple[Callable[[Crowd, datetime], None], ...] = (
    maja,
    oksana,
    priya,
    peter,
    gerda,
    sofie,
    the_desk,
    what_people_said,
)

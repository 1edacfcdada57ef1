"""The citizens with a log-in of their own, and the graduate."""

from datetime import date, timedelta

from jobunivers.booking import agenda_services as agenda
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import Citizen
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import queries as contact_queries
from jobunivers.contact import services as contact
from jobunivers.contact import task_services
from jobunivers.cv import queries as cv_queries
from jobunivers.cv import services as cv
from jobunivers.cv.types import Section
from jobunivers.extensions import db
from jobunivers.learning import catalogue as modules
from jobunivers.learning import services as learning
from jobunivers.messages import services as messages
from jobunivers.screening import flag_queries, flag_services
from jobunivers.screening import types as screening_types
from jobunivers.seed.people import CITIZENS, STAFF, Crowd
from jobunivers.seed.stories.pieces import answer, learn, meet, met
from jobunivers.seed.stories.times import TEN, Times
from jobunivers.shared.current import current_profile
from jobunivers.shared.editing import version_of


def maja(crowd: Crowd, times: Times) -> None:
    """Twenty weeks out of work: has a CV, has met her caseworker and may say how it was, has an
    answer to read and an invitation for week 22.
    """
    for meeting in times.of("citizen-da"):
        met(crowd, meeting)
    owner_id, citizen_id = crowd.owners["citizen-da"], crowd.citizens["citizen-da"]
    _majas_cv(crowd, times)
    for module in ("application", "interview"):
        learning.choose_module(owner_id, module)
    learning.set_pace(owner_id, 45)
    agenda.add_point(owner_id, "Kan jeg få et kursus i ledelse?", appointment_id=None)
    decided_at = times.at_work(1)
    answer(crowd, "citizen-da", decided_at - timedelta(days=5), help_wanted="remote")
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
        now=decided_at,
    )
    messages.write_from_citizen(
        citizen_id,
        "Hej Karen. Skal jeg tage mit CV med til mødet?",
        author_id=crowd.users["citizen-da"],
        now=decided_at - timedelta(hours=21),
        key="demo:maja",
    )
    messages.write_to_citizen(
        caseload.recipient_of(citizen_id),
        "Ja tak, gerne på papir eller på telefonen.",
        author_id=crowd.staff["caseworker"],
        now=decided_at - timedelta(hours=4),
        key="demo:karen",
    )


def _majas_cv(crowd: Crowd, times: Times) -> None:
    """Her last job ended when she became unemployed, whatever day it is today."""
    owner_id, now = crowd.owners["citizen-da"], times.now
    last_day = times.today - timedelta(weeks=CITIZENS["citizen-da"].weeks)
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
            "started": _month(last_day - timedelta(weeks=275)),
            "ended": _month(last_day),
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
            "started": str(last_day.year - 13),
            "ended": str(last_day.year - 9),
            "points": [],
        },
        now=now,
    )


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def oksana(crowd: Crowd, times: Times) -> None:
    """Three weeks here: first meeting with an interpreter is booked, her own points are in
    Ukrainian, her answers raised a flag.
    """
    owner_id, now = crowd.owners["citizen-uk"], times.now
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
    for meeting in times.of("citizen-uk"):
        meet(crowd, meeting)
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


def priya(crowd: Crowd, times: Times) -> None:
    """International graduate: has begun the questions, and waits for an answer to a message."""
    citizen_id, now = crowd.citizens["citizen-en"], times.now
    answers = {"help_wanted": "remote", "dig3": "video", "expect_job": "three_to_six"}
    answer(
        crowd, "citizen-en", now - timedelta(days=1), locale="en", finished=False, answers=answers
    )
    contact.open_need(
        citizen_id,
        "first-meeting",
        reason="staff",
        now=times.at_work(1),
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


def peter(crowd: Crowd, times: Times) -> None:
    """Has not been seen for weeks: a missed meeting, and nothing since."""
    first, second = times.of("citizen-quiet")
    met(crowd, first)
    met(crowd, second, AppointmentStatus.MISSED)
    citizen = db.session.get_one(Citizen, crowd.citizens["citizen-quiet"])
    citizen.last_seen_at = times.now - timedelta(days=40)
    for task in contact_queries.list_tasks(crowd.staff["caseworker"]):
        if task.citizen_id == citizen.id:
            task_services.finish_task(
                task.id, user_id=crowd.staff["caseworker"], now=second.ends_at + timedelta(days=2)
            )


def gerda(crowd: Crowd, times: Times) -> None:
    """No digital access: letters on paper, a helper, exempt from booking herself, a meeting at the
    library, answers typed in on the phone.
    """
    reason, until = (
        current_profile().exemption_reason("digital-skills"),
        times.today + timedelta(days=180),
    )
    by, on = crowd.staff["coordinator"], times.at_work(3)
    exemptions.grant(
        crowd.citizens["citizen-paper"],
        reason,
        ends_on=until,
        note="Aftalt i telefonen",
        by_user_id=by,
        now=on,
    )
    for meeting in times.of("citizen-paper"):
        meet(crowd, meeting, has_companion=True, access_needs="Rollator")
    karen = screening_types.Typist(crowd.staff["caseworker"], STAFF["caseworker"][0], "caseworker")
    answer(
        crowd,
        "citizen-paper",
        times.at_work(1, TEN),
        by=karen,
        dig1="no",
        dig3="phone",
        travel="difficult",
        goal="some",
        expect_job="three_to_six",
    )


def sofie(crowd: Crowd, times: Times) -> None:
    """Before graduation: in week 3 of the ten-week course, one lesson behind, and two modules of
    her own choice.
    """
    owner_id, now = crowd.owners["graduate-da"], times.now
    learning.start_course(owner_id, "before-graduation", starts_on=times.today - timedelta(weeks=2))
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

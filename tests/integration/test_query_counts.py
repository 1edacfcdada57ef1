"""How many statements each page sends is frozen here: citizens at most 9, staff at most 14 with the
audit, the same for 3 rows and for 60.
"""

from datetime import timedelta

import pytest

from jobunivers.learning import catalogue
from jobunivers.learning.models import LessonProgress, Note
from jobunivers.learning.types import ExerciseKind
from jobunivers.messages.models import Message
from jobunivers.screening.models import Flag
from jobunivers.screening.types import FlagStatus, Route
from jobunivers.shared import clock
from tests.support.queries import counted_queries

CITIZEN, STAFF = 9, 14
TEXT = ExerciseKind.TEXT
CITIZEN_PAGES = [
    "/my",
    "/modules",
    "/modules/cv",
    "/modules/cv/profile-text",
    "/my/path",
    "/my/cv",
    "/my/letters",
    "/my/interviews",
    "/my/goals",
    "/my/planner",
    "/my/meetings",
    "/my/meetings/book",
    "/my/messages",
    "/my/screening",
]
STAFF_PAGES = [
    "/caseworker",
    "/caseworker/flags",
    "/caseworker/citizens",
    "/caseworker/messages",
    "/caseworker/calendar",
    "/caseworker/lists/no-next-contact",
    "/caseworker/lists/week-22",
    "/caseworker/lists/never-met",
]


@pytest.fixture
def anna(make):
    person = make.caseworker(name="Anna Staff")
    make.windows(person)
    return person


def counted(app, screen, path):
    screen.get(path)  # what is noted or kept at the first visit is not counted
    with counted_queries(app) as statements:
        screen.get(path)
    return statements


def life(make, maja, rows):
    """So many messages, lessons and notes of one citizen."""
    now, lessons = (
        clock.now(),
        [lesson for module in catalogue.modules() for lesson in module.lessons][:rows],
    )
    make.save(
        *(Message(citizen_id=maja.id, body=f"Hello {number}") for number in range(rows)),
        *(
            LessonProgress(
                owner_id=maja.owner_id,
                lesson=one.key,
                opened_at=now,
                saved_at=now,
                content_hash=one.content_hash,
            )
            for one in lessons
        ),
        *(
            Note(
                owner_id=maja.owner_id, exercise_key=one.exercise.key, value="Words", changed_at=now
            )
            for one in lessons
            if one.exercise.kind is TEXT
        ),
    )


def caseload(make, anna, rows):
    """So many citizens of one caseworker, each with something that shows."""
    for number in range(rows):
        person = make.citizen(
            name=f"Citizen {number}", caseworker=anna, weeks_out_of_work=20, log_in=False
        )
        make.save(
            Message(citizen_id=person.id, from_citizen=True, body="Hello?"),
            Flag(
                citizen_id=person.id,
                rule="help_wanted",
                route=Route.NEEDS,
                status=FlagStatus.OPEN,
                wording_version="1",
                params={"reasons": ["help_wanted"]},
                raised_at=clock.now() - timedelta(days=number),
            ),
        )
        if number % 3:
            make.task(person, anna)


def test_pages_of_citizens_need_few_queries_whatever_there_is(app, make, anna, client_of):
    few, many = make.citizen(caseworker=anna), make.citizen(caseworker=anna)
    life(make, few, 3)
    life(make, many, 60)
    for person in (few, many):
        make.need(person)
    for path in CITIZEN_PAGES:
        counts = [
            len(statements := counted(app, client_of(person.user), path)) for person in (few, many)
        ]
        assert counts[0] == counts[1] <= CITIZEN, f"{path}: {counts}\n" + "\n".join(statements)


def test_pages_of_staff_need_few_queries_however_many_citizens(app, make, anna, client_of):
    bent = make.caseworker(name="Bent Staff")
    make.windows(bent)
    caseload(make, anna, 3)
    caseload(make, bent, 60)
    for path in STAFF_PAGES:
        counts = [
            len(statements := counted(app, client_of(person.id), path)) for person in (anna, bent)
        ]
        assert counts[0] == counts[1] <= STAFF, f"{path}: {counts}\n" + "\n".join(statements)

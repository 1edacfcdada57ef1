"""What every story is told with: the real services."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.booking import services as booking
from jobunivers.booking.types import Actor, AppointmentStatus, Choice, Form, Slot
from jobunivers.identity import services as identity
from jobunivers.learning import catalogue as modules
from jobunivers.learning import services as learning
from jobunivers.screening import catalogue as questions
from jobunivers.screening import services as screening
from jobunivers.screening import types as screening_types
from jobunivers.seed.people import Crowd
from jobunivers.seed.stories.times import Planned
from jobunivers.shared.current import current_profile

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


def meet(crowd: Crowd, meeting: Planned, **more: Any) -> Any:
    """Books a meeting of the plan as the caseworker would, at the time when it was agreed."""
    what, staff_id = current_profile().kind(meeting.kind), crowd.staff[meeting.staff]
    place = OFFICE.get(meeting.form)
    slot = Slot(meeting.starts_at, meeting.ends_at, staff_id, meeting.form, place)
    choice = Choice(
        meeting.kind,
        slot,
        what.before,
        what.after,
        rooms=current_profile().location(place).rooms if place else 0,
        interpreter_language=meeting.interpreter,
        **more,
    )
    return booking.book(
        crowd.citizens[meeting.who],
        choice,
        by=Actor(staff_id, "caseworker"),
        now=meeting.told_at,
    )


def met(
    crowd: Crowd, meeting: Planned, outcome: AppointmentStatus = AppointmentStatus.HELD
) -> None:
    """A meeting of the past with its outcome."""
    booking.record_outcome(
        meet(crowd, meeting).id,
        outcome,
        by=Actor(crowd.staff[meeting.staff], "caseworker"),
        now=meeting.ends_at,
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


def owner_of(crowd: Crowd, who: str) -> UUID:
    """Whose points and answers hers are."""
    return identity.owner_of_citizen(crowd.citizens[who]).id

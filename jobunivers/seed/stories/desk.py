"""Who fills the caseworker’s desk besides the personas."""

from datetime import datetime, timedelta
from typing import Any

from jobunivers.booking import agenda_services as agenda
from jobunivers.booking.types import Form
from jobunivers.contact import services as contact
from jobunivers.contact.types import TaskKind
from jobunivers.seed.people import Crowd
from jobunivers.seed.stories.pieces import answer, meet, owner_of
from jobunivers.seed.stories.times import Times


def the_desk(crowd: Crowd, times: Times) -> None:
    """The others: meetings of today or of the next working day, a task, people who may want more
    help, somebody from the second team.
    """
    _coming_meetings(crowd, times)
    contact.add_task(
        crowd.citizens["karolina"],
        crowd.staff["caseworker"],
        what=TaskKind.CALL_NO_ANSWER,
        due_on=times.working_day(0),
        key="demo:karolina",
    )
    _answers(crowd, times.now)


def _coming_meetings(crowd: Crowd, times: Times) -> None:
    points = {
        "amira": "Min søn er syg, og jeg kan kun arbejde formiddage. Hvad kan jeg søge?",
        "yusuf": "Jeg vil gerne prøve en praktik som chauffør.",
    }
    for who, text in points.items():
        agenda.add_point(owner_of(crowd, who), text, appointment_id=None)
    for meeting in times.of("amira", "jonas", "yusuf"):
        meet(crowd, meeting, phone="+4520000010" if meeting.form is Form.PHONE else "")


def _answers(crowd: Crowd, now: datetime) -> None:
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

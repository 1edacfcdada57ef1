"""What citizens said after their meetings, as counts that nobody can find again."""

from jobunivers.booking import rules
from jobunivers.booking import survey_services as surveys
from jobunivers.booking.models import SurveyLine
from jobunivers.booking.types import Form
from jobunivers.caseload import queries as caseload
from jobunivers.extensions import db
from jobunivers.seed.people import Crowd
from jobunivers.seed.stories.times import Times
from jobunivers.shared.current import current_profile

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


def what_people_said(_crowd: Crowd, times: Times) -> None:
    """Answers after meetings that nobody can find again."""
    teams = {team.name: str(team.id) for team in caseload.list_teams()}
    months = rules.months_before(times.today, 6)
    for month in months:
        for name, kind, form, counts in SAID:
            cell = {"team": teams[name], "kind": kind, "form": form, "month": month}
            for question in current_profile().survey.questions:
                for answer, count in zip(question.answers, counts[question.code], strict=True):
                    surveys.count_answers(cell, [(question.code, answer.code)], count)
    db.session.add_all(
        SurveyLine(team=teams["Team Havnen (demo)"], month=months[-1], text=line) for line in LINES
    )

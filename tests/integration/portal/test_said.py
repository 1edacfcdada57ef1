"""What people say after meetings: from five answers on, when the month is over, never about one
caseworker.
"""

from datetime import UTC, datetime

import pytest

from jobunivers.booking import survey_services as surveys
from jobunivers.booking.models import SurveyLine
from jobunivers.booking.types import Form
from jobunivers.caseload.models import Team, TeamMember
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.db import write

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture
def office(make, client_of):
    clock.start_at(NOW)
    return client_of(make.staff(Grant.COORDINATOR))


@pytest.fixture
def team(make):
    team_id = make.save(Team(name="Harbour", target_groups=[]))
    make.save(*(TeamMember(team_id=team_id, user_id=make.caseworker().id) for _number in range(3)))
    return team_id


def said(app, team, times, *, month="2026-10", kind="follow-up", answer="yes"):
    with app.app_context(), write():
        surveys.count_answers(
            {"team": str(team), "kind": kind, "form": Form.PHONE, "month": month},
            [("heard", answer)],
            times,
        )


@pytest.fixture
def figures(app, client):
    """The public page, counted now and not within the last hour."""

    def read():
        app.extensions.pop("public_pages", None)
        return client.get("/figures").words

    return read


def words(office):
    return office.get("/coordinator/surveys").words


def test_four_answers_are_too_few_and_five_are_shown(app, office, team):
    said(app, team, 4)
    assert "Too few answers" in words(office)
    said(app, team, 1, answer="no")
    assert "Yes: fewer than 5. Partly: fewer than 5. No: fewer than 5 5" in words(office)
    said(app, team, 5, answer="partly")
    said(app, team, 5, answer="no")
    assert "Yes: fewer than 5. Partly: not shown. No: 6" in words(office)


def test_the_month_that_runs_is_not_shown(app, office, team):
    said(app, team, 9, month="2026-11")
    assert "Too few answers" in words(office)


def test_a_line_is_shown_only_with_enough_answers_of_its_month(app, make, office, team):
    make.save(SurveyLine(team=str(team), month="2026-10", text="We ran out of time"))
    said(app, team, 4)
    said(app, team, 9, month="2026-09")
    assert "We ran out of time" not in words(office)
    said(app, team, 1)
    assert "We ran out of time" in words(office)


def test_figures_of_a_team_of_two_would_be_those_of_one_person(app, make, office):
    small = make.save(Team(name="Small", target_groups=[]))
    make.save(*(TeamMember(team_id=small, user_id=make.caseworker().id) for _number in range(2)))
    said(app, small, 30)
    assert "The team is too small" in words(office)
    assert "Yes: 30" not in words(office)


def test_everybody_reads_the_last_quarter_of_the_whole_municipality(app, office, team, figures):
    said(app, team, 40, month="2026-08")
    said(app, "", 6, month="2026-09", answer="no")
    said(app, team, 1, month="2026-07", answer="partly")
    assert (  # the whole less 40 and 6 would tell who was the one
        "Did you get to say what matters to you? Yes: 40 · Partly: fewer than 5 · No: not shown"
        in figures()
    )


def test_a_quarter_with_too_few_answers_is_named_without_figures(app, office, team, figures):
    said(app, team, 4, month="2026-08")
    assert "Quarter 3 of 2026: too few answers" in figures()


def test_there_is_a_page_before_anybody_has_answered(office):
    assert "No teams yet" in words(office)

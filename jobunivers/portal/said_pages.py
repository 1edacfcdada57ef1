"""What people say after meetings, in the reader's words: by team for the coordinator, for everybody
the whole municipality.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jobunivers.booking import rules
from jobunivers.booking import survey_queries as survey_figures
from jobunivers.booking.survey_queries import Cell, Said
from jobunivers.caseload import team_services as teams
from jobunivers.labour_market.words import quarter_name
from jobunivers.portal.figure_pages import Figure, all_in_words
from jobunivers.shared import clock
from jobunivers.shared.content import localized
from jobunivers.shared.current import current_profile
from jobunivers.shared.i18n import choose_locale


@dataclass(frozen=True)
class TeamSaid:
    """One team's page part; `is_too_small` when its figures would be those of one caseworker."""

    name: str
    cells: list[Cell]
    lines: list[str]
    is_too_small: bool


def by_team(now: datetime) -> tuple[date, date, list[TeamSaid]]:
    """(the first and the last day that are shown, the teams by name)."""
    survey, today = current_profile().survey, clock.danish_day(now)
    months = rules.months_before(today, survey.shown_months)
    cells, lines = (
        survey_figures.said_by_team(months, survey),
        survey_figures.lines_by_team(months, survey),
    )
    found = [
        TeamSaid(team.name, [], [], is_too_small=True)
        if len(team.members) < survey.smallest_team
        else TeamSaid(
            team.name, cells.get(str(team.id), []), lines.get(str(team.id), []), is_too_small=False
        )
        for team in teams.list_overview()
    ]
    return date.fromisoformat(f"{months[0]}-01"), today.replace(day=1) - timedelta(days=1), found


def by_all(now: datetime) -> tuple[str, list[tuple[str, list[Figure]]]]:
    """(the quarter in words, question -> its answers with their numbers) of the last quarter that
    is over.
    """
    survey, locale = current_profile().survey, choose_locale()
    quarter, months = rules.quarter_before(clock.danish_day(now))
    return quarter_name(quarter), [
        (localized(said.question.text, locale), _figures(said, locale))
        for said in survey_figures.said_by_all(months, survey)
    ]


def _figures(said: Said, locale: str) -> list[Figure]:
    words = all_in_words(said.counts)
    return [
        Figure(localized(answer.text, locale), words[answer.code])
        for answer in said.question.answers
    ]

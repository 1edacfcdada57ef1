"""What people say after meetings, in the reader's words: by team for the coordinator, for everybody the whole municipality."""

from dataclasses import dataclass
from datetime import date, datetime

from jobunivers.booking import rules, survey_figures
from jobunivers.booking.survey_figures import Cell, Said
from jobunivers.caseload import teams
from jobunivers.labour_market.words import quarter_name
from jobunivers.portal.figures import Figure, in_words
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.i18n import choose_locale


@dataclass(frozen=True)
class TeamSaid:
    """One team's page part; `is_too_small` when its figures would be those of one caseworker."""

    name: str
    cells: list[Cell]
    lines: list[str]
    is_too_small: bool


def by_team(now: datetime) -> tuple[list[date], list[TeamSaid]]:
    """(first days of the months that are shown, the teams by name)."""
    survey = current_profile().survey
    months = rules.months_before(clock.local(now).date(), survey.shown_months)
    cells, lines = survey_figures.said_by_team(months, survey), survey_figures.lines_by_team(months, survey)
    found = []
    for team in teams.list_overview():
        is_too_small = len(team.members) < survey.smallest_team
        key = "" if is_too_small else str(team.id)
        found.append(TeamSaid(team.name, cells.get(key, []) if key else [], lines.get(key, []) if key else [], is_too_small))
    return [date.fromisoformat(f"{month}-01") for month in months], found


def by_all(now: datetime) -> tuple[str, list[tuple[str, list[Figure]]]]:
    """(the quarter in words, question -> its answers with their numbers) of the last quarter that is over."""
    survey, locale = current_profile().survey, choose_locale()
    quarter, months = rules.quarter_before(clock.local(now).date())
    return quarter_name(quarter), [(text(said.question.text, locale), figures_of(said, locale)) for said in survey_figures.said_by_all(months, survey)]


def figures_of(said: Said, locale: str) -> list[Figure]:
    """Each answer with how many gave it."""
    names = {answer.code: answer.text for answer in said.question.answers}
    return [Figure(text(names[code], locale), in_words(count)) for code, count in said.counts.items()]


def text(texts: dict[str, str], locale: str) -> str:
    """A text of the profile."""
    return current_profile().text(texts, locale)

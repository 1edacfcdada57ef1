"""The coordinator's figures, composed from several features: is anybody lost, how long do people
wait, what is decided.
"""

from dataclasses import dataclass
from datetime import datetime

from jobunivers.booking import rules
from jobunivers.caseload import queries as caseload
from jobunivers.caseload import team_services as teams
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import list_queries
from jobunivers.messages import queries as messages
from jobunivers.portal.figure_pages import all_in_words, closed_quarter, in_words
from jobunivers.screening import figure_queries as figures
from jobunivers.screening.types import Choice, Reason
from jobunivers.screening.words import CHOICES, REASONS
from jobunivers.shared import clock


@dataclass(frozen=True)
class TeamLine:
    """One team's situation now."""

    name: str
    citizens: int
    without_contact: int
    flags: int
    waiting_days: int | None


@dataclass(frozen=True)
class Overview:
    """Everything on the page; shares of decisions are words and counts."""

    teams: list[TeamLine]
    out_of_work: int
    without_contact: int
    not_reached: int
    exempt: dict[str, int]
    decisions: figures.Decisions
    quarter: str
    decided: str
    choices: list[tuple[object, str]]
    reasons: list[tuple[object, str]]


def read(now: datetime) -> Overview:
    """The page's content; queries grow with the number of teams only."""
    today = clock.danish_day(now)
    waiting = figures.waiting_by_team()
    quarter, first, after = closed_quarter(now)
    decisions = figures.decisions_between(rules.instant(first, 0), rules.instant(after, 0))
    choices, reasons = all_in_words(decisions.choices), all_in_words(decisions.reasons)
    lines = []
    for team in teams.list_overview():
        flags = waiting.get(team.id, figures.Waiting(0, None))
        days = (now - flags.oldest_at).days if flags.oldest_at else None
        without = list_queries.count_without_next_contact(today=today, team_ids=[team.id])
        lines.append(TeamLine(team.name, team.citizens, without, flags.count, days))
    return Overview(
        teams=lines,
        out_of_work=caseload.count_open_spells(),
        without_contact=list_queries.count_without_next_contact(today=today),
        not_reached=messages.count_not_reached(),
        exempt=exemptions.count_in_force(today),
        decisions=decisions,
        quarter=quarter,
        decided=in_words(decisions.count),
        choices=[(CHOICES[Choice(code)], count) for code, count in choices.items()],
        reasons=[(REASONS[Reason(code)], count) for code, count in reasons.items()],
    )

"""What people say after meetings, as counts: never about one person, one meeting or one caseworker.
Small numbers are left out.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from jobunivers.booking.models import SurveyCount, SurveyLine
from jobunivers.extensions import db
from jobunivers.shared.profile import Survey, SurveyQuestion

Counts = Mapping[tuple[str, str], int]  # (question, answer) -> how many


@dataclass(frozen=True)
class Said:
    """A question, how many gave each answer (code -> count, in the order of the profile), and how
    many answered it.
    """

    question: SurveyQuestion
    counts: dict[str, int]
    total: int


@dataclass(frozen=True)
class Cell:
    """What people said after one kind of meeting. `kind` is "" for kinds that are counted without
    their name.
    """

    kind: str
    said: list[Said]


def shown(counts: Counts, survey: Survey) -> list[Said]:
    """The questions that enough people answered, in the order of the profile. Pure."""
    found = []
    for question in survey.questions:
        answers = {
            answer.code: counts.get((question.code, answer.code), 0) for answer in question.answers
        }
        found.append(Said(question, answers, sum(answers.values())))
    return [said for said in found if said.total >= survey.shown_from]


def said_by_all(months: Sequence[str], survey: Survey) -> list[Said]:
    """The whole municipality in those months ('2026-09')."""
    given = sa.select(
        SurveyCount.question, SurveyCount.answer, sa.func.sum(SurveyCount.count)
    ).where(SurveyCount.month.in_(months))
    rows = db.session.execute(
        given.group_by(SurveyCount.question, SurveyCount.answer).order_by(
            SurveyCount.question, SurveyCount.answer
        )
    )
    return shown({(question, answer): count for question, answer, count in rows}, survey)


def said_by_team(months: Sequence[str], survey: Survey) -> dict[str, list[Cell]]:
    """team id -> what was said after each kind of meeting in those months; kinds with too few
    answers are left out.
    """
    columns = (SurveyCount.team, SurveyCount.kind, SurveyCount.question, SurveyCount.answer)
    given = (
        sa.select(*columns, sa.func.sum(SurveyCount.count))
        .where(SurveyCount.month.in_(months))
        .group_by(*columns)
        .order_by(*columns)
    )
    counts: dict[tuple[str, str], dict[tuple[str, str], int]] = defaultdict(dict)
    for team, kind, question, answer, count in db.session.execute(given):
        counts[team, kind][question, answer] = count
    cells: dict[str, list[Cell]] = defaultdict(list)
    for (team, kind), found in counts.items():
        if said := shown(found, survey):
            cells[team].append(Cell(kind, said))
    return cells


def lines_by_team(months: Sequence[str], survey: Survey) -> dict[str, list[str]]:
    """team id -> what people wrote in those of the months in which enough people answered; by
    alphabet, so that no order tells who wrote.
    """
    columns = (SurveyCount.team, SurveyCount.month)
    asked = (
        sa.select(*columns, SurveyCount.question)
        .where(SurveyCount.month.in_(months))
        .group_by(*columns, SurveyCount.question)
    )
    enough = {
        (team, month)
        for team, month, _question in db.session.execute(
            asked.having(sa.func.sum(SurveyCount.count) >= survey.shown_from)
        )
    }
    written = (
        sa.select(SurveyLine.team, SurveyLine.month, SurveyLine.text)
        .where(SurveyLine.month.in_(months))
        .order_by(SurveyLine.text, SurveyLine.id)
    )
    lines: dict[str, list[str]] = defaultdict(list)
    for team, month, text in db.session.execute(written):
        if (team, month) in enough:
            lines[team].append(text)
    return lines

"""When the questions come again, and what holds after several rounds."""

from datetime import date, timedelta

import pytest

from jobunivers.screening import catalogue, pages, rules
from jobunivers.screening.types import Round, Rounds

TODAY = date(2026, 11, 24)
ROUNDS = Rounds(
    28,
    2,
    (
        Round("week-6", 6, 11, ("goal",), 2, True),
        Round("week-13", 13, 19, ("goal",), 2, True),
        Round("week-22", 20, 25, ("goal",), 1, False),
    ),
)


@pytest.mark.parametrize(
    ("weeks", "latest", "finished_days_ago", "due"),
    [
        (0, None, None, "start"),
        (14, None, None, "start"),  # first met at the hand-over: everything is new
        (40, None, None, "start"),
        (7, "start", None, "start"),  # begun, never finished: it goes on
        (5, "start", 30, None),  # before the first round
        (6, "start", 42, "week-6"),
        (11, "start", 77, "week-6"),
        (12, "start", 84, None),  # between two rounds
        (6, "start", 27, None),  # answered lately
        (6, "start", 28, "week-6"),
        (8, "week-6", 1, None),
        (11, "week-6", 35, None),  # each round once
        (8, "week-6", None, "week-6"),  # begun, not finished
        (12, "week-6", None, "week-6"),
        (13, "week-6", None, "week-13"),  # the next one has opened
        (13, "week-6", 7, None),
        (13, "week-6", 42, "week-13"),
        (20, "start", 140, "week-22"),
        (22, "week-13", 56, "week-22"),
        (26, "week-13", 84, None),
        (60, "week-22", 250, None),
    ],
)
def test_which_round_waits(weeks, latest, finished_days_ago, due):
    finished_on = None if finished_days_ago is None else TODAY - timedelta(days=finished_days_ago)
    assert (
        rules.round_due(ROUNDS, weeks=weeks, latest=latest, finished_on=finished_on, today=TODAY)
        == due
    )


def test_a_round_is_told_of_to_those_whose_spell_began_so_many_weeks_ago():
    first, last = rules.started_between(ROUNDS.after_start[0], invite_weeks=2, today=TODAY)
    assert (TODAY - last).days == 42 and (last - first).days == 13


def test_the_newest_answer_holds_and_a_skip_takes_it_away():
    assert rules.standing({"a": 1, "b": 2, "c": 3}, {"a": 9}, ["b"]) == {"a": 9, "c": 3}


@pytest.mark.parametrize(
    ("then", "now", "is_another"),
    [
        ({"a": "x"}, {"a": "x"}, False),
        ({"a": "x"}, {"a": "y"}, True),
        ({}, {"a": "y"}, False),
        ({"a": "x"}, {}, False),
        ({"a": ["x", "y"]}, {"a": ["y", "x"]}, False),
    ],
)
def test_then_and_now_are_shown_only_where_she_says_something_else(then, now, is_another):
    assert pages.is_another("a", then, now) is is_another


def test_each_round_asks_few_questions_never_about_health_or_applying_and_keeps_the_rest_within_reach():
    start = {question.key for question in catalogue.questionnaire().questions}
    for one in catalogue.rounds().after_start:
        again = catalogue.questionnaire(one.landmark)
        assert len(again.core) <= 6 and not any(question.is_health for question in again.core)
        assert {
            question.key for question in again.questions
        } == start and again.version != catalogue.questionnaire().version
        assert {question.branch for question in again.questions} == {"", "health", "earlier"}
        assert "search2w" not in one.questions

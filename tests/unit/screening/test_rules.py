"""Case tables of the screening rules: needs, points, the unclear zone, the draw, the queue."""

from random import Random
from uuid import UUID

import pytest

from jobunivers.screening import catalogue, rules
from jobunivers.screening.types import QUEUE_ORDER, Candidate, Choice, Kind, Question, Route
from tests.support.make_screening import CALM, FAR

VERSION = catalogue.score_version()
QUESTIONS = catalogue.questionnaire()


# --- route A


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({}, []),
        (CALM, []),
        ({"help_wanted": "in_person"}, ["help_wanted"]),
        ({"help_wanted": "remote"}, ["help_wanted"]),
        ({"help_wanted": "not_now"}, []),
        ({"dig3": "in_person"}, ["in_person"]),
        ({"dig1": "no"}, ["digital"]),
        ({"dig1": "with_help"}, []),
        ({"dig2": "no"}, ["digital_forms"]),
        ({"training": "abroad"}, ["recognition"]),
        ({"confid": "2"}, ["confidence"]),
        ({"confid": "3"}, []),
        ({"func3": "yes"}, ["adjustments"]),
        ({"func3": "later"}, []),
        ({"func1": {"mind": "lot"}, "func2": "lot"}, []),
        ({"lang": "uk"}, []),  # an interpreter alone is no reason for an extra talk ...
        (
            {"lang": "uk", "help_wanted": "remote"},
            ["help_wanted", "interpreter"],
        ),  # ... but goes along with one
    ],
)
def test_answers_raise_the_needs_that_they_speak_of(answers, codes):
    assert rules.reasons_to_raise(answers, catalogue.need_rules()) == codes


# --- what is asked


@pytest.mark.parametrize(
    ("key", "answers", "asked"),
    [
        ("goal_occ", {"goal": "none"}, False),
        ("goal_occ", {"goal": "vague"}, True),
        ("goal_occ", {}, True),
        ("func3", {}, False),
        ("func3", {"func1": {"mind": "none"}}, False),
        ("func3", {"func1": {"mind": "some"}}, True),
        ("func3", {"func2": "little"}, True),
        ("func3", {"func2": "rather_not"}, False),
    ],
)
def test_questions_that_make_no_sense_are_left_out(key, answers, asked):
    assert rules.is_asked(QUESTIONS.find(key), answers) is asked


@pytest.mark.parametrize(
    ("key", "values", "grid", "read"),
    [
        ("goal", ["exact"], {}, "exact"),
        ("goal", ["exact", "vague"], {}, None),
        ("goal", ["forged"], {}, None),
        ("goal", [], {}, None),
        ("open_to", ["course", "moving", "course"], {}, ["course", "moving"]),
        ("open_to", ["course", "none"], {}, ["none"]),
        ("goal_occ", ["cook", "nurse"], {}, ["cook", "nurse"]),
        ("goal_occ", ["cook", "unknown"], {}, None),
        ("goal_occ", ["cook", "nurse", "baker", "waiter"], {}, None),
        ("func1", [], {"mind": "lot", "move": ""}, {"mind": "lot"}),
        ("func1", [], {"mind": "forged"}, None),
        ("func1", [], {"mind": ""}, None),
    ],
)
def test_only_offered_answers_are_read(key, values, grid, read):
    assert (
        rules.read_answer(QUESTIONS.find(key), values, grid, ["cook", "nurse", "baker", "waiter"])
        == read
    )


def test_resume_is_the_first_question_neither_answered_nor_skipped():
    assert rules.next_open(QUESTIONS, {}, []) == "help_wanted"
    assert (
        rules.next_open(QUESTIONS, {"help_wanted": "not_now"}, ["help_wanted", "dig3"])
        == "expect_job"
    )
    assert rules.next_open(QUESTIONS, CALM, CALM) is None


# --- route B


def points(weeks=0, demand=None, **answers):
    return rules.score(rules.inputs_of(answers, demand, VERSION), weeks=weeks, version=VERSION)


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ({"expect_job": "within_month"}, -8),
        ({"expect_job": "one_to_three"}, -4),
        ({"expect_job": "three_to_six"}, 0),
        ({"expect_job": "later"}, 8),
        ({"expect_job": "dont_know"}, 4),
        ({"work36": "most"}, 0),
        ({"work36": "m12_29"}, 2),
        ({"work36": "m3_11"}, 5),
        ({"work36": "under3"}, 7),
        ({"work36": "study_abroad"}, 0),
        ({"prev_long": "yes"}, 5),
        ({"prev_long": "dont_know"}, 0),
        ({"training": "no"}, 3),
        ({"training": "partly"}, 1),
        ({"training": "abroad"}, 0),  # no disadvantage: route A helps with recognition
        ({"goal": "vague"}, 2),
        ({"goal": "none"}, 3),
        ({"open_to": ["none"]}, 2),
        ({"open_to": ["course"]}, 0),
        ({"confid": "1"}, 2),
        ({"confid": "3"}, 0),
        ({"travel": "no"}, 2),
        ({"travel": "difficult"}, 1),
        (
            {
                "lang": "uk",
                "func1": {"mind": "lot"},
                "func2": "lot",
                "dig1": "no",
                "help_wanted": "in_person",
            },
            0,
        ),
        (FAR, 26),
    ],
)
def test_points_of_each_answer(answers, total):
    assert points(**answers).total == total


@pytest.mark.parametrize(
    ("demand", "total"), [("shortage", -3), ("good", 0), ("poor", 0), ("surplus", 3), (None, 0)]
)
def test_points_of_local_demand(demand, total):
    assert points(demand=demand).total == total


@pytest.mark.parametrize(("weeks", "total"), [(0, 8), (12, 8), (13, 4), (30, 4)])
def test_own_expectation_counts_half_from_week_thirteen(weeks, total):
    assert points(weeks, expect_job="later").total == total


def test_no_forbidden_variable_can_be_an_input():
    everything = {name: "yes" for name in rules.FORBIDDEN_FACTORS} | {
        "age": 58,
        "sex": "f",
        "origin": "x",
        "locale": "uk",
        **CALM,
    }
    inputs = set(rules.inputs_of(everything, "good", VERSION))
    assert inputs <= {
        "expect_job",
        "work36",
        "prev_long",
        "training",
        "goal",
        "open_to",
        "confid",
        "travel",
        "demand",
    }
    assert not inputs & rules.FORBIDDEN_FACTORS
    assert not set(VERSION.factors) & rules.FORBIDDEN_FACTORS


def test_a_language_or_an_age_never_changes_a_score():
    assert (
        points(**FAR).points == points(**{**FAR, "lang": "uk", "age": "60", "locale": "uk"}).points
    )


def test_every_line_names_source_direction_and_date():
    for line in VERSION.lines:
        assert (
            line.source and line.date and line.direction == ("more" if line.points > 0 else "less")
        )


def test_reasons_are_the_three_largest_and_counter_reasons_the_negative_ones():
    scored = points(demand="shortage", **FAR)
    assert rules.reasons(scored) == ["expect_job", "work36", "prev_long"]
    assert rules.counter_reasons(scored) == ["demand"]
    assert (
        sum(scored.points.values()) == scored.total
    )  # an additive score is its own exact explanation


@pytest.mark.parametrize(
    ("changed", "unclear"),
    [
        ({}, False),
        ({"goal": ..., "travel": ...}, False),
        ({"goal": ..., "travel": ..., "training": ...}, True),
        ({"expect_job": "within_month", "goal": "none"}, True),
        ({"work36": "under3", "prev_long": "no"}, True),
        ({"confid": ..., "open_to": ...}, False),  # voluntary branches never count as missing
    ],
)
def test_missing_or_contradictory_answers_are_unclear(changed, unclear):
    answers = {key: value for key, value in {**CALM, **changed}.items() if value is not ...}
    expected = rules.factors_expected(QUESTIONS, answers, VERSION)
    demand = "good" if answers.get("goal_occ") and answers.get("goal") != "none" else None
    scored = rules.score(
        rules.inputs_of(answers, demand, VERSION), weeks=0, version=VERSION, expected=expected
    )
    assert rules.is_unclear(scored, answers, VERSION) is unclear


# --- places and the draw


@pytest.mark.parametrize(
    ("capacity", "needs", "by_points", "by_chance"),
    [
        (10, 0, 9, 1),
        (10, 4, 5, 1),
        (10, 9, 0, 1),
        (10, 10, 0, 0),
        (10, 15, 0, 0),
        (4, 0, 4, 0),
        (0, 0, 0, 0),
    ],
)
def test_needs_come_first_and_a_tenth_is_kept_for_chance(capacity, needs, by_points, by_chance):
    assert rules.places(capacity, needs, 0.1)[:2] == (by_points, by_chance)


@pytest.mark.parametrize("capacity", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("share", [0.01, 0.1, 0.3])
def test_a_small_team_offers_a_place_by_chance_every_few_weeks(capacity, share):
    carried, offered = 0, []
    for _week in range(52):
        by_points, by_chance, carried = rules.places(capacity, 0, share, carried=carried)
        assert by_points + by_chance == capacity
        offered.append(by_chance)
    assert all(any(offered[week : week + 4]) for week in range(49))
    fair = max(capacity * share, 0.25) * 52
    assert fair - 1 <= sum(offered) <= fair


def test_a_place_by_chance_that_needs_took_waits_for_the_next_free_one():
    carried = 0
    for _week in range(20):
        assert rules.places(3, 3, 0.1, carried=carried)[:2] == (0, 0)
        carried = rules.places(3, 3, 0.1, carried=carried)[2]
    assert carried == 2000
    assert rules.places(3, 2, 0.1, carried=carried)[:2] == (0, 1)


def test_nothing_is_drawn_by_chance_where_the_profile_says_none():
    assert rules.places(5, 0, 0, carried=0) == (5, 0, 0)


def people(*points_and_weeks, unclear=()):
    return [
        Candidate(UUID(int=n), UUID(int=n), points, weeks, n in unclear)
        for n, (points, weeks) in enumerate(points_and_weeks)
    ]


def ids(candidates):
    return sorted(person.citizen_id.int for person in candidates)


def draw(candidates, by_points, by_chance=0, seed=1):
    return rules.draw(
        candidates, by_points=by_points, by_chance=by_chance, version=VERSION, rng=Random(seed)
    )


def test_most_points_are_offered_the_places_and_those_close_below_are_unclear():
    drawn = draw(people((20, 0), (10, 0), (8, 0), (6, 0)), 2)
    assert (ids(drawn.by_points), ids(drawn.unclear)) == ([0, 1], [2])


def test_waiting_adds_a_point_a_week_so_that_nobody_starves():
    assert ids(draw(people((20, 0), (15, 6)), 1).by_points) == [1]


def test_unclear_people_get_no_suggestion():
    assert ids(draw(people((20, 0), (10, 0), unclear={0}), 1).by_points) == [1]


def test_ties_are_broken_by_lot_and_the_lot_can_be_drawn_again():
    crowd = people(*[(10, 0)] * 20)
    firsts = {tuple(ids(draw(crowd, 3, seed=seed).by_points)) for seed in range(10)}
    assert len(firsts) > 3
    assert ids(draw(crowd, 3, seed=5).by_points) == ids(draw(crowd, 3, seed=5).by_points)


def test_chance_draws_from_everybody_who_got_no_place():
    crowd = people(*[(30 - n, 0) for n in range(20)])
    lucky = {ids(draw(crowd, 5, 1, seed).by_chance)[0] for seed in range(200)}
    assert lucky == set(range(5, 20))


def test_too_few_people_leave_nobody_unclear():
    drawn = draw(people((5, 0), (4, 0)), 5, 1)
    assert (ids(drawn.by_points), drawn.unclear) == ([0, 1], ())


# --- queue and review


def test_queue_order_is_needs_time_points_chance():
    assert (
        sorted(Route, key=rules.queue_rank)
        == list(QUEUE_ORDER)
        == [Route.NEEDS, Route.TIME, Route.POINTS, Route.RANDOM]
    )


@pytest.mark.parametrize(
    ("choice", "needed"),
    [
        (Choice.OFFER_NOW, False),
        (Choice.OFFER_LATER, False),
        (Choice.STANDARD_OFFER, True),
        (Choice.OTHER_SUPPORT, True),
    ],
)
def test_only_not_offering_needs_a_reason(choice, needed):
    assert rules.needs_reason(choice) is needed


def test_grid_of_an_unknown_item_is_refused():
    question = Question("x", Kind.GRID, "match", "", ("yes",), ("a",))
    assert rules.read_answer(question, [], {"b": "yes"}, ()) is None


@pytest.mark.parametrize(
    ("answers", "modules"),
    [
        ({}, []),
        ({"training": "abroad"}, ["foreign-education"]),
        ({"training": "yes", "goal": "exact"}, []),
        ({"goal": "none", "open_to": ["moving", "course"]}, ["job-goals", "upskilling"]),
        ({"func1": {"move": "lot"}, "func3": "yes"}, []),  # health suggests nothing
    ],
)
def test_answers_suggest_lesson_modules(answers, modules):
    assert [rule.module for rule in rules.modules_for(answers, catalogue.module_rules())] == modules

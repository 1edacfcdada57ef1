"""A barometer keeps its order through every move; quarters follow each other."""

import pytest

from jobunivers.labour_market import rules
from jobunivers.labour_market.types import Demand

GOOD, POOR = Demand.GOOD, Demand.POOR
START = {"a": GOOD, "b": GOOD, "c": POOR}


@pytest.mark.parametrize(
    ("code", "category", "after", "order"),
    [
        ("b", GOOD, "", ["b", "a", "c"]),
        ("a", GOOD, "b", ["b", "a", "c"]),
        ("a", POOR, "c", ["b", "c", "a"]),
        ("a", POOR, "b", ["b", "a", "c"]),
        ("a", GOOD, "a", ["a", "b", "c"]),
        ("d", GOOD, "a", ["a", "d", "b", "c"]),
        ("a", None, "", ["b", "c"]),
    ],
)
def test_an_occupation_lands_behind_the_one_named_or_first_in_its_category(
    code, category, after, order
):
    found = rules.moved(START, code, category, after)
    assert list(found) == order
    assert found.get(code) is category


@pytest.mark.parametrize(
    ("quarter", "following"),
    [("2026-Q4", "2027-Q1"), ("2027-Q1", "2027-Q2"), ("2027-Q3", "2027-Q4")],
)
def test_quarters_follow_each_other(quarter, following):
    assert rules.next_quarter(quarter) == following

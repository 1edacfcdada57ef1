"""Unfinished spells are weighted, not thrown away."""

from random import Random

import pytest

from jobunivers.screening import survival_rules as survival
from jobunivers.screening.survival_rules import Spell


def simulated(cases, seed):
    """Spells of whole weeks with many ties, about half of them censored before they end."""
    rng = Random(seed)
    found = []
    for _ in range(cases):
        length, followed = 1 + int(rng.expovariate(1 / 22)), rng.randint(1, 60)
        found.append(Spell(min(length, followed), length <= followed))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_weighted_base_rate_equals_kaplan_meier_at_ties_too(seed):
    spells = simulated(500, seed)
    assert survival.base_rate(survival.outcomes(spells, 26)) == pytest.approx(
        survival.share_still_out_of_work(spells, 26)
    )


def test_weights_add_up_to_everybody():
    spells = simulated(500, 9)
    assert sum(case.weight for case in survival.outcomes(spells, 26)) == pytest.approx(500)


def test_throwing_unfinished_spells_away_is_wrong_by_far():
    spells = simulated(5000, 3)
    known = survival.outcomes(spells, 26)
    assert survival.naive_rate(known) < survival.base_rate(known) - 0.05


@pytest.mark.parametrize(
    ("spell", "is_long", "is_known"),
    [
        (Spell(27, True), True, True),
        (Spell(27, False), True, True),
        (Spell(26, True), False, True),
        (Spell(26, False), True, True),  # events come before censorings at ties
        (Spell(25, False), False, False),
    ],
)
def test_what_is_known_at_the_horizon(spell, is_long, is_known):
    case = survival.outcomes([spell, Spell(40, True)], 26)[0]
    assert (case.is_long, case.weight > 0) == (is_long, is_known)


def test_without_censoring_every_case_counts_once():
    spells = [Spell(week, True) for week in (5, 20, 30, 40)]
    assert [case.weight for case in survival.outcomes(spells, 26)] == [1, 1, 1, 1]
    assert survival.base_rate(survival.outcomes(spells, 26)) == 0.5


def test_no_known_outcome_is_an_error_with_words():
    with pytest.raises(ValueError, match="no outcome is known"):
        survival.base_rate(survival.outcomes([Spell(3, False)], 26))

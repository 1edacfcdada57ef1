"""Occupations are found by everyday words in any of the languages; demand is the best among those
sought.
"""

import pytest

from jobunivers.labour_market import catalogue, rules
from jobunivers.labour_market.types import Demand
from jobunivers.shared.profile import load_profile

ALL = catalogue.occupations()


@pytest.mark.parametrize(
    ("words", "locale", "first"),
    [
        ("kok", "da", "cook"),
        ("кухар", "uk", "cook"),
        ("Paedagog", "da", "pedagogue"),
        ("PÆDAGOG", "da", "pedagogue"),
        ("sosu", "en", "care-helper"),
        ("chauffør", "da", "delivery-driver"),
        ("bus driv", "en", "bus-driver"),
        ("інженер буд", "uk", "civil-engineer"),
    ],
)
def test_everyday_words_find_the_occupation_first(words, locale, first):
    assert rules.search(ALL.values(), words, locale)[0].code == first


def test_nothing_is_found_for_nonsense():
    assert rules.search(ALL.values(), "xyzxyz", "da") == []


def test_catalogue_has_about_sixty_occupations_in_three_languages_and_every_one_has_a_demand():
    assert 55 <= len(ALL) <= 80
    assert set(catalogue.barometers(load_profile("aarhus"))[0].demand) == set(ALL)
    assert all(set(item.titles) == {"da", "en", "uk"} for item in ALL.values())
    assert catalogue.barometers(load_profile("aarhus"))[0].is_example


@pytest.mark.parametrize(
    ("codes", "best"),
    [
        (["a", "b"], Demand.GOOD),
        (["b"], Demand.SURPLUS),
        (["unknown"], None),
        ([], None),
        (["c", "a", "b"], Demand.SHORTAGE),
    ],
)
def test_local_demand_is_that_of_the_best_occupation_sought(codes, best):
    assert (
        rules.best_demand(codes, {"a": Demand.GOOD, "b": Demand.SURPLUS, "c": Demand.SHORTAGE})
        == best
    )


def test_an_occupation_that_was_removed_keeps_a_name():
    assert catalogue.title("no-longer-there", "uk") == "no-longer-there"

"""Programmes are data: complete in three languages, with dates that hold, and gone when they have
ended.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from jobunivers.labour_market import programme_catalogue as programmes
from jobunivers.shared.profile import Programme, load_profile, profile_codes
from jobunivers.shared.profile_types import ProgrammeGroup as Group
from jobunivers.shared.profile_types import Whom

DAY = date(2026, 11, 24)
WORDS = {"da": "a", "en": "b", "uk": "c"}
COURSE = Programme(
    "course",
    Group.EDUCATION,
    (Whom.EVERYBODY,),
    WORDS,
    WORDS,
    "",
    "A plan",
    date(2024, 1, 1),
    date(2026, 11, 24),
    date(2024, 2, 1),
)


@pytest.mark.parametrize("code", profile_codes())
def test_files_of_every_municipality_are_complete(code):
    found = load_profile(code).programmes
    assert {Group.EDUCATION, Group.WORKPLACE, Group.HEALTH} <= {each.group for each in found}
    assert len(found) > 8


@pytest.mark.parametrize("code", profile_codes())
def test_a_programme_is_told_in_two_plain_sentences(code):
    for each in load_profile(code).programmes:
        for text in each.what.values():
            assert len(text) < 220, text
            assert 1 <= text.replace("?", ".").count(". ") + 1 <= 3, text


def test_the_last_day_is_included_and_the_next_one_is_not():
    assert programmes.in_force([COURSE], DAY) == [COURSE]
    assert programmes.in_force([COURSE], DAY + timedelta(days=1)) == []
    assert programmes.in_force([COURSE], date(2023, 12, 31)) == []
    assert programmes.find([COURSE], "course", DAY + timedelta(days=1)) is None


def test_somebody_says_that_a_programme_has_ended():
    assert "ended on 2026-11-24" in "".join(programmes.ended([COURSE], DAY + timedelta(days=1)))
    assert list(programmes.ended([COURSE], DAY)) == []


def test_a_group_sees_its_own_first_and_what_is_for_everybody():
    graduates, newcomers = (
        replace(COURSE, code="g", whom=(Whom.GRADUATES,)),
        replace(COURSE, code="n", whom=(Whom.NEWCOMERS,)),
    )
    assert [
        each.code for each in programmes.fitting([COURSE, newcomers, graduates], Whom.GRADUATES)
    ] == ["g", "course"]


def test_nobody_is_asked_to_write_down_health():
    assert not programmes.may_be_asked_about(replace(COURSE, group=Group.HEALTH))
    assert programmes.may_be_asked_about(COURSE)

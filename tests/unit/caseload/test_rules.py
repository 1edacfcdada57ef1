"""CPR numbers, weeks, teams and names."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from jobunivers.caseload import rules
from jobunivers.caseload.types import Purpose, TeamChoice

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


@dataclass
class Period:
    started_on: date
    ended_on: date | None = None


@pytest.mark.parametrize(
    ("text", "plausible"),
    [
        ("010190-1234", True),
        ("010190 1234", True),
        ("0101901234", True),
        ("610190-1234", True),  # replacement number: 60 added to the day
        ("010107-4000", True),  # born 1 January 2007, issued without a right modulus 11
        ("290200-4123", True),  # 2000 was a leap year
        ("290201-4123", False),
        ("310490-1234", False),
        ("001290-1234", False),
        ("600190-1234", False),  # day 60 is no day and no replacement
        ("010190-123", False),
        ("010190-12345", False),
        ("०१०१९०१२३४", False),
        ("abc", False),
        ("", False),
    ],
)
def test_a_cpr_number_is_plausible_when_it_begins_with_a_date(text, plausible):
    assert rules.is_plausible_cpr(text) is plausible


def test_a_cpr_number_is_shown_without_its_last_four_digits():
    assert rules.masked_cpr("010190 1234") == "010190-••••"


@pytest.mark.parametrize(
    ("started", "ended", "weeks"),
    [
        (date(2026, 11, 21), None, 0),
        (date(2026, 11, 15), None, 0),
        (date(2026, 11, 14), None, 1),
        (date(2026, 6, 20), None, 22),
        (date(2026, 6, 20), date(2026, 7, 4), 2),
        (date(2026, 12, 1), None, 0),  # begins in the future
    ],
)
def test_weeks_out_of_work_are_full_weeks(started, ended, weeks):
    assert rules.weeks_out_of_work(Period(started, ended), date(2026, 11, 21)) == weeks


@pytest.mark.parametrize(
    ("group", "team"),
    [("insured", ONE), ("displaced-ukrainian", TWO), ("something-new", THREE)],
)
def test_new_citizens_come_to_the_team_of_their_group(group, team):
    teams = [
        TeamChoice(ONE, "A", ("insured",)),
        TeamChoice(TWO, "B", ("displaced-ukrainian", "insured")),
        TeamChoice(THREE, "C", ()),
    ]
    assert rules.choose_team(group, teams) == team


def test_without_a_fitting_team_nobody_guesses():
    assert rules.choose_team("insured", [TeamChoice(TWO, "B", ("displaced-ukrainian",))]) is None


def test_the_caseworker_with_the_fewest_citizens_gets_the_next():
    assert rules.least_loaded({ONE: 4, TWO: 2, THREE: 2}) == TWO
    assert rules.least_loaded({}) is None


def test_names_are_ordered_as_in_danish_and_found_without_accents():
    names = ["Åse", "Zoe", "Ærø", "Øjvind", "Anna", "Éva"]
    assert sorted(names, key=rules.name_key) == ["Anna", "Éva", "Zoe", "Ærø", "Øjvind", "Åse"]
    assert rules.name_key("  José  O’Neill ") == "jose oneill"
    assert rules.name_key("ЮЛІЯ") == "юлія"


@pytest.mark.parametrize(
    ("is_own", "picked", "purpose"),
    [
        (True, None, Purpose.OWN_CASELOAD),
        (True, "meeting", Purpose.OWN_CASELOAD),
        (False, "standing_in", Purpose.STANDING_IN),
        (False, "own_caseload", None),  # cannot be picked for somebody else's citizen
        (False, "curiosity", None),
        (False, None, None),
    ],
)
def test_a_record_outside_the_own_list_needs_a_purpose(is_own, picked, purpose):
    assert rules.purpose_of_look(is_own=is_own, picked=picked) is purpose

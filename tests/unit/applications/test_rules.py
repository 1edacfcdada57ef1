"""Demands and proofs stay beside each other between form and store."""

from jobunivers.applications import rules
from jobunivers.applications.types import PAIRS, LetterContent


def test_pairs_come_back_as_they_were_stored():
    letter = LetterContent("Cook", "Canteen", None, ("A", "B"), ("", "2"), ("Ask",), "o", "m", "c")
    stored = rules.letter_values(rules.form_values(letter))
    assert (
        LetterContent(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in stored.items()
            }
        )
        == letter
    )


def test_form_shows_three_pairs_and_more_when_they_are_filled():
    assert rules.pairs_shown(LetterContent()) == 3
    assert rules.pairs_shown(LetterContent(proofs=("1", "2", "3", "4"))) == 4
    assert rules.pairs_shown(LetterContent(demands=("x",) * 9)) == PAIRS


def test_empty_ends_fall_away_and_empty_places_between_stay():
    assert rules.without_empty_end(["", "b", "", ""]) == ["", "b"]


def test_letter_keeps_line_breaks_and_begins_a_paragraph_at_an_empty_line():
    letter = LetterContent(opening="Dear Mette.\nThanks.\n\nSecond.", closing="Bye\nMaja")
    assert letter.paragraphs == ["Dear Mette.\nThanks.", "Second.", "Bye\nMaja"]

"""What comes in from Word, Excel and phones is plain text, and no word is lost."""

import pytest

from jobunivers.shared.editing import lines_of
from jobunivers.shared.text import clean_figures, clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Ol\u200bena\ufeff", "Olena"),
        ("\u202a+45 20 00 00 09\u202c", "+45 20 00 00 09"),
        ("Maja\x0bDemo", "Maja Demo"),
        ("Maja\tDemo\u2028Larsen", "Maja Demo Larsen"),
        ("A\u030arhus", "Århus"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("3\u202f000 kr.", "3\u202f000 kr."),
        ("12\u201114", "12\u201114"),
        ("x\x00\ud800y", "xy"),
    ],
)
def test_one_line_keeps_what_can_be_seen(typed, line):
    assert clean_line(typed) == line


@pytest.mark.parametrize("mark", ["\x0b", "\r\n", "\r", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_kind_of_line_break_is_one(mark):
    assert clean_text(f"roofs{mark}windows") == "roofs\nwindows"


@pytest.mark.parametrize(
    "mark", ["\uf0b7\t", "\uf0a7 ", "● ", "◦\t", "‣ ", "➢ ", "✓ ", "o\t", "- ", "1) ", "– ", "▪ "]
)
def test_a_bullet_pasted_from_elsewhere_is_a_list_mark(mark):
    assert lines_of(clean_text(f"{mark}roofs\n{mark}windows")) == ["roofs", "windows"]


def test_a_word_that_begins_like_a_mark_stays():
    assert lines_of("o alle dage\n-minus\n✓klar") == ["o alle dage", "-minus", "✓klar"]


@pytest.mark.parametrize(
    ("typed", "figures"),
    [
        ("010190‑0004", "010190-0004"),
        ("２１.１１.２０２６", "21.11.2026"),
        ("٢٠ ٠٠ ٠٠ ٠٩", "20 00 00 09"),
        ("2026–11–21", "2026-11-21"),
        ("20\u00a000\u202f00 09", "20 00 00 09"),
    ],
)
def test_figures_of_any_keyboard_are_plain(typed, figures):
    assert clean_figures(typed) == figures

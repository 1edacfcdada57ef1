"""Cells as numbers: what may mean two things is never guessed."""

import pytest

from jobunivers.screening.number_rules import decimal_mark, number


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [
        ("7,6", "", 7.6),
        ("-3.1", "", -3.1),
        ("0.123", "", 0.123),
        ("1.234", ".", 1.234),
        ("12345.678", "", 12345.678),
        ("1e3", "", 1000),
        (",5", "", 0.5),
        ("−4", "", -4),
        (" 12 ", "", 12),
    ],
)
def test_a_number_is_read(cell, mark, value):
    assert number(cell, mark) == value


@pytest.mark.parametrize(
    ("cell", "mark", "what"),
    [
        ("1.234", "", "may be a thousand"),
        ("-1,000", "", "may be a thousand"),
        ("1.234", ",", "thousands separator"),
        ("1.234.567", "", "thousands separator"),
        ("1.234,5", ",", "thousands separator"),
        ("1\u202f234", "", "thousands separator"),
        ("1'234", "", "thousands separator"),
        ("7.6", ",", 'decimals begin with ","'),
        ("1_000", "", "is not a number"),
        ("nan", "", "is not a number"),
        ("inf", "", "is not a number"),
        ("", "", "is not a number"),
        ("1e300", "", "too large"),
    ],
)
def test_what_is_no_number_or_two_is_refused(cell, mark, what):
    with pytest.raises(ValueError, match=what):
        number(cell, mark)


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234", "7.6"], ""),
        (["1.234", "0.125"], "."),
        (["1,234", "12345,678"], ","),
        (["1,5", "0.125"], ""),
        (["1.234", "2.500"], ""),
        (["", "x"], ""),
    ],
)
def test_a_column_shows_its_decimal_mark_or_does_not(cells, mark):
    assert decimal_mark(cells) == mark

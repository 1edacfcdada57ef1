"""Cells as numbers, where nothing is guessed: "1.234" may be a little more than one or more than a
thousand, and only the rest of its column can say.
"""

import re
from collections.abc import Iterable

from jobunivers.shared.text import clean_figures

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "."})
POINT, COMMA = ".", ","
MARKS = {"point": POINT, "comma": COMMA}
NUMBER = re.compile(r"[+-]?(?:\d+(?:([.,])(\d*))?|([.,])(\d+))(?:[eE][+-]?\d+)?")
GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:([ .,'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
AMBIGUOUS = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
LARGEST = 1e9  # beyond it no figure means anything
LEAST_DECIMALS = 3  # a column that has so many elsewhere has them here too


def is_missing(text: str) -> bool:
    """True for an empty cell and the usual words for nothing."""
    return text.strip().casefold() in MISSING


def looks_like_number(text: str) -> bool:
    """True for a number in any way of writing it, also one that cannot be read without asking."""
    plain = _plain(text)
    return bool(NUMBER.fullmatch(plain) or GROUPED.fullmatch(plain))


def _plain(text: str) -> str:
    return text.strip() if text.isascii() else clean_figures(text)


def decimal_mark(cells: Iterable[str]) -> str:
    """The sign before the decimals that a column shows beyond doubt: it stands where it can be no
    thousands separator, with as many figures behind it. Empty when the column does not say.
    """
    longest = {POINT: 0, COMMA: 0}
    for cell in set(cells):
        plain = _plain(cell)
        found = NUMBER.fullmatch(plain)
        if found is None or AMBIGUOUS.fullmatch(plain):
            continue
        if mark := found[1] or found[3]:
            longest[mark] = max(longest[mark], len(found[2] or found[4] or ""))
    if all(longest.values()):
        return ""
    return next((mark for mark, most in longest.items() if most >= LEAST_DECIMALS), "")


def number(text: str, mark: str = "") -> float:
    """A cell as a number. `mark`: the column's decimal mark, where it is known. Raises ValueError
    with what is wrong with the cell.
    """
    plain = _plain(text)
    found = NUMBER.fullmatch(plain)
    used = (found[1] or found[3]) if found else None
    if GROUPED.fullmatch(plain) and (found is None or used != mark):
        if found is None or mark:
            raise ValueError("has a thousands separator; write the number without it")
        raise ValueError("may be a thousand or a decimal; say --decimal point or --decimal comma")
    if found is None:
        raise ValueError("is not a number")
    if used and mark and used != mark:
        raise ValueError(f'has "{used}" where the decimals begin with "{mark}"')
    value = float(plain.replace(COMMA, POINT))
    if abs(value) > LARGEST:
        raise ValueError("is too large a number")
    return value

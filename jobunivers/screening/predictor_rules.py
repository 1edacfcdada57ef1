"""Columns of a spell file as predictors of a fit: numbers and categories."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

LEAST_OF_A_CATEGORY = 10


@dataclass(frozen=True)
class Predictor:
    """A column by name with its cells, and as numbers (None = empty) where it holds numbers."""

    name: str
    cells: Sequence[str]
    numbers: Sequence[float | None] | None = None


def features(predictors: Sequence[Predictor]) -> tuple[list[str], list[list[float]]]:
    """(names, rows) for a fit: numbers standardised (an empty cell is the mean plus a column that
    says so), other values one column each.
    """
    names: list[str] = []
    parts: list[list[float]] = []
    for one in predictors:
        found = (
            _categories(one.name, one.cells)
            if one.numbers is None
            else _numeric(one.name, one.numbers)
        )
        names += [name for name, _values in found]
        parts += [part for _name, part in found]
    rows = len(predictors[0].cells) if predictors else 0
    return names, [[part[i] for part in parts] for i in range(rows)]


def _numeric(column: str, numbers: Sequence[float | None]) -> list[tuple[str, list[float]]]:
    known = [number for number in numbers if number is not None]
    mean = sum(known) / len(known) if known else 0.0
    spread = (sum((number - mean) ** 2 for number in known) / len(known)) ** 0.5 if known else 0.0
    scaled = [0.0 if number is None else (number - mean) / (spread or 1.0) for number in numbers]
    if len(known) == len(numbers):
        return [(column, scaled)]
    return [(column, scaled), (f"{column} missing", [float(n is None) for n in numbers])]


def _categories(column: str, cells: Sequence[str]) -> list[tuple[str, list[float]]]:
    """Every value but the most frequent one; values seen fewer than ten times are one category."""
    counts = Counter(cells)
    usual = max(sorted(counts), key=lambda value: counts[value])
    others = sorted(value for value in counts if value != usual)
    kept = [value for value in others if counts[value] >= LEAST_OF_A_CATEGORY]
    rare = set(others) - set(kept)
    found = [(f"{column}={value}", [float(value == cell) for cell in cells]) for value in kept]
    if rare:
        found.append((f"{column}=other", [float(cell in rare) for cell in cells]))
    return found

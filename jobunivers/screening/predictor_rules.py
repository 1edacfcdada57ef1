"""Columns of a spell file as predictors of a fit: numbers and categories."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from jobunivers.screening.rules import FORBIDDEN_FACTORS

LEAST_OF_A_CATEGORY = 10
# How a municipality's files call what may never be an input, beside the names of the score file.
_TRAITS = (
    "birth birthday birthdate birthyear cpr ethnicity ethnic race nationality country immigrant "
    "female male woman man married disability handicap health diagnosis zip alder aldersgruppe "
    "fødselsdato foedselsdato fødselsår foedselsaar fødeland foedeland køn koen oprindelse "
    "herkomst etnicitet statsborgerskab nationalitet indvandrer land tro sprog modersmål "
    "modersmaal navn fornavn efternavn adresse bopæl bopael postnummer postnr civilstand "
    "civilstatus gift børn boern familie straffeattest fagforening sanktion sanktioner helbred "
    "sygdom diagnose kvinde mand"
)
TRAITS = frozenset(_TRAITS.split())
_FORBIDDEN = tuple(tuple(name.split("_")) for name in sorted(FORBIDDEN_FACTORS | TRAITS))


@dataclass(frozen=True)
class Predictor:
    """A column by name with its cells, and as numbers (None = empty) where it holds numbers."""

    name: str
    cells: Sequence[str]
    numbers: Sequence[float | None] | None = None


def is_trait(column: str) -> bool:
    """True for a column whose name says that it holds what may never be an input: the name itself,
    or one of its words ("age_group", "Alder (år)", "sexCode").
    """
    plain = re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", column).casefold()
    words = tuple(re.findall(r"[^\W\d_]+\d*", plain))
    stems = (words, tuple(word.rstrip("0123456789") for word in words))
    return any(
        some[at : at + len(name)] == name
        for name in _FORBIDDEN
        for some in stems
        for at in range(len(some) - len(name) + 1)
    )


def refused(columns: Sequence[str], groups: Sequence[str]) -> list[str]:
    """Columns that may be compared and never fitted: traits, and whatever is named as a group."""
    compared = {group.strip().casefold() for group in groups}
    return [one for one in columns if one.strip().casefold() in compared or is_trait(one)]


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

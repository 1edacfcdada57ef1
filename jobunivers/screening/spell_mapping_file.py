"""Which column of a municipality's file means what: options of the command line, or a small YAML
file with the same names.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from jobunivers.screening.number_rules import MARKS

LISTS = frozenset({"event", "censored", "columns", "groups"})


class SpellFileError(Exception):
    """The file cannot be used; the message is one line and says what to change."""


@dataclass(frozen=True)
class Columns:
    """Which column means what. `event` and `censored`: conditions like "status=1" or
    "outcome=job,education"; any one is enough.
    """

    duration: str = ""
    weeks_per_unit: float = 1.0
    decimal: str = ""
    start: str = ""
    end: str = ""
    until: str = ""
    event: tuple[str, ...] = ()
    censored: tuple[str, ...] = ()
    score: str = ""
    predicted: str = ""
    flagged: str = ""
    helped: str = ""
    order: str = ""
    columns: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    @property
    def named(self) -> list[str]:
        """Every column that is asked of the file, each once."""
        single = (
            self.duration,
            self.start,
            self.end,
            self.score,
            self.predicted,
            self.flagged,
            self.helped,
            self.order,
        )
        conditions = [one.partition("=")[0] for one in (*self.event, *self.censored)]
        every = (*single, *conditions, *self.columns, *self.groups)
        return list(dict.fromkeys(column for column in every if column))


def read_mapping(path: Path | None, given: Mapping[str, object]) -> Columns:
    """The mapping from a small YAML file, overridden by what the command line gives. Raises
    SpellFileError.
    """
    data = _yaml(path) if path else {}
    merged = {**data, **{key: value for key, value in given.items() if value not in (None, "", ())}}
    if unknown := set(merged) - set(Columns.__dataclass_fields__):
        raise SpellFileError(
            f"unknown names in the mapping: {', '.join(sorted(map(str, unknown)))}; known: "
            f"{', '.join(Columns.__dataclass_fields__)}"
        )
    factor = _factor(merged.pop("weeks_per_unit", 1.0))
    values: dict[str, Any] = {
        key: _as_tuple(value) if key in LISTS else _as_word(key, value)
        for key, value in merged.items()
    }
    if values.get("decimal", "") not in ("", *MARKS):
        raise SpellFileError(f"decimal: {values['decimal']!r} is neither point nor comma")
    return Columns(weeks_per_unit=factor, **values)


def _yaml(path: Path) -> dict[str, object]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpellFileError(f"{path}: {error.strerror}") from None
    except (UnicodeDecodeError, yaml.YAMLError):
        raise SpellFileError(f"{path}: is not YAML in UTF-8") from None
    if not isinstance(data, dict):
        raise SpellFileError(f"{path}: a mapping file has one `name: column` a line")
    return data


def _as_tuple(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, list | tuple) else (str(value),)


def _as_word(key: str, value: object) -> str:
    if isinstance(value, list | tuple | dict):
        raise SpellFileError(f"{key}: one name, not several")
    return "" if value is None else str(value)


def _factor(value: object) -> float:
    try:
        factor = float(str(value))
    except ValueError:
        factor = math.nan
    if not 0 < factor < math.inf:
        raise SpellFileError(f"weeks per unit: {value} is not a number above 0")
    return factor

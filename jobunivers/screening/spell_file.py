"""A municipality's own file of spells, read with its own column names: durations or dates, events,
scores, traits.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from jobunivers.screening.survival_rules import Spell

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "."})
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")


class SpellFileError(Exception):
    """The file cannot be used; the message says what to change."""


@dataclass(frozen=True)
class Columns:
    """Which column means what. `event` and `censored`: conditions like "status=1" or
    "outcome=job,education"; any one is enough.
    """

    duration: str = ""
    weeks_per_unit: float = 1.0
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


@dataclass(frozen=True)
class SpellFile:
    """The rows that could be used, and how many could not."""

    spells: list[Spell]
    rows: list[dict[str, str]]
    dropped: int
    mapping: Columns = field(default_factory=Columns)

    def numbers(self, column: str) -> list[float]:
        """A column as numbers. Raises SpellFileError naming the first value that is none."""
        return [_number(row[column], column, line) for line, row in enumerate(self.rows, start=2)]

    def flags(self, column: str) -> list[bool]:
        """A column of yes and no (1, true, yes, ja)."""
        return [
            row[column].strip().casefold() in ("1", "1.0", "true", "yes", "ja", "y")
            for row in self.rows
        ]

    def newest_last(self) -> list[int]:
        """Row numbers in the order of the time column; the order of the file without one."""
        if not self.mapping.order:
            return list(range(len(self.rows)))
        keys = [_moment(row[self.mapping.order]) for row in self.rows]
        return sorted(range(len(self.rows)), key=lambda i: keys[i])


def read_mapping(path: Path | None, given: Mapping[str, Any]) -> Columns:
    """The mapping from a small YAML file, overridden by what the command line gives."""
    data = yaml.safe_load(path.read_text(encoding="utf-8")) if path else {}
    if not isinstance(data, dict):
        raise SpellFileError(f"{path}: a mapping file has one `name: column` a line")
    merged = {**data, **{key: value for key, value in given.items() if value not in (None, "", ())}}
    if unknown := set(merged) - set(Columns.__dataclass_fields__):
        raise SpellFileError(
            f"unknown names in the mapping: {', '.join(sorted(unknown))}; known: "
            f"{', '.join(Columns.__dataclass_fields__)}"
        )
    lists = ("event", "censored", "columns", "groups")
    values: dict[str, Any] = {
        key: _as_tuple(value) if key in lists else value for key, value in merged.items()
    }
    return Columns(**values)


def _as_tuple(value: Any) -> tuple[str, ...]:
    return (str(value),) if isinstance(value, str | int) else tuple(str(item) for item in value)


def read(path: Path, mapping: Columns) -> SpellFile:
    """The file's spells. Raises SpellFileError when it is empty or lacks a column that the mapping
    names.
    """
    rows = _rows(path)
    known = set(rows[0])
    wanted = _columns_of(mapping)
    if missing := [column for column in wanted if column not in known]:
        raise SpellFileError(
            f"{path.name} has no column {', '.join(missing)}; it has: {', '.join(sorted(known))}"
        )
    if not mapping.duration and not mapping.start:
        raise SpellFileError(
            "say how long spells lasted: --duration COLUMN, or --start COLUMN and --end COLUMN"
        )
    if not mapping.event and not mapping.end:
        raise SpellFileError("say which spells have ended: --event COLUMN=VALUE")
    spells, kept = [], []
    for line, row in enumerate(rows, start=2):
        spell = _spell(row, mapping, line)
        if spell is not None:
            spells.append(spell)
            kept.append(row)
    if not spells:
        raise SpellFileError(f"{path.name}: no row says how a spell ended")
    return SpellFile(spells, kept, len(rows) - len(kept), mapping)


def _columns_of(mapping: Columns) -> list[str]:
    single = (
        mapping.duration,
        mapping.start,
        mapping.end,
        mapping.score,
        mapping.predicted,
        mapping.flagged,
        mapping.helped,
        mapping.order,
    )
    conditions = [condition.partition("=")[0] for condition in (*mapping.event, *mapping.censored)]
    return [
        column for column in (*single, *conditions, *mapping.columns, *mapping.groups) if column
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise SpellFileError(f"{path}: {error.strerror}") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows = [
        {str(key).strip(): (value or "").strip() for key, value in row.items() if key is not None}
        for row in reader
    ]
    if not rows:
        raise SpellFileError(f"{path.name} has no rows")
    return rows


def _spell(row: Mapping[str, str], mapping: Columns, line: int) -> Spell | None:
    length, is_open = _length(row, mapping, line)
    if length is None:
        return None
    ended = _meets(row, mapping.event) if mapping.event else not is_open
    if not ended and mapping.censored and not is_open and not _meets(row, mapping.censored):
        return None
    return Spell(length, ended and not is_open)


def _length(row: Mapping[str, str], mapping: Columns, line: int) -> tuple[float | None, bool]:
    """(weeks, whether the spell goes on)."""
    if mapping.duration:
        text = row[mapping.duration]
        return (
            None
            if is_missing(text)
            else _number(text, mapping.duration, line) * float(mapping.weeks_per_unit)
        ), False
    begun, ended = _day(row[mapping.start], line), _day(row.get(mapping.end, ""), line)
    last = ended or _day(str(mapping.until), line)
    if begun is None or last is None or last < begun:
        return None, False
    return (last - begun).days / 7, ended is None


def _meets(row: Mapping[str, str], conditions: Iterable[str]) -> bool:
    for condition in conditions:
        column, _sign, values = condition.partition("=")
        if row[column].casefold() in {
            value.strip().casefold() for value in (values or "1").split(",")
        }:
            return True
    return False


def is_missing(text: str) -> bool:
    """True for an empty cell and the usual words for nothing."""
    return text.strip().casefold() in MISSING


def as_number(text: str) -> float | None:
    """A cell as a number, with point or comma; None when it is none."""
    plain = text.strip().replace(" ", "")
    try:
        value = float(plain.replace(",", ".") if "." not in plain else plain)
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def _number(text: str, column: str, line: int) -> float:
    value = as_number(text)
    if value is None:
        raise SpellFileError(f"line {line}, {column}: {text!r} is not a number")
    return value


def _day(text: str, line: int) -> date | None:
    if is_missing(text):
        return None
    for pattern in DATE_FORMATS:
        try:
            return datetime.strptime(text[:10], pattern).date()  # noqa: DTZ007 -- a calendar day has no zone
        except ValueError:
            continue
    raise SpellFileError(f"line {line}: {text!r} is not a date (2026-01-31 or 31-01-2026)")


def _moment(text: str) -> tuple[int, float, str]:
    """A key that sorts numbers as numbers, dates as dates, and the rest as text."""
    if (value := as_number(text)) is not None:
        return 0, value, ""
    try:
        day = _day(text, 0)
    except SpellFileError:
        return 2, 0.0, text
    return 1, float(day.toordinal()) if day else 0.0, ""


def features(file: SpellFile, columns: Sequence[str]) -> tuple[list[str], list[list[float]]]:
    """(names, rows) for a fit: numbers standardised (an empty cell is the mean plus a column that
    says so), other values one column each.
    """
    names: list[str] = []
    parts: list[list[float]] = []
    for column in columns:
        values = [row[column] for row in file.rows]
        numbers = [None if is_missing(value) else as_number(value) for value in values]
        is_numeric = (
            all(
                number is not None or is_missing(value)
                for number, value in zip(numbers, values, strict=True)
            )
            and len(set(values)) > 2
        )
        found = _numeric(column, numbers) if is_numeric else _categories(column, values)
        names += [name for name, _values in found]
        parts += [list(part) for _name, part in found]
    return names, [list(row) for row in zip(*parts, strict=True)] if parts else [
        [] for _row in file.rows
    ]


def _numeric(column: str, numbers: Sequence[float | None]) -> list[tuple[str, list[float]]]:
    known = [number for number in numbers if number is not None]
    mean = sum(known) / len(known) if known else 0.0
    spread = (sum((number - mean) ** 2 for number in known) / len(known)) ** 0.5 if known else 0.0
    found = [
        (
            column,
            [0.0 if number is None else (number - mean) / (spread or 1.0) for number in numbers],
        )
    ]
    if len(known) < len(numbers):
        found.append((f"{column} missing", [float(number is None) for number in numbers]))
    return found


def _categories(column: str, values: Sequence[str]) -> list[tuple[str, list[float]]]:
    """Every value but the most frequent one; values seen fewer than ten times are one category."""
    counts = {value: values.count(value) for value in set(values)}
    usual = max(sorted(counts), key=lambda value: counts[value])
    kept = sorted(value for value, count in counts.items() if count >= 10 and value != usual)
    found = [(f"{column}={value}", [float(value == given) for given in values]) for value in kept]
    rare = {value for value, count in counts.items() if count < 10 and value != usual}
    return (
        [*found, (f"{column}=other", [float(given in rare) for given in values])] if rare else found
    )

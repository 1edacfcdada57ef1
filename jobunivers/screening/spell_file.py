"""A municipality's own file of spells, read with its own column names: durations or dates, events,
scores, traits.

One wrong cell stops everything with its line: a figure from nonsense is worse than no figure.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobunivers.caseload.intake_words import table_error_text
from jobunivers.screening import number_rules as numbers
from jobunivers.screening.number_rules import is_missing
from jobunivers.screening.predictor_rules import Predictor
from jobunivers.screening.spell_mapping_file import Columns, SpellFileError
from jobunivers.screening.survival_rules import Spell
from jobunivers.shared import tables
from jobunivers.shared.tables import Row, Table, TableError

MOST_SPELLS = 200_000
MOST_CODES = 20  # different numbers that may still be codes of categories, beside some words
DAYS = "2026-01-31 or 31-01-2026"
YES = frozenset({"1", "true", "yes", "ja", "y", "j", "x"})
NO = frozenset({"0", "false", "no", "nej", "n"})


@dataclass(frozen=True)
class SpellFile:
    """The rows that could be used, and how many could not. `notes`: what else must be known about
    how the file was read.
    """

    spells: list[Spell]
    rows: list[Row]
    dropped: int
    mapping: Columns
    notes: tuple[str, ...] = ()

    def cells(self, column: str) -> list[str]:
        """A column as text."""
        name = tables.heading(column)
        return [row.cells[name] for row in self.rows]

    def numbers(self, column: str) -> list[float]:
        """A column as numbers. Raises SpellFileError naming the first cell that is none."""
        mark = _mark(self.mapping, self.cells(column))
        return [_number(row, column, mark) for row in self.rows]

    def points(self, column: str) -> tuple[list[float], int]:
        """A column of points, and in how many rows they are missing: those count 0, as a missing
        answer does.
        """
        mark = _mark(self.mapping, self.cells(column))
        missing = [is_missing(cell) for cell in self.cells(column)]
        if missing and all(missing):
            raise SpellFileError(f"{column}: every cell is empty")
        points = [
            0.0 if is_empty else _number(row, column, mark)
            for row, is_empty in zip(self.rows, missing, strict=True)
        ]
        if len(set(points)) == 1:
            raise SpellFileError(f"{column}: every row has the same points; they order nobody")
        return points, sum(missing)

    def shares(self, column: str) -> list[float]:
        """A column of predicted shares. Raises SpellFileError for one that is not from 0 to 1."""
        found = self.numbers(column)
        for row, value in zip(self.rows, found, strict=True):
            if not 0 <= value <= 1:
                raise _fault(row, column, "is not a share from 0 to 1")
        return found

    def flags(self, column: str) -> list[bool]:
        """A column of yes and no; an empty cell is a no. Raises SpellFileError for other words."""
        return [_yes_or_no(row, column) for row in self.rows]

    def predictor(self, column: str) -> Predictor:
        """A column as it goes into a fit. Raises SpellFileError for a slip among numbers."""
        cells = self.cells(column)
        words = [i for i, cell in enumerate(cells) if not _is_number_or_missing(cell)]
        different = {cell for cell in cells if numbers.looks_like_number(cell)}
        if len(set(cells)) <= 2 or not different:
            return Predictor(column, cells)
        if words:
            if len(different) > MOST_CODES and len(words) * 20 < len(cells):
                raise _fault(self.rows[words[0]], column, "is not a number, as the others are")
            return Predictor(column, cells)
        mark = _mark(self.mapping, cells)
        found = [
            None if is_missing(cell) else _number(row, column, mark)
            for row, cell in zip(self.rows, cells, strict=True)
        ]
        return Predictor(column, cells, found)

    def newest_last(self) -> list[int]:
        """Row numbers in the order of the time column; the order of the file without one."""
        column = self.mapping.order
        if not column:
            return list(range(len(self.rows)))
        keys = list(self._moments(column))
        for row, (kind, _value, _text) in zip(self.rows, keys, strict=True):
            if kind != keys[0][0]:
                raise _fault(row, column, "cannot be put in one order with the cells above it")
        return sorted(range(len(self.rows)), key=lambda i: keys[i])

    def _moments(self, column: str) -> Iterator[tuple[int, float, str]]:
        """Keys that sort numbers as numbers, days as days, and the rest as text."""
        mark = _mark(self.mapping, self.cells(column))
        name = tables.heading(column)
        for row in self.rows:
            cell = row.cells[name]
            if is_missing(cell):
                raise _fault(row, column, "is empty")
            if numbers.looks_like_number(cell):
                yield 0, _number(row, column, mark), ""
            elif day := tables.read_day(cell):
                yield 1, float(day.toordinal()), ""
            else:
                yield 2, 0.0, cell


def read(path: Path, mapping: Columns) -> SpellFile:
    """The file's spells. Raises SpellFileError when it is empty, lacks a column that the mapping
    names, or has a cell that cannot be what the mapping says.
    """
    if not mapping.duration and not mapping.start:
        raise SpellFileError(
            "say how long spells lasted: --duration COLUMN, or --start COLUMN and --end COLUMN"
        )
    if mapping.duration and (mapping.start or mapping.end):
        raise SpellFileError("say either --duration, or --start and --end: two lengths may differ")
    if not mapping.event and not mapping.end:
        raise SpellFileError("say which spells have ended: --event COLUMN=VALUE")
    table = _table(path, mapping)
    return _Reading(path.name, table, mapping).file()


def _table(path: Path, mapping: Columns) -> Table:
    try:
        with path.open("rb") as file:
            data = file.read(tables.LARGEST + 1)
        wanted = {tables.heading(column): column for column in mapping.named}
        table = tables.read_table(data, most_rows=MOST_SPELLS, only=wanted)
    except OSError as error:
        raise SpellFileError(f"{path}: {error.strerror}") from None
    except TableError as error:
        if error.code == "empty":
            raise SpellFileError(f"{path.name} has no rows") from None
        raise SpellFileError(f"{path.name}: {table_error_text(error)}") from None
    if missing := [column for name, column in wanted.items() if name not in table.columns]:
        raise SpellFileError(
            f"{path.name} has no column {', '.join(missing)}; it has: "
            f"{', '.join(sorted(table.columns))}"
        )
    if not table.rows:
        raise SpellFileError(f"{path.name} has no rows")
    if long := next((row for row in table.rows if row.over), None):
        raise SpellFileError(
            f"line {long.line} has more cells than the heading: a comma within a cell needs "
            "quotation marks, or another separator"
        )
    return table


class _Reading:
    """One pass over the rows: which are spells, and why the others are not."""

    def __init__(self, name: str, table: Table, mapping: Columns) -> None:
        self.name, self.table, self.mapping = name, table, mapping
        self.backward: list[int] = []  # lines whose last day lies before the first
        self.after: list[int] = []  # lines that begin after the follow-up
        self.notes: list[str] = []

    def file(self) -> SpellFile:
        is_event = self._conditions(self.mapping.event)
        is_censored = self._conditions(self.mapping.censored)
        length_of = self._by_duration() if self.mapping.duration else self._by_days()
        spells, kept = [], []
        for row in self.table.rows:
            length, is_open = length_of(row)
            if length is None:
                continue
            ended = is_event(row) if self.mapping.event else not is_open
            if not ended and self.mapping.censored and not is_open and not is_censored(row):
                continue
            spells.append(Spell(length, ended and not is_open))
            kept.append(row)
        if not spells:
            raise SpellFileError(f"{self.name}: no row says how a spell ended")
        left_out = len(self.table.rows) - len(kept) - len(self.backward) - len(self.after)
        self._say("end before they start", self.backward)
        self._say("start after the last day of follow-up", self.after)
        return SpellFile(spells, kept, left_out, self.mapping, tuple(self.notes))

    def _say(self, what: str, lines: Sequence[int]) -> None:
        if lines:
            self.notes.append(
                f"Left out: {len(lines)} rows that {what} (first in line {lines[0]})."
            )

    def _by_duration(self) -> Callable[[Row], tuple[float | None, bool]]:
        column, name = self.mapping.duration, tables.heading(self.mapping.duration)
        mark = _mark(self.mapping, (row.cells[name] for row in self.table.rows))

        def length(row: Row) -> tuple[float | None, bool]:
            if is_missing(row.cells[name]):
                return None, False
            value = _number(row, column, mark)
            if value < 0:
                raise _fault(row, column, "is a negative length")
            return value * self.mapping.weeks_per_unit, False

        return length

    def _by_days(self) -> Callable[[Row], tuple[float | None, bool]]:
        """(weeks, whether the spell goes on) of a row with a first and a last day."""
        columns = self.mapping
        until = tables.read_day(columns.until)
        if columns.until and until is None:
            raise SpellFileError(f"--until: {columns.until!r} is not a date ({DAYS})")

        def length(row: Row) -> tuple[float | None, bool]:
            begun = _day(row, columns.start)
            ended = _day(row, columns.end) if columns.end else None
            if begun is None:
                return None, False
            if ended is None and until is None:
                raise SpellFileError(
                    f"line {row.line}: a spell without a last day still goes on; say until when "
                    "spells were followed: --until DAY"
                )
            last = ended or until
            if last is None or last < begun:
                (self.backward if ended else self.after).append(row.line)
                return None, False
            return (last - begun).days / 7, ended is None

        return length

    def _conditions(self, conditions: Iterable[str]) -> Callable[[Row], bool]:
        """Whether a row meets any one. Raises SpellFileError for a condition that no row meets: it
        is a slip, and would make a figure of its own.
        """
        wanted: list[tuple[str, frozenset[str]]] = []
        for condition in conditions:
            column, _sign, words = condition.partition("=")
            name = tables.heading(column)
            values = {_comparable(word): word.strip() for word in (words or "1").split(",")}
            there = {_comparable(row.cells[name]) for row in self.table.rows}
            if lacking := [word for value, word in values.items() if value not in there]:
                said = f"no row has {column}={','.join(lacking)}"
                if len(lacking) == len(values):
                    raise SpellFileError(
                        f"{said}, so no outcome is known; {column} has: {_some(there)}"
                    )
                self.notes.append(f"Note: {said}.")
            wanted.append((name, frozenset(values)))
        return lambda row: any(_comparable(row.cells[name]) in some for name, some in wanted)


def _some(values: Iterable[str], most: int = 8) -> str:
    found = sorted(value or "(empty)" for value in values)
    return ", ".join(found[:most]) + (" ..." if len(found) > most else "")


def _comparable(text: str) -> str:
    """Cells that mean the same are the same: in any case, and 1 as 1.0."""
    plain = text.strip().casefold()
    return plain.removesuffix(".0") if plain.removesuffix(".0").isdecimal() else plain


def _is_number_or_missing(cell: str) -> bool:
    return is_missing(cell) or numbers.looks_like_number(cell)


def _mark(mapping: Columns, cells: Iterable[str]) -> str:
    return numbers.MARKS.get(mapping.decimal) or numbers.decimal_mark(cells)


def _fault(row: Row, column: str, what: str) -> SpellFileError:
    cell = row.cells[tables.heading(column)]
    return SpellFileError(f"line {row.line}, {column}: {cell!r} {what}")


def _number(row: Row, column: str, mark: str) -> float:
    try:
        return numbers.number(row.cells[tables.heading(column)], mark)
    except ValueError as error:
        raise _fault(row, column, str(error)) from None


def _yes_or_no(row: Row, column: str) -> bool:
    word = _comparable(row.cells[tables.heading(column)])
    if word in YES:
        return True
    if word in NO or is_missing(word):
        return False
    raise _fault(row, column, "is neither yes nor no (1 or 0)")


def _day(row: Row, column: str) -> date | None:
    cell = row.cells[tables.heading(column)]
    if is_missing(cell):
        return None
    if (day := tables.read_day(cell)) is None:
        raise _fault(row, column, f"is not a date ({DAYS})")
    return day

"""Tables from other systems: CSV in any of its dialects, and XLSX. One reader for every door.

A cell arrives as one clean line of text; days as YYYY-MM-DD, whole numbers without a point. Nothing
is guessed in silence: `notes` says what was assumed. A file costs no more than its limits.
"""

import csv
import io
import re
import zipfile
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobunivers.shared.text import clean_figures, clean_line, decoded

LARGEST = 20 * 2**20  # bytes of a file
UNPACKED = 200 * 2**20  # bytes of what is packed in an XLSX
MOST_ROWS, MOST_CELL, MOST_COLUMNS = 50_000, 2_000, 200
MOST_KEPT = 50_000  # different cells that are kept once, however often they stand in the file
SEPARATORS = ";\t|,"
SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
THREE_DECIMALS = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")


class TableError(Exception):
    """The file is no table that can be read; `code` says why and `found` fills the sentence."""

    def __init__(self, code: str, **found: object) -> None:
        super().__init__(" ".join([code, *(f"{name}={value}" for name, value in found.items())]))
        self.code, self.found = code, found


@dataclass(frozen=True)
class Row:
    """One line below the heading, with its number in the file. `over`: how many filled cells stand
    beyond the last heading, as when a decimal comma is read as a separator.
    """

    line: int
    cells: dict[str, str]
    over: int = 0


@dataclass(frozen=True)
class Table:
    """Headings in small letters in the order of the file, and the rows that are not empty.
    `kind`: "XLSX" or the encoding of the text.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str


def read_table(
    data: bytes, *, most_rows: int | None = None, only: Container[str] | None = None
) -> Table:
    """The table in a file. `only`: the columns (in small letters) whose cells are kept, so that a
    long file costs no more than what is asked of it. Raises TableError.
    """
    if len(data) > LARGEST:
        raise TableError("large", megabytes=LARGEST // 2**20)
    most = MOST_ROWS if most_rows is None else most_rows
    if data.startswith(b"PK"):
        return _table(_sheet(data), "XLSX", most, only)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError("old_excel")
    try:
        text, encoding = decoded(data)
    except ValueError:
        raise TableError("encoding") from None
    return _table(_lines(text.replace("\0", "")), encoding, most, only)


Line = tuple[int, Sequence[str]]


def _lines(text: str) -> Iterator[Line]:
    text = text.lstrip("\ufeff")
    said = SEPARATOR_LINE.match(text)
    body = text[said.end() :] if said else text
    head = next((line for line in body.splitlines() if line.strip()), "")
    separator = said[1] if said else max(SEPARATORS, key=head.count)
    csv.field_size_limit(MOST_CELL * 4)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=separator)
    first = 2 if said else 1
    begin = first
    try:
        for cells in reader:
            yield begin, cells
            begin = reader.line_num + first
    except csv.Error:
        raise TableError("cell", line=begin) from None


def _sheet(data: bytes) -> Iterator[Line]:
    from openpyxl import load_workbook  # 15 MB: only where a workbook comes in

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > UNPACKED:
                raise TableError("large", megabytes=LARGEST // 2**20)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)
        for line, cells in enumerate(rows, start=1):
            yield line, [_cell(value) for value in cells]
    except TableError:
        raise
    except Exception:  # whatever a broken workbook makes the library raise
        raise TableError("workbook") from None


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, date):  # a workbook's day, with or without a time; it has no zone
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):  # 1.234 of a workbook is a number; as text it may mean 1234
        return f"{value}0" if THREE_DECIMALS.fullmatch(str(value)) else str(value)
    return str(value)


def heading(name: str) -> str:
    """A heading as the tables know it: one clean line in small letters."""
    return clean_line(name).lower()


def _table(lines: Iterator[Line], kind: str, most: int, only: Container[str] | None) -> Table:
    filled = ((line, cells) for line, cells in lines if any(map(str.strip, cells)))
    head = next(filled, None)
    if head is None:
        raise TableError("empty")
    columns = [heading(name) for name in head[1]]
    named = [name for name in columns if name]
    if len(named) > MOST_COLUMNS:
        raise TableError("columns", most=MOST_COLUMNS)
    if double := next((name for name in named if named.count(name) > 1), None):
        raise TableError("double", column=double)
    kept = [name if only is None or name in only else "" for name in columns]
    blank = dict.fromkeys((name for name in kept if name), "")
    rows: list[Row] = []
    seen: dict[str, str] = {}
    for line, cells in filled:
        if len(rows) >= most:
            raise TableError("rows", most=most)
        if any(len(cell) > MOST_CELL for cell in cells):
            raise TableError("cell", line=line)
        values = {
            name: _kept_once(cell, seen) for name, cell in zip(kept, cells, strict=False) if name
        }
        rows.append(Row(line, blank | values, sum(map(bool, map(str.strip, cells[len(kept) :])))))
    return Table(tuple(named), tuple(rows), kind)


def _kept_once(cell: str, seen: dict[str, str]) -> str:
    """The cell as one clean line; equal cells are one object, as far as the memory for it goes."""
    if (known := seen.get(cell)) is not None:
        return known
    clean = clean_line(cell)
    if len(seen) < MOST_KEPT:
        seen[cell] = clean
    return clean


def read_day(text: str) -> date | None:
    """A day as Danes and computers write it, with or without a time; None when it is none.

    '21-11-2026', '21.11.2026', '21/11/2026', '2026-11-21', '2026-11-21 00:00:00'. The day stands
    before the month; years have four figures.
    """
    found = DAY.fullmatch(TIME.sub("", clean_figures(text)))
    if found is None:
        return None
    if found[3]:
        day, month, year = int(found[1]), int(found[2]), int(found[3])
    else:
        year, month, day = int(found[4]), int(found[5]), int(found[6])
    try:
        return date(year, month, day)
    except ValueError:
        return None

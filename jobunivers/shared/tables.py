"""Tables from other systems: CSV in any of its dialects, and XLSX. One reader for every door.

A cell arrives as one clean line of text; days as YYYY-MM-DD, whole numbers without a point. Nothing
is guessed in silence: `notes` says what was assumed. A file costs no more than its limits.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from jobunivers.shared.text import clean_figures, clean_line, decoded

LARGEST = 20 * 2**20  # bytes of a file
UNPACKED = 200 * 2**20  # bytes of what is packed in an XLSX
MOST_ROWS, MOST_CELL, MOST_COLUMNS = 50_000, 2_000, 200
SEPARATORS = ";\t|,"
SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
DAY = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
TIME = re.compile(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2}([.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$")


class TableError(Exception):
    """The file is no table that can be read; `code` says why and `found` fills the sentence."""

    def __init__(self, code: str, **found: object) -> None:
        super().__init__(" ".join([code, *(f"{name}={value}" for name, value in found.items())]))
        self.code, self.found = code, found


@dataclass(frozen=True)
class Row:
    """One line below the heading, with its number in the file."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """Headings in small letters in the order of the file, and the rows that are not empty.
    `kind`: "XLSX" or the encoding of the text.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str


def read_table(data: bytes) -> Table:
    """The table in a file. Raises TableError."""
    if len(data) > LARGEST:
        raise TableError("large", megabytes=LARGEST // 2**20)
    if data.startswith(b"PK"):
        return _table(_sheet(data), "XLSX")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableError("old_excel")
    try:
        text, encoding = decoded(data)
    except ValueError:
        raise TableError("encoding") from None
    return _table(_lines(text.replace("\0", "")), encoding)


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
    return str(value)


def _table(lines: Iterator[Line], kind: str) -> Table:
    filled = ((line, cells) for line, cells in lines if any(map(str.strip, cells)))
    head = next(filled, None)
    if head is None:
        raise TableError("empty")
    columns = [clean_line(name).lower() for name in head[1]]
    named = [name for name in columns if name]
    if len(named) > MOST_COLUMNS:
        raise TableError("columns", most=MOST_COLUMNS)
    if double := next((name for name in named if named.count(name) > 1), None):
        raise TableError("double", column=double)
    rows: list[Row] = []
    for line, cells in filled:
        if len(rows) >= MOST_ROWS:
            raise TableError("rows", most=MOST_ROWS)
        if any(len(cell) > MOST_CELL for cell in cells):
            raise TableError("cell", line=line)
        values = {
            name: clean_line(cell) for name, cell in zip(columns, cells, strict=False) if name
        }
        rows.append(Row(line, dict.fromkeys(named, "") | values))
    return Table(tuple(named), tuple(rows), kind)


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

"""One reader for tables: every dialect of CSV, XLSX, and a clear refusal for all else."""

import io
import random
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from jobunivers.shared import tables
from jobunivers.shared.tables import TableError, read_day, read_table

ROWS = [["Navn", "Dag"], ["Søren Ærø", "21-11-2026"], ["Ольга; Ko", "2026-11-21"]]


def of(data):
    table = read_table(data if isinstance(data, bytes) else data.encode())
    return table.columns, [tuple(row.cells.values()) for row in table.rows]


def workbook(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_dialect_is_the_same_table(separator, encoding, end):
    lines = [separator.join(f'"{cell}"' for cell in row) for row in ROWS]
    columns, rows = of((end.join(lines) + end).encode(encoding))
    assert columns == ("navn", "dag")
    assert rows == [("Søren Ærø", "21-11-2026"), ("Ольга; Ko", "2026-11-21")]


def test_excels_own_line_with_the_separator_is_no_row():
    table = read_table(b"sep=;\r\nname;day\r\nMaja, Demo;1\r\n")
    assert (table.columns, table.rows[0].cells["name"], table.rows[0].line) == (
        ("name", "day"),
        "Maja, Demo",
        3,
    )


def test_a_workbook_gives_days_and_numbers_as_text():
    data = workbook(
        [["cpr", "start", "tal"], [101900004, date(2026, 11, 21), 2.5], [1.0, None, "x"]]
    )
    assert of(data) == (
        ("cpr", "start", "tal"),
        [("101900004", "2026-11-21", "2.5"), ("1", "", "x")],
    )
    assert read_table(data).kind == "XLSX"


def test_lines_have_the_number_of_the_file():
    table = read_table(b'name\n"two\nlines"\n\nlast\n')
    assert [(row.line, row.cells["name"]) for row in table.rows] == [(2, "two lines"), (5, "last")]


def test_short_and_long_lines_lose_no_known_cell():
    assert of("a,b\n1\n1,2,3\n") == (("a", "b"), [("1", ""), ("1", "2")])


def test_cells_beyond_the_last_heading_are_counted():
    table = read_table(b"a,b\n1,2,3,,4\n1,2,,\n")
    assert [row.over for row in table.rows] == [2, 0]


def test_only_the_columns_asked_for_are_kept_and_all_are_named():
    table = read_table(b"a,B,c\n1,2,3\n", only={"b"})
    assert table.columns == ("a", "b", "c") and table.rows[0].cells == {"b": "2"}


def test_a_reader_of_long_files_sets_its_own_limit():
    assert len(read_table(b"a\n" + b"1\n" * 50_001, most_rows=50_001).rows) == 50_001
    with pytest.raises(TableError, match="rows"):
        read_table(b"a\n1\n2\n", most_rows=1)


def test_three_decimals_of_a_workbook_are_never_taken_for_thousands():
    assert of(workbook([["a"], [1.234], [-12.5], [0.125]]))[1] == [
        ("1.2340",),
        ("-12.5",),
        ("0.125",),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n ; ;\n", "empty"),
        (b"a;a\n1;2\n", "double"),
        (b"\xd0\xcf\x11\xe0 old", "old_excel"),
        (b"PK\x03\x04 broken", "workbook"),
        (b"name\nS\x81ren \x8d\n", "encoding"),
        (b"name\n" + b"x" * 2_001 + b"\n", "cell"),
        (b"name\n" + b"x" * 9_000 + b"\n", "cell"),
        (b",".join(b"c%d" % n for n in range(201)) + b"\n1\n", "columns"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(data, code):
    with pytest.raises(TableError) as refused:
        read_table(data)
    assert refused.value.code == code


def test_limits_are_kept_before_work_is_done(monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 10)
    with pytest.raises(TableError, match="large"):
        read_table(b"x" * 11)
    monkeypatch.undo()
    monkeypatch.setattr(tables, "MOST_ROWS", 2)
    assert len(read_table(b"a\n1\n2\n").rows) == 2
    with pytest.raises(TableError, match="rows"):
        read_table(b"a\n1\n2\n3\n")


def test_a_workbook_that_grows_when_unpacked_is_refused(monkeypatch):
    monkeypatch.setattr(tables, "UNPACKED", 1_000)
    with pytest.raises(TableError, match="large"):
        read_table(workbook(ROWS))


@pytest.mark.parametrize("seed", range(60))
def test_no_broken_table_is_an_error_of_ours(seed):
    rng = random.Random(seed)
    for good in (workbook(ROWS), "\n".join(";".join(row) for row in ROWS).encode("utf-16")):
        data = bytearray(good)
        for _each in range(rng.randint(1, 12)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        try:
            read_table(bytes(data))
        except TableError:
            continue


def test_a_workbook_without_a_sheet_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("x", "y")
    with pytest.raises(TableError, match="workbook"):
        read_table(file.getvalue())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("21-11-2026", date(2026, 11, 21)),
        ("21.11.2026", date(2026, 11, 21)),
        ("21/11/2026", date(2026, 11, 21)),
        ("1-2-2026", date(2026, 2, 1)),
        ("2026-11-21", date(2026, 11, 21)),
        ("21.11.2026 00:00", date(2026, 11, 21)),
        ("21-11-2026 00.00.00", date(2026, 11, 21)),
        ("2026-11-21T08:30:00.000Z", date(2026, 11, 21)),
        ("２１-１１-２０２６", date(2026, 11, 21)),
        ("21‑11‑2026", date(2026, 11, 21)),
        ("29-02-2026", None),
        ("21-11-26", None),
        ("11/21/2026", None),
        ("46347", None),
        ("", None),
        ("soon", None),
    ],
)
def test_days_as_danes_and_computers_write_them(text, day):
    assert read_day(text) == day

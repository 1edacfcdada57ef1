"""`screening calibrate` and `monitor`: a slip in a file is one line with the file's own line
number, and never a figure.
"""

import io
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from jobunivers.commands.screening import command
from jobunivers.screening import spell_file

CASES = Path(__file__).parents[2] / "support" / "spells"
DURATION = ("--duration", "weeks", "--event", "ended=1")


def run(*arguments):
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


@pytest.fixture
def write(tmp_path):
    """write(text or bytes) gives a path."""

    def write(content, name="spells.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def good_rows(count=300):
    """Lines `weeks,ended,points` of people whose points mean something."""
    rng = Random(2)
    return [
        f"{rng.randint(1, 60)},{int(rng.random() < 0.8)},{rng.randint(-10, 25)}.5"
        for _ in range(count)
    ]


def refused(answer, *words):
    """Exit status 1 and one line with these words."""
    assert answer.exit_code == 1, answer.output
    assert answer.output.startswith("Error: ") and answer.output.count("\n") == 1, answer.output
    for word in words:
        assert word in answer.output, answer.output


@pytest.mark.parametrize("verb", ["calibrate", "monitor"])
@pytest.mark.parametrize(
    ("file", "arguments", "words"),
    [
        ("neg.csv", (*DURATION, "--score", "points"), ("line 2, weeks: '-16'", "negative")),
        ("neg.csv", ("--duration", "weeks", "--event", "ended=7"), ("ended=7", "has: 0, 1")),
        ("nanscore.csv", (*DURATION, "--horizon", "nan"), ("--horizon", "nan")),
        ("nanscore.csv", (*DURATION, "--horizon", "-3"), ("--horizon", "-3")),
        ("nanscore.csv", (*DURATION, "--horizon", "999"), ("nobody was followed to week 999",)),
        ("nanscore.csv", (*DURATION, "--weeks-per-unit", "nan"), ("weeks per unit",)),
        ("nanscore.csv", (*DURATION, "--order", "points"), ("line 2, points: '' is empty",)),
        ("enddate.csv", ("--start", "start", "--end", "slut"), ("line 7", "--until")),
        (
            "enddate.csv",
            ("--start", "start", "--end", "slut", "--until", "31-12-25"),
            ("--until: '31-12-25' is not a date",),
        ),
    ],
)
def test_a_case_that_was_seen_in_real_life_is_one_line(verb, file, arguments, words):
    refused(run(verb, CASES / file, *arguments), *words)


def test_empty_score_cells_count_no_points_and_are_counted():
    answer = run("calibrate", CASES / "nanscore.csv", *DURATION, "--score", "points")
    assert "Rows: 600 used" in answer.output
    assert "Without points: 86 rows, counted as 0 points." in answer.output


def test_rows_that_end_before_they_start_are_counted_with_the_first_line():
    answer = run(
        *("calibrate", CASES / "enddate.csv", "--start", "start", "--end", "slut"),
        *("--until", "31-12-2025", "--score", "point"),
    )
    assert "Rows: 382 used, 0 without status or length dropped" in answer.output
    assert "Left out: 218 rows that end before they start (first in line 5)." in answer.output


def test_rows_that_start_after_the_follow_up_are_counted_apart(write):
    rows = [f"0{1 + n % 9}-01-2024;0{1 + n % 9}-09-2024" for n in range(40)]
    path = write("\n".join(["fra;til", "03-03-2026;", *rows]))
    answer = run("calibrate", path, "--start", "fra", "--end", "til", "--until", "2025-12-31")
    assert "Left out: 1 rows that start after the last day of follow-up (first in line 2)." in (
        answer.output
    )


@pytest.mark.parametrize(
    ("line", "arguments", "words"),
    [
        ("x,1,3", (), ("line 6, weeks: 'x' is not a number",)),
        ("1.234,1,3", (), ("line 6, weeks: '1.234'", "--decimal point or --decimal comma")),
        ('"1,234",1,3', (), ("line 6, weeks: '1,234'", "--decimal")),
        ("1.234,1,3", ("--decimal", "comma"), ("line 6", "has a thousands separator")),
        ("4,1,1.234", (), ("line 6, points: '1.234'", "--decimal")),
        ("4,1,1.234.567", (), ("line 6, points", "has a thousands separator")),
        ('4,1,"1.234,5"', (), ("line 6, points", "has a thousands separator")),
        ("4,1,1 234", (), ("line 6, points", "has a thousands separator")),
        ("4,1,1_000", (), ("line 6, points: '1_000' is not a number",)),
        ("4,1,1e99", (), ("line 6, points", "too large")),
        ("4,1,7,6", (), ("line 6 has more cells than the heading",)),
        ("4,maybe,3", ("--helped", "ended"), ("line 6, ended: 'maybe' is neither yes nor no",)),
        ("4,1,abc", ("--columns", "points"), ("line 6, points: 'abc' is not a number",)),
    ],
)
def test_a_wrong_cell_has_the_line_of_the_file(write, line, arguments, words):
    """Line 3 is empty and line 4 without a length: both count as lines all the same."""
    rows = good_rows()
    text = "\n".join(["weeks,ended,points", rows[0], "", ",1,3", rows[1], line, *rows[2:]])
    refused(run("calibrate", write(text), *DURATION, "--score", "points", *arguments), *words)


def test_words_among_numbers_give_no_order(write):
    path = write("\n".join(["weeks,ended,points", *good_rows(), "4,1,abc"]))
    answer = run("calibrate", path, *DURATION, "--order", "points")
    refused(answer, "line 302, points: 'abc' cannot be put in one order")


def test_a_predicted_share_outside_nought_and_one_is_no_figure(write):
    path = write("\n".join(["weeks,ended,points", *good_rows()]))
    refused(run("monitor", path, *DURATION, "--predicted", "points"), "is not a share from 0 to 1")


def test_the_same_points_for_everybody_order_nobody(write):
    path = write("\n".join(["weeks,ended,points", *(row + "," for row in ["30,1,5"] * 120)]))
    refused(run("calibrate", path, *DURATION, "--score", "points"), "they order nobody")


def test_an_empty_score_column_is_no_score(write):
    path = write("\n".join(["weeks,ended,points", *(["30,1,"] * 60 + ["3,1,NA"] * 60)]))
    refused(run("calibrate", path, *DURATION, "--score", "points"), "every cell is empty")


@pytest.mark.parametrize(
    ("points", "arguments"),
    [("1.234", ("--decimal", "point")), ("6.123\n9,1,0.125", ()), ("6.123\n9,1,6.89568", ())],
)
def test_three_decimals_are_read_when_the_column_or_the_user_says_so(write, points, arguments):
    path = write("\n".join(["weeks,ended,points", *good_rows(), f"9,1,{points}"]))
    answer = run("calibrate", path, *DURATION, "--score", "points", *arguments)
    assert "Rows: 30" in answer.output, answer.output


def test_two_columns_with_one_name_are_refused(write):
    path = write("\n".join(["weeks,ended,Points,points", *(f"{row},1" for row in good_rows())]))
    refused(run("calibrate", path, *DURATION), "Two columns have the same heading: points")


def test_a_word_that_no_row_has_is_said_beside_the_figures(write):
    path = write("\n".join(["weeks,ended,points", *good_rows()]))
    answer = run("calibrate", path, "--duration", "weeks", "--event", "ended=1,job")
    assert answer.exit_code == 0 and "Note: no row has ended=job." in answer.output


def test_two_ways_to_say_the_length_are_refused(write):
    path = write("\n".join(["weeks,ended,points", *good_rows()]))
    refused(run("calibrate", path, *DURATION, "--start", "points"), "either --duration")


@pytest.mark.parametrize("rate", ["nan", "0", "1.5"])
def test_an_official_rate_is_a_share(write, rate):
    path = write("\n".join(["weeks,ended,points", *good_rows()]))
    answer = run("calibrate", path, *DURATION, "--score", "points", "--official-rate", rate)
    refused(answer, "--official-rate")


@pytest.mark.parametrize(
    "content",
    ["- a\n", "event: [1, 2\n", b"\xff\xfe\x00", "weeks_per_unit: many\n", "start: [a]\n"],
)
def test_a_broken_mapping_file_is_one_line(write, content):
    path = write("\n".join(["weeks,ended,points", *good_rows()]))
    refused(run("calibrate", path, *DURATION, "--mapping", write(content, "mapping.yaml")))


def in_utf16(rows):
    return "\n".join(row.replace(",", "\t") for row in rows).encode("utf-16")


def with_sep(rows):
    return ("sep=|\r\n" + "\r\n".join(row.replace(",", "|") for row in rows)).encode("cp1252")


def as_workbook(rows):
    book = Workbook()
    for number, row in enumerate(rows):
        cells = row.split(",")
        book.active.append(cells if not number else [float(cell) for cell in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", [in_utf16, with_sep, as_workbook])
def test_the_same_spells_give_the_same_figures_in_every_kind_of_file(write, kind):
    rows = ["Weeks,Ended,Points", *good_rows(), "9,1,0.125", "9,1,1.234"]
    plain = run("calibrate", write("\n".join(rows)), *DURATION, "--score", "points")
    other = run("calibrate", write(kind(rows), "spells.dat"), *DURATION, "--score", "Points")
    assert "slope" in plain.output and other.output == plain.output


def test_more_spells_than_citizens_of_one_import_are_read(write):
    rows = [f"{week % 60},1" for week in range(60_000)]
    answer = run("calibrate", write("\n".join(["weeks,ended", *rows])), *DURATION)
    assert "Rows: 60000 used" in answer.output


def test_a_file_without_end_is_one_line(write, monkeypatch):
    monkeypatch.setattr(spell_file, "MOST_SPELLS", 10)
    path = write("\n".join(["weeks,ended,points", *good_rows()]))
    refused(run("calibrate", path, *DURATION), "more than 10 lines")

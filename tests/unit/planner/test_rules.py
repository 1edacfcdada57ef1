"""An exercise rewrites its own lines and nobody else's."""

from types import SimpleNamespace

import pytest

from jobunivers.planner import rules
from jobunivers.planner.types import Row


def line(what):
    return SimpleNamespace(what=what)


@pytest.mark.parametrize(
    ("value", "row"),
    [
        ("Ring", Row("Ring")),
        ({"what": "Ring"}, Row("Ring")),
        ({"what": "Ring", "when": "Monday", "done": False}, Row("Ring", "Monday", False)),
        ({"when": None, "done": 1}, Row("", "", True)),
    ],
)
def test_rows_are_read_as_exercises_pass_them(value, row):
    assert Row.read(value) == row


def test_each_row_finds_its_line_once():
    ring, walk = line("Ring"), line("Walk")
    found = rules.match([ring, walk], [Row("Walk"), Row("Ring"), Row("Ring")])
    assert [matched for matched, _row in found] == [walk, ring, None]


def test_rewritten_lines_stay_where_they_were_and_new_ones_come_last():
    a, b, c, d, new = (line(what) for what in "abcdn")
    assert rules.insert_where_they_were([a, b, c, d], [b, c], [c, new]) == [a, c, new, d]
    assert rules.insert_where_they_were([a], [], [new]) == [a, new]
    assert rules.insert_where_they_were([a, b], [b], []) == [a]

"""Every promise has a living test; every page that promises something to people stands in the list."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "promises.md"
TEST = re.compile(r"^`(tests/[\w/]+\.py)::(test_\w+)`$")
# Public pages on which we say what we do and what we never do.
PROMISING = ("/", "/privacy", "/accessibility", "/how-we-screen", "/figures", "/help")


def rows():
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and cells[0] != "promise" and "--" not in line:
            yield cells


def functions_in(path):
    return {
        node.name: node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
    }


@pytest.mark.parametrize(("promise", "said_at", "test"), rows(), ids=lambda cell: cell[:50])
def test_the_promise_has_a_test_that_looks_at_something(promise, said_at, test):
    assert promise and said_at
    found = TEST.match(test)
    assert found, f"name one test as `tests/...::test_...`: {test}"
    path = ROOT / found[1]
    assert path.is_file(), f"{found[1]} is gone; which test keeps: {promise}"
    function = functions_in(path).get(found[2])
    assert function, f"{found[2]} is gone; which test keeps: {promise}"
    body = ast.unparse(function)
    assert "skip" not in body and len(function.body) > 0
    assert "long" not in [d.attr for d in function.decorator_list if isinstance(d, ast.Attribute)]


def test_every_promise_stands_once():
    promises = [promise for promise, _said_at, _test in rows()]
    assert len(promises) == len(set(promises)) >= 40


def test_every_page_that_promises_stands_in_the_list():
    said = {
        place.strip(" `") for _promise, said_at, _test in rows() for place in said_at.split(",")
    }
    assert set(PROMISING) <= said
    pages = {place for place in said if place.startswith("docs/")}
    assert [place for place in pages if not (ROOT / place).is_file()] == []

"""The house stays small: budgets of docs/architecture.md, read from the code."""

import ast
import statistics
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = sorted(path for path in (ROOT / "jobunivers").rglob("*.py") if "versions" not in path.parts)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.*"))
FUNCTION_LIMIT, VIEW_LIMIT, FILE_LIMIT, TEMPLATE_LIMIT, TEST_FILE_LIMIT = 50, 30, 400, 200, 500


def functions_of(path):
    """(name, lines, is a view) of each function in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = (body[-1].end_lineno - body[0].lineno + 1) if body else 1
            is_view = any("bp" in ast.unparse(decorator) for decorator in node.decorator_list)
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines, is_view


def lines_of(path):
    return sum(
        1
        for line in path.read_text().splitlines()
        if line.strip() and not line.strip().startswith("#")
    )


def percentile(values, share):
    return sorted(values)[int(len(values) * share)] if values else 0


def test_no_function_is_long():
    found = [f for path in CODE for f in functions_of(path)]
    assert [
        f"{name}: {lines}"
        for name, lines, is_view in found
        if lines > (VIEW_LIMIT if is_view else FUNCTION_LIMIT)
    ] == []
    lengths = [lines for _name, lines, _view in found]
    assert statistics.median(lengths) <= 10
    assert percentile(lengths, 0.9) <= 30


def test_no_file_is_long():
    sizes = {path: lines_of(path) for path in CODE}
    assert [
        f"{path.relative_to(ROOT)}: {size}" for path, size in sizes.items() if size > FILE_LIMIT
    ] == []
    assert percentile(list(sizes.values()), 0.9) <= 250


@pytest.mark.parametrize(
    ("paths", "limit"),
    [(TEMPLATES, TEMPLATE_LIMIT), (TESTS, TEST_FILE_LIMIT)],
    ids=["templates", "tests"],
)
def test_no_template_or_test_file_is_long(paths, limit):
    assert [
        f"{path.relative_to(ROOT)}: {lines_of(path)}" for path in paths if lines_of(path) > limit
    ] == []


def test_lines_of_templates_are_short():
    lengths = [
        len(line)
        for path in TEMPLATES
        if path.suffix == ".html"
        for line in path.read_text().splitlines()
        if line.strip()
    ]
    assert percentile(lengths, 0.9) <= 110
    assert max(lengths) <= 200


def test_most_templates_are_short():
    assert percentile([lines_of(path) for path in TEMPLATES], 0.9) <= 120


def test_every_public_function_says_what_it_does():
    silent = []
    for path in CODE:
        for node in ast.parse(path.read_text()).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                silent.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert silent == []

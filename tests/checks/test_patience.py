"""Nothing that waits gives up under a minute, so that a slow machine is not called broken."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
IN_SECONDS = {"timeout", "deadline"}
WAITS = {"wait", "join"}
IN_MILLISECONDS = {
    "set_default_timeout",
    "set_default_navigation_timeout",
    "wait_for_timeout",
}


def impatient(source):
    """Line numbers of calls that wait a written number of seconds below sixty."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        numbers = [(60, word.value) for word in call.keywords if word.arg in IN_SECONDS]
        if name in WAITS or name in IN_MILLISECONDS:
            numbers += [(60_000 if name in IN_MILLISECONDS else 60, one) for one in call.args]
        for least, node in numbers:
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, int | float)
                and node.value < least
            ):
                found.append(call.lineno)
    return found


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("thread.join(5)\nevent.wait(timeout=59.9)\npage.set_default_timeout(10_000)", [1, 2, 3]),
        ("thread.join(60)\nthread.join()\nwords.join(names)\nget(timeout=PATIENCE)", []),
        ("settings(deadline=None)\nresults.get(timeout=180)", []),
    ],
)
def test_the_check_sees_who_gives_up_early(source, lines):
    assert impatient(source) == lines


def test_nothing_that_waits_gives_up_under_a_minute():
    found = {
        str(path.relative_to(TESTS)): lines
        for path in sorted(TESTS.rglob("*.py"))
        if (lines := impatient(path.read_text(encoding="utf-8")))
    }
    assert found == {}

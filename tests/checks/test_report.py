"""The report at the end of a run names the kinds and the slowest."""

import pytest

from tests.support.report import kind_of, lines_of


@pytest.mark.parametrize(
    ("nodeid", "kind"),
    [
        ("tests/unit/cv/test_rules.py::test_a[x]", "unit"),
        ("tests/integration/cv/test_pages.py::test_a[sqlite-sqlite-postgresql]", "integration, postgresql"),
        ("tests/integration/cv/test_pages.py::test_a[sqlite-da]", "integration, sqlite"),
        ("tests/integration/cv/test_pages.py::test_a", "integration, no database"),
        ("tests/browser/test_cv.py::test_a[chromium]", "browser"),
        ("tests/checks/test_docs.py::test_a", "checks"),
        ("elsewhere.py::test_a", "other"),
    ],
)  # fmt: skip
def test_kind_of_a_test(nodeid, kind):
    assert kind_of(nodeid) == kind


def test_slowest_come_first_and_sums_are_sums():
    seconds = {f"tests/unit/test_{n}.py::test_a": n / 10 for n in range(12)}
    seconds["tests/browser/test_b.py::test_b"] = 50.04
    lines = lines_of(seconds)
    assert lines[0] == "The 10 slowest"
    assert lines[1] == "    50.0 s  tests/browser/test_b.py::test_b"
    assert lines[2] == "     1.1 s  tests/unit/test_11.py::test_a"
    assert lines[11:] == [
        "Sum by kind",
        "    50.0 s  browser (1 tests)",
        "     6.6 s  unit (12 tests)",
    ]

"""Where the time of a run went: the ten slowest tests and the sum of each kind, at its end."""

import os
from collections import Counter, defaultdict

SHOWN = 10


def kind_of(nodeid):
    """unit, integration on one of the engines, browser or checks."""
    kind = nodeid.split("/")[1] if nodeid.startswith("tests/") else "other"
    if kind != "integration":
        return kind
    marks = nodeid.partition("[")[2].rstrip("]").split("-")
    engine = next((name for name in ("postgresql", "sqlite") if name in marks), "no database")
    return f"integration, {engine}"


def lines_of(seconds):
    """seconds {nodeid: seconds} -> the lines to print."""
    slowest = sorted(seconds.items(), key=lambda one: -one[1])[:SHOWN]
    sums, counts = defaultdict(float), Counter()
    for nodeid, spent in seconds.items():
        sums[kind_of(nodeid)] += spent
        counts[kind_of(nodeid)] += 1
    return (
        [f"The {len(slowest)} slowest"]
        + [f"{spent:8.1f} s  {nodeid}" for nodeid, spent in slowest]
        + ["Sum by kind"]
        + [
            f"{sums[kind]:8.1f} s  {kind} ({counts[kind]} tests)"
            for kind in sorted(sums, key=lambda kind: -sums[kind])
        ]
    )


def pytest_terminal_summary(terminalreporter):
    """Prints it when `run.py test` asked for it."""
    if os.environ.get("JU_TEST_REPORT") != "1":
        return
    seconds = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if hasattr(report, "duration") and hasattr(report, "nodeid"):
                seconds[report.nodeid] += report.duration
    if seconds:
        terminalreporter.section("where the time went")
        for line in lines_of(seconds):
            terminalreporter.write_line(line)

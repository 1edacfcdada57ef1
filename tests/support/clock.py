"""The suite's own clock: every test begins at the same moment, whatever the machine's day is.

`JU_TEST_CLOCK` (an ISO moment) begins it elsewhere; `test --all` does so at the moments of
`jobunivers/commands/_test_starts.py`. What the product decides is decided by this clock; processes,
leases, sessions and one-time codes keep the machine's time.
"""

import os
from collections.abc import Iterator
from datetime import datetime

import pytest

from jobunivers.shared import clock

ORDINARY = datetime.fromisoformat("2026-11-24T10:00:00+01:00")  # a Tuesday


def start() -> datetime:
    """Where this run's clock begins."""
    given = os.environ.get("JU_TEST_CLOCK")
    return datetime.fromisoformat(given) if given else ORDINARY


@pytest.fixture(autouse=True)
def suite_clock() -> Iterator[None]:
    """The product's time goes on from the suite's start; a test may move it with `start_at`."""
    clock.start_at(start())
    yield
    clock.start_at(start())

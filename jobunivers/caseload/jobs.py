"""Nightly work of the caseload: wishes for a way in that nobody answered are forgotten."""

from datetime import datetime
from typing import Any

from jobunivers.caseload import way_in_services as ways_in
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared.db import write
from jobunivers.shared.logs import say

TIDY = "caseload.tidy"
NIGHTLY_HOUR = 5


@outbox.handles(TIDY)
def tidy(_payload: dict[str, Any], now: datetime) -> None:
    """What nobody said yes to in time is refused."""
    with write():
        count = ways_in.forget_old(now)
    say("wishes tidied", refused=count)


def register() -> None:
    """Plans the job for every night (wiring.py)."""
    worker.every(TIDY, nightly_hour=NIGHTLY_HOUR)

"""Nightly work on log-ins: dead sessions, old links and tries, and drafts nobody came back to."""

from datetime import datetime
from typing import Any

from jobunivers.identity import services
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.logs import say

TIDY = "identity.tidy"
NIGHTLY_HOUR = 5
BATCH = 200


@outbox.handles(TIDY)
def tidy(_payload: dict[str, Any], now: datetime) -> None:
    """Sessions and links by the machine's time; drafts by the product's, a batch a transaction."""
    with write():
        gone = services.tidy(clock.real_now())
    drafts = 0
    while True:
        with write():
            count = services.delete_expired_drafts(now, limit=BATCH)
        drafts += count
        if count < BATCH:
            break
    say("log-ins tidied", drafts=drafts, **gone)


def register() -> None:
    """Plans the job for every night (wiring.py)."""
    worker.every(TIDY, nightly_hour=NIGHTLY_HOUR)

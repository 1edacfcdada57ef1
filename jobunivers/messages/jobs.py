"""Nightly work on messages: what is finished and old goes."""

from datetime import datetime
from typing import Any

from jobunivers.messages import bounce_services as bounces
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import services
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared.db import write
from jobunivers.shared.logs import say

TIDY = "messages.tidy"
NIGHTLY_HOUR = 4


@outbox.handles(TIDY)
def tidy(_payload: dict[str, Any], now: datetime) -> None:
    """Forgets finished jobs and addresses of mails that never left."""
    with write():
        gone = services.tidy(now=now)
        gone["marks"] = bounces.forget_old(now)
    say("messages tidied", **gone)


def register() -> None:
    """Plans the job for every night (wiring.py)."""
    worker.every(TIDY, nightly_hour=NIGHTLY_HOUR)

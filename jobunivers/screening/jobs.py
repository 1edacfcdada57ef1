"""Every night: a team's week is drawn once, whoever has not answered in time is called, and a round
that opens is told of.
"""

from datetime import datetime
from typing import Any

from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.screening import again_services as again
from jobunivers.screening import lot_services as lots
from jobunivers.shared.current import current_profile
from jobunivers.shared.logs import say

DRAW, INVITE = "screening.draw", "screening.invite"
NIGHTLY_HOUR = 4


@outbox.handles(DRAW)
def draw(_payload: dict[str, Any], now: datetime) -> None:
    """The nightly job. A second time in the same week it finds nothing to draw."""
    say("screening places drawn", suggested=lots.draw_all(now=now, profile=current_profile()))


@outbox.handles(INVITE)
def invite(_payload: dict[str, Any], now: datetime) -> None:
    """The nightly job. A second time it tells nobody again."""
    say("screening rounds told of", people=again.invite_all(now))


def register() -> None:
    """Plans the jobs (wiring.py)."""
    worker.every(INVITE, nightly_hour=NIGHTLY_HOUR)
    worker.every(DRAW, nightly_hour=NIGHTLY_HOUR)

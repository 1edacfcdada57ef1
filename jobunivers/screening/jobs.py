"""Every night: a team's week is drawn once, and whoever has not answered in time is called."""

from datetime import datetime
from typing import Any

from jobunivers.messages import outbox, worker
from jobunivers.screening import lots
from jobunivers.shared.current import current_profile
from jobunivers.shared.logs import say

DRAW = "screening.draw"
NIGHTLY_HOUR = 4


@outbox.handles(DRAW)
def draw(_payload: dict[str, Any], now: datetime) -> None:
    """The nightly job. A second time in the same week it finds nothing to draw."""
    say("screening places drawn", suggested=lots.draw_all(now=now, profile=current_profile()))


def register() -> None:
    """Plans the job (wiring.py)."""
    worker.every(DRAW, nightly_hour=NIGHTLY_HOUR)

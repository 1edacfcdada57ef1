"""Every five minutes: what came back in the mailbox for bounces."""

from datetime import datetime
from typing import Any

from jobunivers.messages import bounce_services as bounces
from jobunivers.messages import imap_gateways as imap
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.bounce_file import read_bounce
from jobunivers.shared.current import current_settings
from jobunivers.shared.db import write
from jobunivers.shared.logs import say

READ = "messages.bounces"
EVERY_MINUTES = 5


@outbox.handles(READ)
def read_mailbox(_payload: dict[str, Any], now: datetime) -> None:
    """Notes each bounce, then marks the mail as seen: whoever dies in between reads it twice, which
    changes nothing. Does nothing without JU_BOUNCE_IMAP.
    """
    url = current_settings().bounce_imap
    if not url:
        return
    counts = {"bounced": 0, "not_ours": 0, "other": 0}
    with imap.opened(url) as server:
        for number, raw in imap.unseen(server):
            counts[_look_at(raw, now)] += 1
            imap.mark_seen(server, number)
    if any(counts.values()):
        say("bounces read", **counts)


def _look_at(raw: bytes, now: datetime) -> str:
    bounce = read_bounce(raw)
    if bounce is None:
        return "other"
    with write():
        is_ours = bounces.note(bounce.references, bounce.addresses, bounce.why, now=now)
    return "bounced" if is_ours else "not_ours"


def register() -> None:
    """Plans the reading for ever (feature.py)."""
    worker.every(READ, minutes=EVERY_MINUTES)

"""Every night the ends of the logs leave the database: to a file, to the service's own log, and to a
mailbox when one is named.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app

from jobunivers.messages import gateways
from jobunivers.messages import mail_pages as mail
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import anchors, i18n
from jobunivers.shared.anchors import Anchor
from jobunivers.shared.logs import say

ANCHOR = "portal.anchor"
NIGHTLY_HOUR = 1


@outbox.handles(ANCHOR)
def anchor_logs(_payload: dict[str, Any], now: datetime) -> None:
    """The same turn twice writes the same line twice, which proves the same."""
    keep(anchors.take(now))


def keep(taken: list[Anchor]) -> None:
    """Writes anchors to every place outside that the settings name."""
    settings = current_app.config["SETTINGS"]
    if settings.anchors and taken:
        anchors.write(Path(settings.anchors), taken)
    for anchor in taken:
        say("log anchored", log=anchor.log, number=anchor.number, hash=anchor.hash)
    if settings.anchor_mail and taken:
        letter = mail.compose(
            "log_anchor", i18n.DEFAULT_LOCALE, to=settings.anchor_mail, anchors=taken
        )
        gateways.send_mail(letter, gateways.message_id_of(taken[0].text()))


def register() -> None:
    """Plans the job for every night (wiring.py)."""
    worker.every(ANCHOR, nightly_hour=NIGHTLY_HOUR)

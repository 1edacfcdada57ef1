"""Another try for what was given up: once the mail server or the address has been mended."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import unreachable_services as unreachable
from jobunivers.messages.models import Delivery
from jobunivers.messages.types import BY_HAND


def list_given_up() -> list[tuple[Delivery, Delivery]]:
    """(what failed, the letter or call that stands in for it and is not done), oldest first."""
    failed, instead = sa.orm.aliased(Delivery), sa.orm.aliased(Delivery)
    query = (
        sa.select(failed, instead)
        .join(instead, instead.message_id == failed.message_id)
        .where(
            failed.failed_at.is_not(None),
            failed.channel.not_in(BY_HAND),
            instead.channel.in_(BY_HAND),
            instead.sent_at.is_(None),
        )
        .order_by(failed.failed_at, failed.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def try_again(now: datetime, *, only: UUID | None = None) -> int:
    """Given-up deliveries go out once more instead of the letter or call, and jobs that fail do not
    wait. Returns how many. `only` is the id of a delivery or of a job.
    """
    count = 0
    for failed, instead in list_given_up():
        if only in (None, failed.id):
            _revive(failed, instead, now)
            count += 1
    return count + outbox.try_again(now, only=only)


def _revive(failed: Delivery, instead: Delivery, now: datetime) -> None:
    failed.address, failed.created_at = instead.address, now
    failed.failed_at, failed.why = None, None
    unreachable.forget_all(failed.address)
    db.session.delete(instead)
    db.session.flush()
    outbox.revive(f"deliver:{failed.id}", now)

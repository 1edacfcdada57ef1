"""A mail or SMS that left and came back: the address is not tried again, and somebody posts or calls.

A bounce counts only when it names a mail of ours (by a mark that nobody can guess) and the address
that this mail went to: nobody can silence a person with a forged one.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.extensions import db
from jobunivers.messages import ports, services
from jobunivers.messages import unreachable_services as unreachable
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.types import DEAD, Failure
from jobunivers.shared import vault
from jobunivers.shared.errors import Conflict
from jobunivers.shared.once import FormKey

COUNTS_FOR = timedelta(days=30)  # servers try for five days; a year-old mail proves nothing


def note(
    references: Iterable[str], addresses: Iterable[str], why: Failure, *, now: datetime
) -> bool:
    """Notes that one of these mails came back from one of these addresses. False when it is none of
    ours, or somebody else's address; a second time nothing more happens.
    """
    found = _find(references, addresses, now)
    if found is None:
        return False
    delivery, message = found
    if delivery.failed_at is not None:
        return True
    if why in DEAD:
        unreachable.remember_mark(delivery.channel, delivery.sent_to or "", why)
    begins = message.params.get("starts_at")
    is_over = begins is not None and datetime.fromisoformat(begins) <= now
    if message.read_at is not None or is_over:
        delivery.failed_at, delivery.why = now, why.value  # nobody needs to hear of it any more
        db.session.flush()
        return True
    delivery.sent_at = None
    delivery.address = services.address_of(ports.recipient_of(message.citizen_id))
    db.session.flush()
    services.fall_back(delivery.id, why, now=now, is_known=True)
    return True


def _find(
    references: Iterable[str], addresses: Iterable[str], now: datetime
) -> tuple[Delivery, Message] | None:
    marks, plain = list(references), list(addresses)
    if not marks or not plain:
        return None
    query = (
        sa.select(Delivery, Message)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.reference.in_(marks), Delivery.reference_at > now - COUNTS_FOR)
        .order_by(Delivery.id)
    )
    for delivery, message in db.session.execute(query):
        sent_to = {
            mark for text in plain for mark in unreachable.fingerprints_of(delivery.channel, text)
        }
        if delivery.sent_to in sent_to:
            return delivery, message
    return None


def claim(signature: str) -> None:
    """Each signed report counts once. Raises Conflict for one that came before."""
    row = FormKey(key_hash=vault.fingerprint(f"report:{signature}"), digest="")
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        raise Conflict from None


def forget_old(now: datetime) -> int:
    """Marks of mails that can no longer come back. Returns how many."""
    old = sa.update(Delivery).where(Delivery.reference_at < now - COUNTS_FOR)
    forgotten = old.values(reference=None, sent_to=None, reference_at=None)
    return int(db.session.execute(forgotten).rowcount)  # type: ignore[attr-defined]

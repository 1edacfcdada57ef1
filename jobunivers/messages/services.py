"""Messages come into a citizen's thread and leave the house through the outbox, in the transaction
of their cause.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.extensions import db
from jobunivers.messages import notices, queries, rules
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import unreachable_services as unreachable
from jobunivers.messages.models import Delivery, Message, OutboxJob
from jobunivers.messages.types import (
    BY_HAND,
    CAPPED,
    DEAD,
    Channel,
    Failure,
    JobState,
    Reach,
    Recipient,
)
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import NotFound
from jobunivers.shared.profile import Profile

DELIVER = "messages.deliver"
KEEP_JOBS = timedelta(days=90)
KEEP_ADDRESSES = timedelta(days=7)  # longer than the three days for which a mail is tried


def notify(
    recipient: Recipient,
    kind: str,
    params: dict[str, Any],
    *,
    now: datetime,
    key: str | None = None,
    author_id: UUID | None = None,
    subject_key: str | None = None,
    not_after: datetime | None = None,
    begins_at: datetime | None = None,
) -> Message:
    """Stores a notice in the citizen's thread and queues its mail, SMS or letter; the same `key`
    twice is one notice.

    `params`: JSON values that render() of the kind understands. `subject_key`, `not_after` and
    `begins_at` bind the delivery to a thing, as in `enqueue`.
    """
    message = Message(
        citizen_id=recipient.citizen_id,
        author_id=author_id,
        kind=kind,
        params=json.loads(json.dumps(params, default=str)),
        key=key,
        created_at=now,
    )
    bound = {"not_after": not_after, "begins_at": begins_at}
    return _deliver(recipient, message, now=now, subject_key=subject_key, **bound)


def reach(recipient: Recipient, *, begins_at: datetime, now: datetime) -> Reach:
    """How and when she hears of a change to something that begins then."""
    return rules.reach(
        recipient,
        begins_at=begins_at,
        now=now,
        quiet_hours=current_profile().quiet_hours,
        zone=clock.COPENHAGEN,
    )


def notify_all(
    kind: str, told: Sequence[tuple[Recipient, dict[str, Any], str]], *, now: datetime
) -> None:
    """`notify` for many citizens in five statements: (recipient, params, key). The keys must be
    new: made of an id that has just been drawn.
    """
    profile, purpose = current_profile(), notices.find_kind(kind).purpose
    since = now - timedelta(days=rules.CAP_DAYS)
    sent = queries.count_deliveries_of(
        [recipient.citizen_id for recipient, _params, _key in told],
        notices.capped_kinds(),
        since=since,
    )
    dead = unreachable.dead_ways([recipient for recipient, _params, _key in told])
    rows: list[dict[str, Any]] = []
    deliveries: list[dict[str, Any]] = []
    for recipient, params, key in told:
        rows.append(
            {
                "id": uuid4(),
                "citizen_id": recipient.citizen_id,
                "kind": kind,
                "params": json.loads(json.dumps(params, default=str)),
                "key": key,
                "created_at": now,
            }
        )
        ways = dead.get(recipient.citizen_id, frozenset())
        channel, lately = rules.choose_channel(recipient, ways), sent.get(recipient.citizen_id, 0)
        if channel != Channel.NONE and rules.may_send(
            purpose, sent_lately=lately, cap=profile.reminders_per_week
        ):
            sent[recipient.citizen_id] = lately + 1
            deliveries.append(
                {
                    "id": uuid4(),
                    "message_id": rows[-1]["id"],
                    "channel": channel,
                    "address": address_of(recipient),
                    "why": _why(channel, ways),
                    "created_at": now,
                }
            )
    for model, made in ((Message, rows), (Delivery, deliveries)):
        if made:
            db.session.execute(sa.insert(model), made)
    jobs = {
        f"deliver:{one['id']}": {"delivery": one["id"]}
        for one in deliveries
        if one["channel"] not in BY_HAND
    }
    outbox.enqueue_all(
        DELIVER, jobs, run_at=rules.polite_time(now, profile.quiet_hours, clock.COPENHAGEN)
    )


def write_to_citizen(
    recipient: Recipient, body: str, *, author_id: UUID, now: datetime, key: str
) -> Message:
    """A member of staff writes; what the citizen had asked counts as answered. `key` is the form's:
    sent twice, it is one message.
    """
    mark_answered(recipient.citizen_id, now=now)
    return _deliver(
        recipient,
        Message(
            citizen_id=recipient.citizen_id, author_id=author_id, body=body, key=key, created_at=now
        ),
        now=now,
    )


def write_from_citizen(
    citizen_id: UUID, body: str, *, author_id: UUID, now: datetime, key: str
) -> Message:
    """The citizen, or her helper, writes to the caseworker."""
    return _store(
        Message(
            citizen_id=citizen_id,
            author_id=author_id,
            from_citizen=True,
            body=body,
            key=key,
            created_at=now,
        )
    )


def mark_read(citizen_id: UUID, *, now: datetime, by_citizen: bool) -> int:
    """What the other side wrote has been seen. Returns how many messages were new."""
    unread = sa.update(Message).where(
        Message.citizen_id == citizen_id,
        Message.from_citizen.is_(not by_citizen),
        Message.read_at.is_(None),
    )
    return int(db.session.execute(unread.values(read_at=now)).rowcount)  # type: ignore[attr-defined]


def mark_answered(citizen_id: UUID, *, now: datetime) -> int:
    """Everything the citizen asked is answered: in writing, by phone or at a meeting. Returns how
    many messages waited.
    """
    waiting = sa.update(Message).where(
        Message.citizen_id == citizen_id,
        Message.from_citizen.is_(True),
        Message.answered_at.is_(None),
    )
    return int(db.session.execute(waiting.values(answered_at=now)).rowcount)  # type: ignore[attr-defined]


def mark_done_by_hand(delivery_id: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """Somebody has put the letter into the post, or reached her by phone; its address is forgotten.
    A second tap changes nothing. Raises NotFound.
    """
    delivery = db.session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None or delivery.channel not in BY_HAND:
        raise NotFound
    if delivery.sent_at is None:
        delivery.sent_at, delivery.by_user_id, delivery.address = now, by_user_id, {}
        db.session.flush()


def hand_over(message_id: UUID) -> None:
    """Somebody has a task to call about this message: she does not stand among the not reached too.
    A letter still goes.
    """
    waiting = (Delivery.message_id == message_id, Delivery.sent_at.is_(None))
    db.session.execute(sa.delete(Delivery).where(*waiting, Delivery.channel == Channel.CALL))
    letter = sa.update(Delivery).where(*waiting, Delivery.channel == Channel.LETTER)
    db.session.execute(letter.values(why=None))


def withdraw_unsent(citizen_id: UUID) -> None:
    """What has not left the house never does: the thread keeps it, no mail, SMS or letter follows."""
    about = sa.select(Message.id).where(Message.citizen_id == citizen_id)
    db.session.execute(
        sa.delete(Delivery).where(Delivery.message_id.in_(about), Delivery.sent_at.is_(None))
    )


def mark_sent(delivery: Delivery, mark: str, *, now: datetime) -> None:
    """Mail or SMS has left; the address is forgotten, but for what knows it again should the mail
    come back.
    """
    field = unreachable.FIELD[delivery.channel]
    to = unreachable.fingerprint_of(delivery.channel, delivery.address.get(field) or "")
    db.session.execute(
        sa.update(Delivery)
        .where(Delivery.id == delivery.id, Delivery.sent_at.is_(None))
        .values(sent_at=now, address={}, reference=mark, sent_to=to, reference_at=now)
    )


def fall_back(delivery_id: UUID, why: Failure, *, now: datetime, is_known: bool = False) -> None:
    """It did not get through: a letter or a call takes its place, so that nobody waits for a
    message that never comes. A dead address is remembered, and not tried again (`is_known`: it is
    already, and the delivery's address is another one).
    """
    found = queries.find_delivery(delivery_id)
    if found is None or found[0].failed_at is not None or found[0].sent_at is not None:
        return
    delivery, message = found
    if why in DEAD and not is_known:
        unreachable.remember(delivery.channel, delivery.address, why)
    happens_at = message.params.get("starts_at")
    channel = rules.instead(
        has_street=bool(delivery.address.get("address")),
        happens_at=datetime.fromisoformat(happens_at) if happens_at else None,
        now=now,
    )
    replacement = Delivery(
        message_id=message.id,
        channel=channel,
        address=delivery.address,
        why=why.value,
        created_at=now,
    )
    delivery.failed_at, delivery.why, delivery.address = now, why.value, {}
    db.session.add(replacement)
    db.session.flush()


def tidy(*, now: datetime) -> dict[str, int]:
    """Nightly: finished jobs go after 90 days; a message that is still here after seven days falls
    back, or is forgotten when it was called off. Returns how many of each.
    """
    finished = sa.delete(OutboxJob).where(
        OutboxJob.state != JobState.WAITING, OutboxJob.run_at < now - KEEP_JOBS
    )
    counts = {"jobs": _rows_of(finished), "fallen_back": 0, "addresses": 0}
    for delivery in queries.list_stuck(now - KEEP_ADDRESSES):
        job = queries.find_job(f"deliver:{delivery.id}")
        if job is not None and job.state != JobState.CANCELLED:
            fall_back(delivery.id, Failure.GIVEN_UP, now=now)
            counts["fallen_back"] += 1
        else:
            delivery.address = {}
            counts["addresses"] += 1
    return counts | {"forgiven": unreachable.forget_old(now)}


def _rows_of(statement: sa.Executable) -> int:
    return int(db.session.execute(statement).rowcount)  # type: ignore[attr-defined]


def _deliver(
    recipient: Recipient,
    message: Message,
    *,
    now: datetime,
    subject_key: str | None = None,
    not_after: datetime | None = None,
    begins_at: datetime | None = None,
) -> Message:
    profile = current_profile()
    ways = unreachable.dead_ways([recipient]).get(recipient.citizen_id, frozenset())
    channel = rules.choose_channel(recipient, ways)
    is_wanted = channel != Channel.NONE and _is_within_cap(
        recipient.citizen_id, message.kind, now, profile
    )
    stored = _store(message)
    if is_wanted and stored is message:
        delivery = Delivery(
            message_id=message.id,
            channel=channel,
            address=address_of(recipient),
            why=_why(channel, ways),
            created_at=now,
        )
        db.session.add(delivery)
        db.session.flush()
        if channel not in BY_HAND:
            run_at = rules.polite_time(
                now, profile.quiet_hours, clock.COPENHAGEN, begins_at=begins_at
            )
            outbox.enqueue(
                DELIVER,
                {"delivery": delivery.id},
                run_at=run_at,
                key=f"deliver:{delivery.id}",
                subject_key=subject_key,
                not_after=not_after,
                begins_at=begins_at,
            )
    return stored


def _is_within_cap(citizen_id: UUID, kind: str, now: datetime, profile: Profile) -> bool:
    purpose = notices.find_kind(kind).purpose
    if purpose not in CAPPED:
        return True
    lately = queries.count_deliveries(
        citizen_id, notices.capped_kinds(), since=now - timedelta(days=rules.CAP_DAYS)
    )
    return rules.may_send(purpose, sent_lately=lately, cap=profile.reminders_per_week)


def _store(message: Message) -> Message:
    """The message, or the one that the same cause already made, also when both are made at the same
    moment.
    """
    if message.key is None:
        db.session.add(message)
        db.session.flush()
        return message
    if known := queries.find_message_by_key(message.key):
        return known
    try:
        with db.session.begin_nested():
            db.session.add(message)
    except IntegrityError:
        known = queries.find_message_by_key(message.key)
        if known is None:
            raise
        return known
    return message


def _why(channel: Channel, dead: frozenset[Channel]) -> str | None:
    """Why somebody must post or call, when it is not the citizen's own wish."""
    if channel not in BY_HAND or (channel == Channel.LETTER and not dead):
        return None
    return (Failure.REFUSED if dead else Failure.NO_ADDRESS).value


def address_of(recipient: Recipient) -> dict[str, Any]:
    """What a delivery keeps of her until it has gone."""
    return {
        "name": recipient.name,
        "email": recipient.email,
        "phone": recipient.phone,
        "address": recipient.address,
        "locale": recipient.locale,
    }

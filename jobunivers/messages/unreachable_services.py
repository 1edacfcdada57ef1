"""Addresses and numbers that refused us, or from which mail came back: not tried again, until
something shows that they live. Known by a keyed fingerprint, never in clear.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.extensions import db
from jobunivers.messages.models import UnreachableAddress
from jobunivers.messages.types import Channel, Failure, Recipient
from jobunivers.shared import vault
from jobunivers.shared.addresses import address_key

FORGIVEN_AFTER = timedelta(days=90)  # mailboxes come back: tried once more
MOST_IN_QUERY = 10_000
FIELD = {Channel.EMAIL: "email", Channel.SMS: "phone"}


def fingerprint_of(channel: Channel, text: str) -> str:
    """What an address or number is known by."""
    return vault.fingerprint(_plain(channel, text))


def fingerprints_of(channel: Channel, text: str) -> list[str]:
    """The same by every signing key, while they change."""
    return vault.fingerprints(_plain(channel, text))


def _plain(channel: Channel, text: str) -> str:
    plain = address_key(text) if channel == Channel.EMAIL else text
    return f"{channel.value}:{plain}"


def remember(channel: Channel, address: Mapping[str, Any], why: Failure) -> None:
    """This way does not work any more."""
    text = address.get(FIELD.get(channel, ""))
    if not text:
        return
    remember_mark(channel, fingerprint_of(channel, text), why)


def remember_mark(channel: Channel, fingerprint: str, why: Failure) -> None:
    """The same for an address of which only the fingerprint is known."""
    row = UnreachableAddress(channel=channel, fingerprint=fingerprint, why=why.value)
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return  # known already


def forget(channel: Channel, text: str) -> None:
    """It lives: somebody has just written from it, or says so."""
    db.session.execute(
        sa.delete(UnreachableAddress).where(
            UnreachableAddress.channel == channel,
            UnreachableAddress.fingerprint.in_(fingerprints_of(channel, text)),
        )
    )


def forget_all(address: Mapping[str, Any]) -> None:
    """Every way of this person is tried again."""
    for channel, field in FIELD.items():
        if address.get(field):
            forget(channel, address[field])


def forget_old(now: datetime) -> int:
    """After some months every address gets another chance. Returns how many."""
    old = sa.delete(UnreachableAddress).where(UnreachableAddress.created_at < now - FORGIVEN_AFTER)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]


def dead_ways(recipients: Sequence[Recipient]) -> dict[UUID, frozenset[Channel]]:
    """Which ways are dead for whom, in one query; people whom everything reaches are left out."""
    citizens: defaultdict[tuple[Channel, str], set[UUID]] = defaultdict(set)
    for recipient in recipients:
        for channel, text in _ways(recipient):
            for mark in fingerprints_of(channel, text):
                citizens[channel, mark].add(recipient.citizen_id)
    if not citizens:
        return {}
    query = sa.select(UnreachableAddress.channel, UnreachableAddress.fingerprint)
    if len(citizens) <= MOST_IN_QUERY:  # beyond it the few dead ones are read whole
        query = query.where(UnreachableAddress.fingerprint.in_([mark for _, mark in citizens]))
    found: defaultdict[UUID, set[Channel]] = defaultdict(set)
    for row in db.session.execute(query.order_by(UnreachableAddress.id)):
        for citizen_id in citizens.get((row.channel, row.fingerprint), ()):
            found[citizen_id].add(row.channel)
    return {citizen_id: frozenset(ways) for citizen_id, ways in found.items()}


def _ways(recipient: Recipient) -> Iterable[tuple[Channel, str]]:
    for channel, text in ((Channel.EMAIL, recipient.email), (Channel.SMS, recipient.phone)):
        if text:
            yield channel, text

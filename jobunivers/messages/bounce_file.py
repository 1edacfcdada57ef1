"""Reads a mail that came back: a delivery status notification (RFC 3464), as mail servers write it.
Anything else, an auto-reply above all, is no bounce.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from jobunivers.messages import verdict_rules as verdicts
from jobunivers.messages.types import Failure

LONGEST = 2**20  # a server gives our mail back with it, and our mails are small
REFERENCE = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
ADDRESS = re.compile(r"[^\s<>;,\"]+@[^\s<>;,\"]+")


@dataclass(frozen=True)
class Bounce:
    """What a server says of one of our mails. `references` may name it, `addresses` are to whom the
    server says it was sent.
    """

    references: frozenset[str]
    addresses: frozenset[str]
    why: Failure


def read_bounce(raw: bytes) -> Bounce | None:
    """The bad news in a mail; None when it is none: an auto-reply, a delay, good news, garbage."""
    if len(raw) > LONGEST:
        return None
    try:
        return _read(email.message_from_bytes(raw))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None  # hostile or broken beyond what the parser takes


def _read(mail: Message) -> Bounce | None:
    if mail.get_content_type() != "multipart/report":
        return None
    parts = list(mail.walk())
    blocks = [
        block
        for part in parts
        if part.get_content_type() == "message/delivery-status"
        for block in part.walk()
        if block.get("Action")
    ]
    found = [
        (block, verdicts.of_bounce(_of(block, "Action"), _of(block, "Status"))) for block in blocks
    ]
    why = next((verdict for _block, verdict in found if verdict is not None), None)
    if why is None:
        return None
    returned = list(_returned(parts))
    said = [_of(block, name) for block, verdict in found if verdict for name in RECIPIENTS]
    marks = [_of(one, "Message-ID") for one in returned] + [
        _of(mail, "To"),
        _of(mail, "Delivered-To"),
    ]
    return Bounce(
        references=frozenset(mark for text in marks for mark in REFERENCE.findall(text)),
        addresses=frozenset(
            address
            for text in said + [_of(one, "To") for one in returned]
            for address in ADDRESS.findall(text)
        ),
        why=why,
    )


RECIPIENTS = ("Original-Recipient", "Final-Recipient")


def _of(part: Message, name: str) -> str:
    return str(part.get(name, ""))


def _returned(parts: list[Message]) -> Iterator[Message]:
    """The head of our mail, given back whole or as text."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822" and part.is_multipart():
            yield from (one for one in part.get_payload() if isinstance(one, Message))
        elif kind in ("text/rfc822-headers", "message/rfc822-headers"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                yield email.message_from_bytes(payload)

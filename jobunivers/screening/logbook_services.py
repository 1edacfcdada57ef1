"""The log that proves what happened: append-only, each link holding the hash of the one before.

Payloads hold codes, ids and points, never names or free text. The person stands in it as a hash of
a random id, so that a
citizen can be erased (`citizen_id` is emptied) without breaking the chain.

Answers that were scored leave the log with the answers themselves: what is left of the link stands
as a hash in a later link of kind "shredded", so that the chain proves that it was we who took them
out, and that nothing else was changed.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from jobunivers.extensions import db
from jobunivers.screening import catalogue, log_queries, rules
from jobunivers.screening.models import ScreeningEvent
from jobunivers.screening.types import Scored
from jobunivers.shared import audit, chain

LOG = "screening"
FIRST = chain.FIRST
SHREDDED = "shredded"
ANSWERS = ("inputs", "points", "total", "weeks", "salt")  # what tells her answers
AT_ONCE = 500


def append(
    kind: str, payload: dict[str, Any], *, citizen_id: UUID | None, now: datetime
) -> ScreeningEvent:
    """Adds a link in the caller's transaction; others who append wait until it ends."""
    head = chain.lock_head(db.session, LOG, ScreeningEvent.__table__.c.number)
    if not head.is_signed(LOG):
        audit.record_unsigned_head(LOG, head)
    number, previous = head.number + 1, head.hash
    plain = json.loads(json.dumps({**payload, "subject": subject(citizen_id)}, default=str))
    event = ScreeningEvent(
        number=number,
        citizen_id=citizen_id,
        kind=kind,
        payload=plain,
        previous_hash=previous,
        created_at=now,
        hash=link(number, kind, plain, previous, now),
    )
    db.session.add(event)
    db.session.flush()
    chain.move_head(db.session, LOG, number, event.hash)
    return event


def subject(citizen_id: UUID | None) -> str | None:
    """The person as the log knows her."""
    return hashlib.sha256(citizen_id.bytes).hexdigest()[:32] if citizen_id else None


def link(number: int, kind: str, payload: dict[str, Any], previous: str, at: datetime) -> str:
    """The hash of a link: over everything in it and the hash of the one before."""
    text = json.dumps(
        [number, kind, payload, previous, at.astimezone(UTC).isoformat()],
        sort_keys=True,
        ensure_ascii=False,
    )
    return hashlib.sha256(text.encode()).hexdigest()


def scored_payload(scored: Scored, **more: Any) -> dict[str, Any]:
    """What the log keeps of a score: everything that is needed to compute it again. The salt goes
    with the answers, so that nobody finds them by trying which ones give the hash.
    """
    return {
        "salt": secrets.token_hex(16),
        "score": scored.version,
        "inputs": scored.inputs,
        "weeks": scored.weeks,
        "points": scored.points,
        "total": scored.total,
        **more,
    }


def without_answers(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of a scored link."""
    return {key: value for key, value in payload.items() if key not in ANSWERS}


def shred(events: Iterable[ScreeningEvent] | None = None, *, now: datetime) -> int:
    """Takes answers out of scored links, for good: of these, or of all whose questionnaire is gone.
    Returns how many.
    """
    found = log_queries.list_scored_without_screening() if events is None else events
    due = [event for event in found if "inputs" in event.payload]
    for start in range(0, len(due), AT_ONCE):
        left = {}
        for event in due[start : start + AT_ONCE]:
            event.payload = without_answers(event.payload)
            left[str(event.number)] = chain.digest_of(event.payload)
        append(SHREDDED, {"left": left}, citizen_id=None, now=now)
    return len(due)


def verify(anchors: Iterable[tuple[int, str]] = ()) -> list[str]:
    """One line for each broken link: number, hash, order, person, points that do not come out
    again, an end that is missing, an anchor that does not hold. Empty when the log is whole.
    """
    faults: list[str] = []
    number, previous, held = 0, FIRST, list(anchors)
    found: dict[int, str] = {}
    wanted = {anchored for anchored, _digest in held}
    left = log_queries.left_of_shredded()
    while events := log_queries.list_events(after=number):
        for event in events:
            faults += _faults(event, number, previous, left.get(event.number))
            number, previous = event.number, event.hash
            if number in wanted:
                found[number] = previous
    faults += chain.broken_anchors(held, found)
    chain.faults_at_the_end(LOG, number, previous, faults.append)
    return faults


def _faults(
    event: ScreeningEvent, number: int, previous: str, left: str | None = None
) -> list[str]:
    """`left`: the hash of what is left of a link whose answers were taken out."""
    found = []
    if event.number != number + 1 or event.previous_hash != previous:
        found.append(f"{event.number}: the link before it is missing or was changed")
    is_whole = event.hash == link(
        event.number, event.kind, event.payload, event.previous_hash, event.created_at
    )
    is_shredded = event.kind == "scored" and left == chain.digest_of(event.payload)
    if not (is_whole or is_shredded):
        found.append(f"{event.number}: its content was changed")
    if event.citizen_id is not None and event.payload.get("subject") != subject(event.citizen_id):
        found.append(f"{event.number}: it was moved to somebody else")
    if (
        event.kind == "draw"
        and "rest" in event.payload
        and not places_come_out_again(event.payload)
    ):
        found.append(f"{event.number}: its places do not come out again")
    if "points" in event.payload and not comes_out_again(event.payload):
        found.append(f"{event.number}: its points do not come out again")
    return found


def comes_out_again(payload: dict[str, Any]) -> bool:
    """True when scoring the logged answers with the logged version gives the logged points."""
    again = rules.score(
        payload["inputs"], weeks=payload["weeks"], version=catalogue.score_version(payload["score"])
    )
    return bool(dict(again.points) == payload["points"] and again.total == payload["total"])


def places_come_out_again(payload: dict[str, Any]) -> bool:
    """True when the logged capacity, needs, share and what was carried over give the logged places."""
    again = rules.places(
        payload["capacity"], payload["needs"], payload["share"], carried=payload["carried"]
    )
    return again == (payload["by_points"], payload["by_chance"], payload["rest"])

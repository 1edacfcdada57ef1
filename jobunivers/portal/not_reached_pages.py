"""Whom our messages did not reach: who, about what, why, and how to reach her instead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.messages import notices, queries
from jobunivers.messages.types import BY_HAND, Channel
from jobunivers.portal.thread_pages import TEXT
from jobunivers.portal.words import A_MESSAGE, WHY_NOT_REACHED
from jobunivers.shared.errors import NotFound
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.seen import note


@dataclass(frozen=True)
class Line:
    """One message that somebody must bring by hand."""

    delivery_id: UUID
    citizen_id: UUID
    name: str
    phone: str
    about: str
    why: object
    since: datetime
    is_letter: bool


def read(viewer_id: UUID) -> list[Line]:
    """Those of the viewer's teams, the longest wait first."""
    found = queries.list_not_reached(caseload.visible_ids(viewer_id, whole_team=True))
    note(one.citizen_id for one in found)
    people = {
        person.citizen_id: person
        for person in caseload.recipients_of({one.citizen_id for one in found})
    }
    return [_line(one, people[one.citizen_id].name, people[one.citizen_id].phone) for one in found]


def _line(one: queries.NotReached, name: str, phone: str | None) -> Line:
    message = one.message
    is_notice = message.kind != TEXT
    return Line(
        delivery_id=one.delivery_id,
        citizen_id=one.citizen_id,
        name=name,
        phone=phone or "",
        about=notices.read(message.kind, message.params, choose_locale()).title
        if is_notice
        else str(A_MESSAGE),
        why=WHY_NOT_REACHED[one.why],
        since=one.since,
        is_letter=one.channel == Channel.LETTER,
    )


def get(viewer_id: UUID, delivery_id: UUID) -> UUID:
    """The citizen of such a message. Raises NotFound for another team's."""
    found = queries.find_delivery(delivery_id)
    if found is None or found[0].channel not in BY_HAND:
        raise NotFound
    caseload.get_citizen_for(viewer_id, found[1].citizen_id)
    return found[1].citizen_id

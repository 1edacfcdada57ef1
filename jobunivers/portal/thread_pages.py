"""A citizen's thread as somebody reads it: notices in the reader's language with Danish at hand,
texts as they were written.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.contact import queries as contact
from jobunivers.identity import queries as identity
from jobunivers.messages import notices, rules
from jobunivers.messages import queries as messages
from jobunivers.messages.queries import Unanswered
from jobunivers.messages.types import NoticeText
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.i18n import DEFAULT_LOCALE

if TYPE_CHECKING:
    from jobunivers.messages.models import Message

TEXT = "text"


@dataclass(frozen=True)
class Entry:
    """One message. `text` is what a person wrote; a notice has `own` (in `locale`) and `danish`
    when that is another language.
    """

    id: UUID
    at: datetime
    who: str
    from_citizen: bool
    is_new: bool
    text: str
    own: NoticeText | None
    danish: NoticeText | None
    locale: str
    answer_by: date | None  # the promise, while the citizen waits


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a plain text."""
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def read(citizen_id: UUID, *, locale: str, by_citizen: bool) -> list[Entry]:
    """The thread, newest first. `locale`: the citizen's language for staff, the reader's for the
    citizen herself.
    """
    found = messages.list_messages(citizen_id)
    names = identity.names_of(message.author_id for message in found if message.author_id)
    waits = [
        message.created_at
        for message in found
        if message.from_citizen and message.answered_at is None
    ]
    closed = _closed(min(waits), max(waits)) if waits else frozenset()
    return [
        _entry(message, names, locale=locale, by_citizen=by_citizen, closed=closed)
        for message in found
    ]


def promised_by(now: datetime) -> date:
    """When a message written now is answered at the latest."""
    return rules.answer_by(clock.danish_day(now), current_profile().answer_days, _closed(now, now))


@dataclass(frozen=True)
class Waiting:
    """A citizen who waits for an answer, and until when it is promised."""

    citizen_id: UUID
    since: datetime
    count: int
    answer_by: date


def with_promises(waiting: list[Unanswered]) -> list[Waiting]:
    """The same list with the day by which each oldest question is to be answered."""
    if not waiting:
        return []
    closed, days = (
        _closed(min(row.since for row in waiting), max(row.since for row in waiting)),
        current_profile().answer_days,
    )
    return [
        Waiting(
            row.citizen_id,
            row.since,
            row.count,
            rules.answer_by(clock.danish_day(row.since), days, closed),
        )
        for row in waiting
    ]


def _closed(first: datetime, last: datetime) -> frozenset[date]:
    return contact.closed_days(clock.danish_day(first), clock.danish_day(last) + timedelta(days=30))


def _entry(
    message: "Message",
    names: dict[UUID, str],
    *,
    locale: str,
    by_citizen: bool,
    closed: frozenset[date],
) -> Entry:
    is_notice = message.kind != TEXT
    waits = message.from_citizen and message.answered_at is None
    return Entry(
        id=message.id,
        at=message.created_at,
        who=names.get(message.author_id, "") if message.author_id else str(_("Automatic message")),
        from_citizen=message.from_citizen,
        is_new=message.read_at is None and message.from_citizen is not by_citizen,
        text=message.body or "",
        own=notices.read(message.kind, message.params, locale) if is_notice else None,
        danish=notices.read(message.kind, message.params, DEFAULT_LOCALE)
        if is_notice and locale != DEFAULT_LOCALE
        else None,
        locale=locale,
        answer_by=rules.answer_by(
            clock.danish_day(message.created_at), current_profile().answer_days, closed
        )
        if waits
        else None,
    )

"""Letters on paper: what stands on each sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.identity import queries as identity
from jobunivers.messages import notices, queries
from jobunivers.messages.types import NoticeText
from jobunivers.portal.thread_pages import TEXT
from jobunivers.shared.errors import NotFound
from jobunivers.shared.i18n import DEFAULT_LOCALE
from jobunivers.shared.seen import note
from jobunivers.shared.template_context import ProfileWords, profile_words

if TYPE_CHECKING:
    from jobunivers.messages.models import Delivery, Message


@dataclass(frozen=True)
class Sheet:
    """One letter. `own` is None for what a member of staff wrote: then `text` is the letter, signed
    by `author`.
    """

    id: UUID
    citizen_id: UUID
    name: str
    address: str
    locale: str
    written_at: datetime
    own: NoticeText | None
    danish: NoticeText | None
    text: str
    author: str
    words: ProfileWords


def read(viewer_id: UUID) -> list[Sheet]:
    """Letters to citizens of the viewer's teams that wait to be posted, oldest first."""
    found = queries.list_letters(caseload.contact_ids(viewer_id))
    return _sheets(found)


def citizen_of(viewer_id: UUID, delivery_id: UUID) -> UUID:
    """Whose letter that is, before anything of it is read. Raises NotFound, also when it has been
    posted.
    """
    found = queries.find_delivery(delivery_id)
    if found is None or found[0].sent_at is not None:
        raise NotFound
    caseload.caseworker_of_visible(viewer_id, found[1].citizen_id)
    if not caseload.reads_contact(viewer_id, caseload.get_citizen(found[1].citizen_id)):
        raise NotFound  # her name and address are protected
    return found[1].citizen_id


def get(viewer_id: UUID, delivery_id: UUID) -> Sheet:
    """One of those letters. Raises NotFound, also when it has been posted."""
    citizen_of(viewer_id, delivery_id)
    found = queries.find_delivery(delivery_id)
    if found is None:
        raise NotFound
    return _sheets([found], notices.read_on_paper)[0]


def _sheets(
    found: "list[tuple[Delivery, Message]]",
    read: Callable[[str, dict[str, Any], str], NoticeText] = notices.read,
) -> list[Sheet]:
    note(message.citizen_id for _delivery, message in found)  # the name stands on the envelope
    authors = identity.names_of(
        message.author_id for _delivery, message in found if message.author_id
    )
    return [_sheet(delivery, message, authors, read) for delivery, message in found]


def _sheet(
    delivery: "Delivery",
    message: "Message",
    authors: dict[UUID, str],
    read: Callable[[str, dict[str, Any], str], NoticeText],
) -> Sheet:
    locale, is_notice = delivery.address["locale"], message.kind != TEXT
    return Sheet(
        id=delivery.id,
        citizen_id=message.citizen_id,
        name=delivery.address["name"],
        address=delivery.address["address"] or "",
        locale=locale,
        written_at=message.created_at,
        own=read(message.kind, message.params, locale) if is_notice else None,
        danish=read(message.kind, message.params, DEFAULT_LOCALE)
        if is_notice and locale != DEFAULT_LOCALE
        else None,
        text=message.body or "",
        author=authors.get(message.author_id, "") if message.author_id else "",
        words=profile_words(locale),
    )

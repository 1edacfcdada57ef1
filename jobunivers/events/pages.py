"""The pages of events, prepared for their templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from jobunivers.events import queries, rules, words
from jobunivers.events.types import OwnSignUp
from jobunivers.shared import clock, i18n

if TYPE_CHECKING:
    from jobunivers.events.models import Event


@dataclass(frozen=True)
class Shown:
    """An event with the reader's words about it. `title` and `text` go with the language they are
    in.
    """

    event: "Event"
    title: str
    title_lang: str
    text: str
    text_lang: str
    spoken: str
    is_open: bool
    is_full: bool
    is_reminded: bool
    coming: int
    waiting: int = 0


def _shown(event: "Event", locale: str, now: datetime, coming: int, waiting: int = 0) -> Shown:
    return Shown(
        event,
        *words.text(event.title, locale),
        *words.text(event.text, locale),
        i18n.own_name(event.language),
        rules.is_open(
            today=clock.danish_day(now),
            now=now,
            sign_up_by=event.sign_up_by,
            starts_at=event.starts_at,
            is_cancelled=event.cancelled_at is not None,
        ),
        not rules.has_seat_left(event.seats, coming),
        rules.remind_at(event.starts_at, now) is not None,
        coming,
        waiting,
    )


def coming_events(locale: str, now: datetime) -> list[Shown]:
    """All that are not over, the first to begin first."""
    coming = queries.count_coming()
    return [
        _shown(event, locale, now, coming.get(event.id, 0)) for event in queries.list_events(now)
    ]


def one(event_id: UUID, locale: str, now: datetime) -> Shown:
    """One event. Raises NotFound."""
    return _shown(queries.get_event(event_id), locale, now, *queries.count_line(event_id))


def own(event_id: UUID, citizen_id: UUID | None) -> OwnSignUp | None:
    """Whether the reader comes or waits."""
    return queries.find_own(event_id, citizen_id) if citizen_id else None

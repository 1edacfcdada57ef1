"""The calendar file of an event. Events are public, so it says what they are; that somebody comes
stands nowhere in it.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from jobunivers.events import words
from jobunivers.shared.web import whole_url

if TYPE_CHECKING:
    from jobunivers.events.models import Event


def build(event: "Event", locale: str, *, now: datetime) -> bytes:
    """The file in the reader's language; times in UTC, which every calendar shows on its own clock."""
    from icalendar import Calendar  # loaded only when needed
    from icalendar import Event as Entry

    calendar, entry = Calendar(), Entry()
    calendar.add("prodid", "-//Jobunivers//Events//EN")
    calendar.add("version", "2.0")
    entry.add("uid", f"event-{event.id}@jobunivers")
    entry.add("dtstamp", now)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("summary", words.text(event.title, locale)[0])
    entry.add("location", event.place)
    entry.add("url", whole_url("events.show_event", event_id=event.id))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())

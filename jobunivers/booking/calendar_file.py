"""The calendar file of a meeting: neutral, with a stable UID and a rising SEQUENCE, so that
calendars follow a move or a cancellation.
"""

from datetime import datetime

from flask_babel import gettext as _

from jobunivers.booking import rules
from jobunivers.booking.types import PLACES, Form, MeetingLine
from jobunivers.shared.addresses import leaving
from jobunivers.shared.current import current_profile
from jobunivers.shared.i18n import speaking
from jobunivers.shared.web import whole_url

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
# The rule form: half a kilobyte, right for every year; agreed with zoneinfo for every hour of
# 2026-31.
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
""".replace("\n", "\r\n")


def method_of(meeting: MeetingLine, attendee: str = "") -> str:
    """REQUEST to somebody while the meeting takes place, CANCEL when it does not, PUBLISH for a file
    that is fetched (RFC 5546).
    """
    if meeting.status in rules.CANCELLED:
        return CANCEL
    return REQUEST if attendee else PUBLISH


def build(meeting: MeetingLine, locale: str, *, now: datetime, attendee: str = "") -> bytes:
    """The file, in the reader's language. No name, no number, no kind or content of the meeting:
    calendars are seen by others. `attendee` is the address to which it is sent.
    """
    from icalendar import (
        Calendar,
        Event,
        Timezone,
        vCalAddress,
        vText,
    )  # a tenth of the start, and only booked meetings need it

    profile = current_profile()
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Jobunivers//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method_of(meeting, attendee))
    calendar.add_component(Timezone.from_ical(VTIMEZONE))
    event.add("uid", f"meeting-{meeting.id}@jobunivers")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", meeting.starts_at.astimezone(rules.COPENHAGEN))
    event.add("dtend", meeting.ends_at.astimezone(rules.COPENHAGEN))
    event.add("status", "CANCELLED" if method_of(meeting) == CANCEL else "CONFIRMED")
    event.add("class", "PRIVATE")
    with speaking(locale):
        event.add(
            "summary",
            _("Meeting, %(municipality)s", municipality=profile.text(profile.name, locale)),
        )
        event.add("location", _where(meeting))
    event.add("url", whole_url("booking.show_meeting", meeting_id=meeting.id))
    organizer = vCalAddress(f"MAILTO:{profile.email}")
    organizer.params["cn"] = vText(profile.text(profile.name, locale))
    event["organizer"] = organizer
    if attendee:
        guest = vCalAddress(f"MAILTO:{leaving(attendee, takes_utf8=True)}")
        guest.params |= {"partstat": vText("ACCEPTED"), "rsvp": vText("FALSE")}
        event["attendee"] = guest
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _where(meeting: MeetingLine) -> str:
    """The way to meet, or the address without the name of the house."""
    if meeting.form in PLACES and meeting.location:
        places = current_profile().locations
        return next((each.address for each in places if each.code == meeting.location), "")
    return str(_("By phone") if meeting.form is Form.PHONE else _("By video"))

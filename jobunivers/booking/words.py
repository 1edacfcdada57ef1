"""Codes of booking as words in the reader's language; templates get this module as `words`."""

from datetime import date, datetime, timedelta

from babel import Locale
from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.booking.notices import form_words
from jobunivers.booking.types import AppointmentStatus, Form, MeetingLine
from jobunivers.caseload.types import AwayFor
from jobunivers.contact import rules as contact
from jobunivers.contact.notices import kind_name
from jobunivers.contact.types import Asked
from jobunivers.messages.types import Channel, Reach
from jobunivers.shared import clock, i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.profile import Location

ICONS = {
    Form.PHONE: "phone",
    Form.VIDEO: "video",
    Form.OFFICE: "location",
    Form.LIBRARY: "location",
}
S = AppointmentStatus


def kind(code: str) -> str:
    """The meeting kind's name."""
    return kind_name(code, i18n.choose_locale())


def kind_text(code: str, which: str) -> str:
    """`purpose` or `bring` of a meeting kind; empty for a kind the profile no longer has."""
    profile = current_profile()
    try:
        return profile.text(getattr(profile.kind(code), which), i18n.choose_locale())
    except KeyError:
        return ""


def form(code: str) -> str:
    """How people meet."""
    return form_words(code)


def icon(code: str) -> str:
    """The drawing that goes with it."""
    return ICONS[Form(code)]


def place(code: str | None) -> Location | None:
    """The place of a meeting, or None."""
    try:
        return current_profile().location(code) if code else None
    except KeyError:
        return None


def when_she_knows(reach: Reach, now: datetime) -> str:
    """For staff who change her meeting: how and when she hears of it, or that somebody must call."""
    is_sms = reach.channel is Channel.SMS
    if reach.at is None:
        told = _("No message reaches her before then. Call her: it is on your list of tasks.")
    elif reach.channel is Channel.LETTER:
        told = _("She gets a letter. It takes some days.")
    elif reach.channel is Channel.NONE:
        told = _("She reads it when she looks at her messages.")
    elif reach.at <= now:
        told = _("She gets an SMS at once.") if is_sms else _("She gets an e-mail at once.")
    else:
        when = {"day": i18n.day(clock.danish_day(reach.at)), "time": i18n.time_of_day(reach.at)}
        told = (
            _("It is quiet time. She gets an SMS %(day)s at %(time)s.", **when)
            if is_sms
            else _("It is quiet time. She gets an e-mail %(day)s at %(time)s.", **when)
        )
    return str(told)


def text(texts: dict[str, str]) -> str:
    """A text of the profile in the reader's language."""
    return current_profile().text(texts, i18n.choose_locale())


def language(code: str | None) -> str:
    """A language's name in the reader's language."""
    return str(Locale.parse(i18n.choose_locale()).languages.get(code or "", code or ""))


def countdown(deadline_on: date, today: date) -> str:
    """The last day to book and how far away it is, without a threat."""
    days, day = contact.days_left(deadline_on, today), i18n.day(deadline_on)
    if days < 0:
        return str(
            _(
                "The day to book by was %(day)s. You can still book. Nothing happens by itself.",
                day=day,
            )
        )
    if days == 0:
        return str(_("You have until today, %(day)s.", day=day))
    return str(
        ngettext(
            "You have until %(day)s: %(num)s day.",
            "You have until %(day)s: %(num)s days.",
            days,
            day=day,
        )
    )


def status(meeting: MeetingLine, now: datetime) -> tuple[str, str]:
    """(words, tone) for a citizen: never a reproach."""
    if meeting.is_booked and meeting.ends_at <= now:
        return _("Over"), "info"
    return {
        S.REQUESTED: (_("Asked for"), "info"),
        S.BOOKED: (_("Booked"), "good"),
        S.HELD: (_("We met"), "good"),
        S.CANCELLED_BY_CITIZEN: (_("You cancelled"), "info"),
        S.CANCELLED_BY_OFFICE: (_("Cancelled by us"), "info"),
        S.MISSED: (_("We did not meet"), "info"),
        S.UNKNOWN: (_("Over"), "info"),
    }[meeting.status]


def what_was_done(asked: str, *, is_coming: bool) -> str:
    """`booked`, `moved` or `cancelled` when the page may say so as the meeting stands now, else ''."""
    return (
        asked
        if (asked in ("booked", "moved") and is_coming) or (asked == "cancelled" and not is_coming)
        else ""
    )


def title(done: str) -> str:
    """The heading of a meeting's page; neutral, because a kind of meeting may tell something about
    the person.
    """
    titles = {
        "booked": _("Your meeting is booked"),
        "moved": _("Your meeting has a new time"),
        "cancelled": _("Your meeting is cancelled"),
    }
    return str(titles.get(done, _("Your meeting")))


def staff_status(meeting: MeetingLine, now: datetime) -> tuple[str, str]:
    """(words, tone) for a caseworker."""
    if meeting.is_booked and meeting.ends_at <= now:
        return _("Did it take place?"), "careful"
    return {
        S.REQUESTED: (_("Asked for"), "info"),
        S.BOOKED: (_("Booked"), "info"),
        S.HELD: (_("Held"), "good"),
        S.CANCELLED_BY_CITIZEN: (_("Cancelled by the citizen"), "info"),
        S.CANCELLED_BY_OFFICE: (_("Cancelled by us"), "info"),
        S.MISSED: (_("Missed"), "careful"),
        S.UNKNOWN: (_("Not known"), "info"),
    }[meeting.status]


def weekdays() -> list[tuple[int, str]]:
    """Monday to Friday by name."""
    names = Locale.parse(i18n.choose_locale()).days["stand-alone"]["wide"]
    return [(number, str(names[number]).capitalize()) for number in range(5)]


def weekly(weekday: int, starts_minute: int, ends_minute: int) -> str:
    """A weekly time as a sentence; weekdays are declined, so each has its own."""
    start, end = i18n.wall_time(starts_minute), i18n.wall_time(ends_minute)
    return str(
        (
            _("Mondays from %(start)s to %(end)s", start=start, end=end),
            _("Tuesdays from %(start)s to %(end)s", start=start, end=end),
            _("Wednesdays from %(start)s to %(end)s", start=start, end=end),
            _("Thursdays from %(start)s to %(end)s", start=start, end=end),
            _("Fridays from %(start)s to %(end)s", start=start, end=end),
        )[weekday]
    )


def monday_of(day: date) -> date:
    """The Monday of that week."""
    return day - timedelta(days=day.weekday())


def today() -> date:
    """The product's day, for templates that count days."""
    return clock.today()


def host(meeting: MeetingLine, *, begins: bool = False) -> str:
    """With whom a meeting is; nobody's name while a colleague is found for one who has left.
    `begins`: at the beginning of a sentence.
    """
    if meeting.host_name:
        return meeting.host_name
    return str(_("A colleague of ours") if begins else _("a colleague of ours"))


def called_by(asked: Asked) -> str:
    """Who calls her by when; nobody's name while that colleague is away or gone."""
    day = i18n.day(asked.due_on)
    if asked.name:
        return str(
            _(
                "We know. %(name)s calls you by %(day)s. Nothing happens by itself.",
                name=asked.name,
                day=day,
            )
        )
    return str(
        _("We know. A colleague of ours calls you by %(day)s. Nothing happens by itself.", day=day)
    )


def away_for(code: str) -> str:
    """Why a colleague is away."""
    words: dict[str, str] = {
        AwayFor.HOLIDAY: _("Holiday"),
        AwayFor.COURSE: _("Course"),
        AwayFor.OTHER: _("Other"),
    }
    return str(words.get(code, words[AwayFor.OTHER]))

"""What a citizen reads about her meetings in her messages, and the calendar file that goes with the
mail.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobunivers.booking import calendar_file, queries, services
from jobunivers.booking import link_http as links
from jobunivers.booking import survey_services as surveys
from jobunivers.booking.types import Form
from jobunivers.contact.notices import kind_name
from jobunivers.messages import notices
from jobunivers.messages.mail_pages import Attachment
from jobunivers.messages.types import NoticeText, Outside, Purpose, Topic
from jobunivers.shared import clock, i18n
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import path_to


def form_words(form: str) -> str:
    """How people meet, in words."""
    words = {
        Form.PHONE: _("By phone"),
        Form.VIDEO: _("By video"),
        Form.OFFICE: _("At our office"),
        Form.LIBRARY: _("At the library"),
    }
    return str(words[Form(form)])


def _when(params: dict[str, Any], locale: str) -> str:
    starts_at = datetime.fromisoformat(params["starts_at"])
    what, how = kind_name(params["kind"], locale), form_words(params["form"])
    day, time = i18n.day(starts_at, locale), i18n.time_of_day(starts_at, locale)
    return str(_("%(what)s: %(day)s at %(time)s. %(how)s.", what=what, day=day, time=time, how=how))


def _text(title: str, params: dict[str, Any], locale: str, *more: str) -> NoticeText:
    return NoticeText(
        title,
        "\n\n".join((_when(params, locale), *more)),
        path_to("booking.show_meeting", meeting_id=params["appointment_id"]),
    )


def booked(params: dict[str, Any], locale: str) -> NoticeText:
    """A meeting is booked."""
    return _text(
        _("Your meeting is booked"), params, locale, _("You can move or cancel it yourself.")
    )


def moved(params: dict[str, Any], locale: str) -> NoticeText:
    """A meeting has another time."""
    return _text(
        _("Your meeting has a new time"), params, locale, _("The old time no longer applies.")
    )


def cancelled(params: dict[str, Any], locale: str) -> NoticeText:
    """A meeting does not take place."""
    return _text(
        _("Your meeting is cancelled"),
        params,
        locale,
        _("You need not do anything about this meeting any more."),
    )


def reminder(params: dict[str, Any], locale: str) -> NoticeText:
    """A meeting is near."""
    return _text(
        _("Your meeting is soon"),
        params,
        locale,
        _("If you cannot come, tell us there or call us."),
    )


def survey(params: dict[str, Any], _locale: str) -> NoticeText:
    """How was it? Neutral, and free to leave alone."""
    body = _(
        "You may answer a few short questions about our meeting. You decide yourself. "
        "Your name is not kept with the answers, and they change nothing in your case."
    )
    return NoticeText(
        _("How was the meeting?"),
        body,
        path_to("meeting_surveys.show_survey", meeting_id=params["appointment_id"]),
    )


def attach(params: dict[str, Any], locale: str, to: str) -> Sequence[Attachment]:
    """The calendar file as the meeting stands when the mail is sent to that address."""
    try:
        meeting = queries.get_meeting_by_id(UUID(params["appointment_id"]))
    except NotFound:
        return ()
    content = calendar_file.build(meeting, locale, now=clock.now(), attendee=to)
    method = calendar_file.method_of(meeting, to)
    return (Attachment("meeting.ics", content, "text/calendar", method),)


def _outside(kind: str) -> Callable[[dict[str, Any], str], Outside]:
    """Subject, first line and SMS: what happened, and when."""

    def say(params: dict[str, Any], locale: str) -> Outside:
        starts_at = datetime.fromisoformat(params["starts_at"])
        when = {
            "day": i18n.day(starts_at, locale),
            "time": i18n.time_of_day(starts_at, locale),
        }
        near = {**when, "day": f"{clock.local(starts_at):%d.%m}"}
        long, short = OUTSIDE[kind]
        texts = (str(long) % when, str(short) % near)
        if kind != services.REMINDER:
            return Outside(*texts)
        meeting_id = UUID(params["appointment_id"])
        link, short_link = (
            links.url_for_meeting(meeting_id),
            links.short_url_for_meeting(meeting_id),
        )
        return Outside(*texts, link=link, short_link=short_link)

    return say


OUTSIDE = {
    services.BOOKED: (
        _l("Your meeting is booked: %(day)s at %(time)s"),
        _l("Booked: %(day)s at %(time)s"),
    ),
    services.MOVED: (
        _l("Your meeting is moved to %(day)s at %(time)s"),
        _l("Moved to %(day)s at %(time)s"),
    ),
    services.CANCELLED: (
        _l("Your meeting on %(day)s at %(time)s is cancelled"),
        _l("Cancelled: %(day)s at %(time)s"),
    ),
    services.REMINDER: (
        _l("Remember your meeting: %(day)s at %(time)s"),
        _l("Remember: %(day)s at %(time)s"),
    ),
}


def register() -> None:
    """Makes the notices known (wiring.py)."""
    for kind, render in (
        (services.BOOKED, booked),
        (services.MOVED, moved),
        (services.CANCELLED, cancelled),
    ):
        notices.register(kind, render, topic=Topic.MEETING, attach=attach, outside=_outside(kind))
    notices.register(
        services.REMINDER,
        reminder,
        purpose=Purpose.REMINDER,
        topic=Topic.MEETING,
        outside=_outside(services.REMINDER),
    )
    notices.register(surveys.ASKED, survey, purpose=Purpose.SURVEY)

"""What a citizen reads about events in her messages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from jobunivers.events import services, words
from jobunivers.messages import notices
from jobunivers.messages.types import NoticeText, Outside, Purpose
from jobunivers.shared import clock, i18n
from jobunivers.shared.web import path_to


def _text(title: str, params: dict[str, Any], locale: str, *more: str) -> NoticeText:
    starts_at = datetime.fromisoformat(params["starts_at"])
    day, time = i18n.day(starts_at, locale), i18n.time_of_day(starts_at, locale)
    what, where = words.text(params["title"], locale)[0], params["place"] or _("Online")
    said = _(
        "%(what)s: %(day)s at %(time)s. %(where)s.", what=what, day=day, time=time, where=where
    )
    return NoticeText(
        title, "\n\n".join((said, *more)), path_to("events.show_event", event_id=params["event_id"])
    )


def signed_up(params: dict[str, Any], locale: str) -> NoticeText:
    """She has a seat."""
    return _text(
        _("You are signed up"),
        params,
        locale,
        _("If you cannot come, sign off on the event’s page, so that somebody else gets the seat."),
    )


def waiting(params: dict[str, Any], locale: str) -> NoticeText:
    """All seats are taken."""
    return _text(
        _("You are on the waiting list"),
        params,
        locale,
        _("All seats are taken. If one becomes free, it is yours, and we write to you."),
    )


def got_seat(params: dict[str, Any], locale: str) -> NoticeText:
    """She waited, and a seat became free."""
    return _text(
        _("You have got a seat"),
        params,
        locale,
        _("If you cannot come, sign off on the event’s page, so that somebody else gets the seat."),
    )


def changed(params: dict[str, Any], locale: str) -> NoticeText:
    """Another time, place or link."""
    return _text(
        _("An event you signed up for has changed"),
        params,
        locale,
        _("If it does not suit you any more, sign off on the event’s page."),
    )


def cancelled(params: dict[str, Any], locale: str) -> NoticeText:
    """It does not take place."""
    return _text(
        _("An event you signed up for is cancelled"), params, locale, _("You need not do anything.")
    )


def reminder(params: dict[str, Any], locale: str) -> NoticeText:
    """It is near."""
    return _text(
        _("An event you signed up for is soon"),
        params,
        locale,
        _("If you cannot come, sign off on the event’s page, so that somebody else gets the seat."),
    )


def _outside(kind: str) -> Callable[[dict[str, Any], str], Outside]:
    """What happened and when; not which event."""

    def say(params: dict[str, Any], locale: str) -> Outside:
        starts_at = datetime.fromisoformat(params["starts_at"])
        time = i18n.time_of_day(starts_at, locale)
        what = str(words.OUTSIDE[kind])
        day = i18n.day(starts_at, locale)
        near = f"{clock.local(starts_at):%d.%m}"
        return Outside(
            _("%(what)s: %(day)s at %(time)s", what=what, day=day, time=time),
            _("%(what)s: %(day)s at %(time)s", what=what, day=near, time=time),
        )

    return say


def register() -> None:
    """Makes the notices known (wiring.py)."""
    known: dict[str, Callable[[dict[str, Any], str], NoticeText]] = {
        services.SIGNED_UP: signed_up,
        services.WAITING: waiting,
        services.GOT_SEAT: got_seat,
        services.CHANGED: changed,
        services.CANCELLED: cancelled,
    }
    for kind, render in known.items():
        notices.register(kind, render, outside=_outside(kind))
    notices.register(
        services.REMINDER,
        reminder,
        purpose=Purpose.REMINDER,
        outside=_outside(services.REMINDER),
    )

"""What every template knows: language, municipality, reader, navigation. One place, so that layouts
need no logic.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from flask import Flask, current_app, g, get_flashed_messages, has_request_context, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.local import LocalProxy

from jobunivers.shared import addresses, content, csrf, device, i18n
from jobunivers.shared.editing import saved_words
from jobunivers.shared.forms import csrf_field
from jobunivers.shared.once import once_field
from jobunivers.shared.statics import static_url, theme_url

HOMES = ("pages.front", "home.show_home", "desk.show_desk")  # what lies under them is not theirs


@dataclass(frozen=True)
class NavItem:
    """One entry of the navigation."""

    label: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class ProfileWords:
    """The municipality in the reader's language."""

    title: str
    name: str
    office: str
    phone: str
    hours: str
    email: str
    theme_css: str | None
    quick_exit_url: str


def profile_words(code: str) -> ProfileWords:
    """The profile's texts in a language."""
    profile = current_app.config["PROFILE"]
    return ProfileWords(
        title=profile.title,
        name=profile.text(profile.name, code),
        office=profile.text(profile.office, code),
        phone=profile.phone,
        hours=profile.text(profile.phone_hours, code),
        email=profile.email,
        theme_css=theme_url(),
        quick_exit_url=profile.quick_exit_url,
    )


def navigation() -> list[NavItem]:
    """At most five entries, by who is reading."""
    person = g.get("viewer")
    if person is not None and person.is_staff:
        entries = _staff_entries(person)
    elif person is not None and person.scope == "meetings":
        entries = [(_("Meetings"), "booking.list_meetings"), (_("Help"), "pages.help_page")]
    elif person is not None:
        entries = [
            (_("Page of the one you help") if person.is_helper else _("My page"), "home.show_home"),
            (_("Modules"), "learning.list_modules"),
            (_("CV") if person.is_helper else _("My CV"), "cv.show_cv"),
            (_("Meetings"), "booking.list_meetings"),
            (_("Messages"), "messages.list_messages"),
        ]
        if person.citizen_id is None:
            entries = entries[:3]
    else:
        entries = [(_("Modules"), "learning.list_modules"), (_("Help"), "pages.help_page")]
    return [
        NavItem(label, href := address(endpoint), _is_current(href)) for label, endpoint in entries
    ]


def address(endpoint: str, **values: Any) -> str:
    """Flask's `url_for`, kept: it takes as long for the dozen addresses of a page as the database
    for its answers.
    """
    if endpoint.startswith(".") or not all(
        type(value) in (str, int, UUID) for value in values.values()
    ):
        return url_for(endpoint, **values)
    return _kept_address(endpoint, tuple(values.items()))


@lru_cache(maxsize=2000)
def _kept_address(endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def _staff_entries(person: Any) -> list[tuple[str, str]]:
    entries = []
    if "caseworker" in person.grants:
        entries += [
            (_("Desk"), "desk.show_desk"),
            (_("Flags"), "screening_caseworker.list_flags"),
            (_("Citizens"), "caseload.list_citizens"),
            (_("Messages"), "caseworker_messages.list_unanswered"),
            (_("Calendar"), "booking_caseworker.show_calendar"),
        ]
    if "coordinator" in person.grants:
        entries.append((_("Overview"), "coordinator.show_overview"))
    if "admin" in person.grants:
        entries.append((_("Administration"), "admin.show_admin"))
    return entries


def whom() -> str:
    """The name of the person for whom a helper acts; "" when one acts for oneself."""
    person = g.get("viewer")
    return str(person.helps_name) if person is not None and person.is_helper else ""


def whose(mine: str, theirs: str) -> str:
    """What a page says to the person herself, or when a helper acts for her, of that person."""
    return theirs if whom() else mine


def _is_current(href: str) -> bool:
    return request.path == href or (
        href not in [address(home) for home in HOMES]
        and request.path.startswith(href.rstrip("/") + "/")
    )


def context() -> dict[str, Any]:
    """Variables of every template."""
    if not has_request_context():
        return {}  # mails, letters and PDF bring their own
    code = i18n.choose_locale()
    signed_in = current_user.is_authenticated
    person = g.get("viewer") if signed_in else None
    return {
        "locale": code,
        "text_direction": i18n.text_direction(code),
        "languages": i18n.language_list(current_app.config["LOCALES"]),
        "profile": profile_words(code),
        "viewer": person,
        "nav": navigation(),
        "demo": current_app.config["DEMO"],
        "current_path": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "idle_seconds": device.idle_seconds() if signed_in else None,
        "is_shared_device": device.is_shared(),
        "is_kiosk": bool(current_app.config["KIOSK"]),
        "messages": LocalProxy(lambda: get_flashed_messages(with_categories=True)),
        "csrf_headers": json.dumps({csrf.HEADER: csrf.token()}),
    }


def register_context(app: Flask) -> None:
    """Puts the variables, functions and filters in place."""
    app.context_processor(context)
    app.jinja_env.globals.update(
        url_for=address,
        static_url=static_url,
        csrf_field=csrf_field,
        whose=whose,
        whom=whom,
        once_field=once_field,
    )

    @app.template_filter("day")
    def day(value: date | datetime, *, year: bool = False) -> str:
        return i18n.day(value, year=year)

    @app.template_filter("days")
    def days(span: tuple[date, date]) -> str:
        return i18n.days(*span)

    app.template_filter("direction")(i18n.text_direction)

    @app.template_filter("localized")
    def localized(texts: dict[str, str]) -> str:
        return content.localized(texts, i18n.choose_locale())

    @app.template_filter("clock")
    def clock_time(value: datetime) -> str:
        return i18n.time_of_day(value)

    app.template_filter("saved")(saved_words)
    app.template_filter("phone")(addresses.show_phone)

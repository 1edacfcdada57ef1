"""How notices about the ways into a case read."""

from typing import Any

from flask_babel import gettext as _

from jobunivers.messages import notices
from jobunivers.messages.types import NoticeText
from jobunivers.shared.web import path_to

WAY_IN = "citizen.way_in"
MOVED = "citizen.moved"


def register() -> None:
    """Tells messages how these notices read (wiring.py)."""
    notices.register(WAY_IN, _render)
    notices.register(MOVED, _render_moved)


def _render_moved(params: dict[str, Any], _locale: str) -> NoticeText:
    """Without a name: who it is stands on her own page, and is true there whenever she reads it."""
    if params.get("what") == "back":
        title = _("Your caseworker is the same as before")
        body = _("The change of caseworker has been taken back. You need not do anything.")
    else:
        title = _("Your caseworker has changed")
        body = _(
            "You have a new caseworker. Meetings that are booked stand as they are. You need not "
            "do anything."
        )
    return NoticeText(title=title, body=body, link=path_to("messages.list_messages"))


def _render(params: dict[str, Any], _locale: str) -> NoticeText:
    texts = {
        "email_changed": _("The e-mail address in your case has been changed."),
        "email_moved": _(
            "The e-mail address in your case has been changed. A link to log in now goes to the "
            "new address only, and whoever was logged in by such a link is logged out."
        ),
        "contact_by_staff": _("A member of staff has changed how we reach you."),
        "email_opened": _("A link by e-mail can now open your case."),
        "email_closed": _(
            "A link by e-mail no longer opens your case, and whoever was logged in by such a link "
            "is logged out."
        ),
        "helper_added": _("Somebody may now act for you here. You see who under your settings."),
        "helper_ended": _("A helper may no longer act for you here."),
        "log_in_linked": _("MitID is now a way into your case here."),
        "login_matched": _("A log-in with MitID now belongs to your case here."),
        "asked": _(
            "A member of staff has asked for a new way into your case. Nothing has changed yet. "
            "You can say yes or no under your settings; a second member of staff can say yes too."
        ),
        "refused": _("A new way into your case was asked for, and the answer was no."),
        "protected": _("Your name and address are now protected here."),
        "unprotected": _("Your name and address are no longer protected here."),
    }
    return NoticeText(
        title=_("About the ways into your case"),
        body=texts.get(str(params.get("what")), texts["contact_by_staff"])
        + "\n\n"
        + _("If this is not right, call us at once. You need not say why."),
        link=path_to("settings.show_settings"),
    )

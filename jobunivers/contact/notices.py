"""What a citizen reads when she is invited to book a meeting."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact.types import ExemptionScope
from jobunivers.messages import notices
from jobunivers.messages.types import NoticeText, Purpose, Topic
from jobunivers.shared import i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.web import path_to

INVITED = "need.invited"


def kind_name(code: str, locale: str) -> str:
    """The meeting kind's name in that language; a neutral word for a kind the profile no longer
    has.
    """
    profile = current_profile()
    try:
        return profile.text(profile.kind(code).name, locale)
    except KeyError:
        return str(_("Meeting"))


def render_invitation(params: dict[str, Any], locale: str) -> NoticeText:
    """The invitation: which meeting, from and until when to book, and that nothing happens by
    itself.
    """
    if params.get("is_called"):
        text = _(
            "We would like to meet you: %(kind)s. One of us calls you, and we find a time together.",
            kind=kind_name(params["kind"], locale),
        )
        more = _(
            "You need not do anything. If you would like to choose a time here yourself, you can."
        )
        return NoticeText(
            _("We would like to meet you"), f"{text}\n\n{more}", path_to("booking.list_meetings")
        )
    lines = [
        _(
            "We would like to meet you: %(kind)s. You choose the time yourself.",
            kind=kind_name(params["kind"], locale),
        )
    ]
    if params.get("earliest_on"):
        lines.append(
            _(
                "The first possible day is %(day)s.",
                day=i18n.day(date.fromisoformat(params["earliest_on"]), locale),
            )
        )
    if params.get("deadline_on"):
        lines.append(
            _(
                "Please choose a time by %(day)s.",
                day=i18n.day(date.fromisoformat(params["deadline_on"]), locale),
            )
        )
    lines.append(
        _(
            "If you cannot, tell us or call us. Nothing happens by itself when the day "
            "passes: one of us will call you."
        )
    )
    return NoticeText(
        _("Choose a time for a meeting"), "\n\n".join(lines), path_to("booking.list_meetings")
    )


def reason_name(code: str, locale: str) -> str:
    """Why somebody is exempt, in that language; the code itself when the profile no longer has it."""
    profile = current_profile()
    try:
        return profile.text(profile.exemption_reason(code).name, locale)
    except KeyError:
        return code


def render_exemption(params: dict[str, Any], locale: str) -> NoticeText:
    """What it means for her: nothing is lost, and who does what from now on."""
    day = i18n.day(date.fromisoformat(params["ends_on"]), locale, year=True)
    if params["scope"] == ExemptionScope.SELF_BOOKING:
        title = _("We find the times of your meetings with you")
        lines = [
            _(
                "Until %(day)s you need not book your meetings yourself. One of us calls "
                "you, and we find a time together.",
                day=day,
            )
        ]
        lines.append(
            _(
                "You lose nothing by it. If you would like to choose a time here "
                "yourself, you can do so at any time."
            )
        )
    else:
        title = _("We do not invite you to meetings for a time")
        lines = [_("Until %(day)s we do not invite you to meetings.", day=day)]
        lines.append(
            _(
                "You lose nothing by it. If you want to talk to us, you can book a "
                "meeting or call at any time."
            )
        )
    lines.append(
        _(
            "The reason we have written down: %(reason)s.",
            reason=reason_name(params["reason"], locale),
        )
    )
    lines.append(_("Do you see it differently? Write back or call us, and we change it."))
    return NoticeText(title, "\n\n".join(lines), path_to("booking.list_meetings"))


def render_exemption_ended(params: dict[str, Any], _locale: str) -> NoticeText:
    """What changes for her from now on, and that help stays."""
    if params["scope"] == ExemptionScope.SELF_BOOKING:
        text = _(
            "From now on you choose the times of your meetings yourself. If that is "
            "hard, call us, and we do it together."
        )
        return NoticeText(
            _("You choose the times of your meetings yourself again"),
            text,
            path_to("booking.list_meetings"),
        )
    return NoticeText(
        _("We invite you to meetings again"),
        _("From now on we invite you to meetings again. You choose the time."),
        path_to("booking.list_meetings"),
    )


def register() -> None:
    """Makes the notices known (wiring.py)."""
    notices.register(exemptions.GRANTED, render_exemption)
    notices.register(exemptions.ENDED, render_exemption_ended)
    notices.register(INVITED, render_invitation, purpose=Purpose.INVITATION, topic=Topic.MEETING)

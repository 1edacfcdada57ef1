"""What a citizen reads when she is invited to book a meeting."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from jobunivers.messages import notices
from jobunivers.messages.types import NoticeText, Purpose, Topic
from jobunivers.shared import i18n
from jobunivers.shared.current import current_profile

INVITED = "need.invited"


def kind_name(code: str, locale: str) -> str:
    """The meeting kind's name in that language; a neutral word for a kind the profile no longer has."""
    profile = current_profile()
    try:
        return profile.text(profile.kind(code).name, locale)
    except KeyError:
        return str(_("Meeting"))


def render_invitation(params: dict[str, Any], locale: str) -> NoticeText:
    """The invitation: which meeting, from and until when to book, and that nothing happens by itself."""
    lines = [_("We would like to meet you: %(kind)s. You choose the time yourself.", kind=kind_name(params["kind"], locale))]
    if params.get("earliest_on"):
        lines.append(_("The first possible day is %(day)s.", day=i18n.day(date.fromisoformat(params["earliest_on"]), locale)))
    if params.get("deadline_on"):
        lines.append(_("Please choose a time by %(day)s.", day=i18n.day(date.fromisoformat(params["deadline_on"]), locale)))
    lines.append(_("If you cannot, tell us or call us. Nothing happens by itself when the day passes: one of us will call you."))
    return NoticeText(_("Choose a time for a meeting"), "\n\n".join(lines), "/my/meetings")


def register() -> None:
    """Makes the notice known (wiring.py)."""
    notices.register(INVITED, render_invitation, purpose=Purpose.INVITATION, topic=Topic.MEETING)

"""What a decision says to the citizen, in the language of whoever reads it."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from jobunivers.messages import notices
from jobunivers.messages.types import NoticeText
from jobunivers.screening import catalogue
from jobunivers.screening.types import Choice
from jobunivers.shared import i18n
from jobunivers.shared.current import current_profile

DECISION = "decision"


def register() -> None:
    """Makes the notice known (wiring.py)."""
    notices.register(DECISION, render_decision)


def render_decision(params: dict[str, Any], locale: str) -> NoticeText:
    """The notice of kind "decision": what was decided, the caseworker's own words as she wrote them, and until when to choose a time."""
    text = decision_text(Choice(params["choice"]), locale, kind=params.get("kind"), later_on=params.get("later_on"))
    parts = [text.body, params.get("message")]
    if params.get("deadline_on"):
        parts.append(_("Please choose a time by %(day)s.", day=i18n.day(date.fromisoformat(params["deadline_on"]), locale)))
        parts.append(_("If you cannot, tell us or call us. Nothing happens by itself when the day passes: one of us will call you."))
    return NoticeText(text.title, "\n\n".join(part for part in parts if part), f"/my/screening/decisions/{params['review']}")


def decision_text(choice: Choice, locale: str, *, kind: str | None, later_on: date | str | None) -> NoticeText:
    """Title and sentences of a choice. `kind` is a meeting kind of the profile, `later_on` the day of an offer that comes later."""
    words = catalogue.texts(locale)["decisions"][choice.value]
    day = date.fromisoformat(later_on) if isinstance(later_on, str) else later_on
    values = {"kind": kind_name(kind, locale), "day": i18n.day(day, locale) if day else ""}
    return NoticeText(words["title"], words["body"] % values)


def kind_name(code: str | None, locale: str) -> str:
    """A meeting kind's name; its code when the profile no longer has it."""
    profile = current_profile()
    try:
        return profile.text(profile.kind(code or "").name, locale)
    except KeyError:
        return code or ""

"""Words for what is stored, so that a person can read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from jobunivers.shared import i18n

PARTS = {
    "account": _l("Your log-in"),
    "person": _l("You and your case"),
    "messages": _l("Messages"),
    "meetings": _l("Meetings"),
    "contact": _l("What comes next"),
    "screening": _l("Your answers about help"),
    "cv": _l("Your CV"),
    "letters": _l("Your letters"),
    "interviews": _l("Your answers for interviews"),
    "goals": _l("Your job goals"),
    "planner": _l("Your plan"),
    "learning": _l("Your lessons and notes"),
    "points": _l("Your points for meetings"),
    "looks": _l("Who has looked"),
}
ROLES = {"caseworker": _l("Caseworker"), "coordinator": _l("Coordinator"), "admin": _l("Administrator"), "helper": _l("Your helper"), "citizen": _l("You")}
PURPOSES = {
    "own_caseload": _l("your own caseworker"),
    "standing_in": _l("stands in for a colleague"),
    "citizen_called": _l("you had called or written"),
    "meeting": _l("takes part in a meeting"),
    "supervision": _l("quality control"),
    "team": _l("colleague in the team"),
}
ACTIONS = {
    "citizen.view": _l("Opened your page"),
    "flag.view": _l("Read your answers about help"),
    "helper.view": _l("Looked at a page for you"),
    "helper.act": _l("Did something for you"),
    "citizen.registered": _l("Registered you"),
    "citizen.contact": _l("Changed how we reach you"),
    "citizen.caseworker": _l("Gave you a caseworker"),
    "citizen.spell_ended": _l("Ended your period out of work"),
    "citizen.helper_added": _l("Gave a helper access"),
    "citizen.helper_ended": _l("Ended a helper’s access"),
    "citizen.login_matched": _l("Matched your log-in"),
}
KEYS = {
    "name": _l("Name"),
    "email": _l("E-mail"),
    "phone": _l("Phone"),
    "address": _l("Address"),
    "language": _l("Language"),
    "interpreter_language": _l("Interpreter"),
    "has_cpr_number": _l("We have your CPR number"),
    "safe_channel": _l("How we tell you news"),
    "digital_post_exempt": _l("Exempt from Digital Post"),
    "name_protected": _l("Protected name and address"),
    "access_needs": _l("Makes it easier to come"),
    "spells": _l("Periods out of work"),
    "started_on": _l("First day"),
    "ended_on": _l("Last day"),
    "target_group": _l("Target group"),
    "outcome": _l("Outcome"),
    "caseworkers": _l("Caseworkers"),
    "from": _l("From"),
    "to": _l("To"),
    "helpers": _l("Helpers"),
    "scope": _l("May do"),
    "valid_to": _l("Until"),
    "changes": _l("Changes"),
    "at": _l("When"),
    "what": _l("What"),
    "role": _l("Role"),
    "action": _l("What was done"),
    "purpose": _l("Why"),
}


@dataclass(frozen=True)
class Line:
    """One thing: a label and either text or more lines."""

    label: str
    text: str = ""
    lines: tuple["Line", ...] = ()


def label(key: str) -> str:
    """The word for a stored key; the key itself, spelled as words, where we have none."""
    return str(KEYS.get(key) or PARTS.get(key) or key.replace("_", " ").capitalize())


def readable(found: Mapping[str, Any]) -> list[Line]:
    """Everything as labelled lines; empty values are left out."""
    return [line for key, value in found.items() if (line := _line(label(key), value))]


def _line(name: str, value: Any) -> Line | None:
    if value is None or value in ("", [], {}):
        return None
    if isinstance(value, Mapping):
        lines = tuple(readable(value))
        return Line(name, lines=lines) if lines else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        items = [_line(str(number), item) for number, item in enumerate(value, 1)]
        return Line(name, lines=tuple(item for item in items if item))
    return Line(name, text=_text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, str) and (moment := _moment(value)):
        return moment
    return str(value)


def _moment(text: str) -> str | None:
    """An ISO day or instant in words, or None when the text is neither."""
    try:
        if len(text) == 10:
            return i18n.day(date.fromisoformat(text), year=True)
        if "T" in text[10:11]:
            instant = datetime.fromisoformat(text)
            return f"{i18n.day(instant, year=True)} {i18n.time_of_day(instant)}" if instant.tzinfo else None
    except ValueError:
        return None
    return None

"""What a request asks for: kind, way to meet, interpreter, day, time. Forged and outdated values
become the nearest sensible thing or 404.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import request

from jobunivers.booking import offer_queries as offers
from jobunivers.booking.types import Actor, Form, MeetingLine
from jobunivers.contact import queries as contact
from jobunivers.contact.types import OpenNeed
from jobunivers.identity.access import the_viewer
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import NotFound
from jobunivers.shared.profile import MeetingKind


@dataclass(frozen=True)
class Wanted:
    """The values of the search form, as they stand in the address or the posted form."""

    kind: MeetingKind
    need: OpenNeed | None
    form: Form
    interpreter: bool | None  # None: not said, the citizen's record decides
    from_on: date | None
    slot: str

    def fields(self, **more: Any) -> dict[str, Any]:
        """The same values for links and hidden fields."""
        values: dict[str, Any] = {
            "need": self.need.id if self.need else "",
            "kind": self.kind.code,
            "form": self.form.value,
            **more,
        }
        return {name: str(value) for name, value in values.items() if value not in ("", None)}


def actor() -> Actor:
    """Who acts: the citizen, her helper, or staff."""
    person = the_viewer()
    return Actor(person.user_id, person.audit_role)


def parse_form(kind: MeetingKind, value: str | None) -> Form:
    """The way to meet if the kind offers it, else the kind's first one."""
    return Form(value) if value in kind.forms else Form(kind.forms[0])


def parse_day(value: str | None) -> date | None:
    """A day that a calendar can show, or None for anything else: weeks and time zones reckon beyond
    the first and last year.
    """
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return None
    return day if 1900 < day.year < 2200 else None


def find_kind(code: str | None, *, for_citizen: bool) -> MeetingKind | None:
    """The kind of that code; citizens only get those they may book."""
    for kind in current_profile().meeting_kinds:
        if kind.code == code and (kind.bookable_by_citizen or not for_citizen):
            return kind
    return None


def wanted(citizen_id: UUID, *, for_citizen: bool = True) -> Wanted | None:
    """What the address or form asks for; None when the kind is still to be chosen. A need of
    somebody else is NotFound.
    """
    values = request.values
    need = _need(citizen_id, values.get("need"))
    if need is None and values.get("need"):
        return None  # met by now: what was booked for it is shown, never a second time taken
    kind = (
        current_profile().kind_or_like(need.kind)
        if need
        else find_kind(values.get("kind"), for_citizen=for_citizen)
    )
    if kind is None:
        return None
    said = {"yes": True, "no": False}.get(
        "".join(values.getlist("interpreter")[-1:])
    )  # the checkbox comes after its hidden "no"
    return Wanted(
        kind,
        need,
        parse_form(kind, values.get("form")),
        said,
        parse_day(values.get("from")),
        values.get("slot", ""),
    )


def _need(citizen_id: UUID, value: str | None) -> OpenNeed | None:
    """Her open need; None when it is met by now (another window). Somebody else's is NotFound."""
    if not value:
        return None
    try:
        return contact.find_open_need(citizen_id, UUID(value))
    except ValueError:
        raise NotFound from None


def ask_for(citizen_id: UUID, want: Wanted, *, is_office: bool = False) -> offers.Ask:
    """The search behind it."""
    return offers.Ask(
        citizen_id, want.kind, want.form, want.interpreter, want.need, None, want.from_on, is_office
    )


def ask_to_move(meeting: MeetingLine, *, is_office: bool = False) -> offers.Ask:
    """The search for another time of the same meeting; the way to meet may change."""
    kind = current_profile().kind_or_like(meeting.kind)
    form = request.values.get("form") or meeting.form.value
    from_on = parse_day(request.values.get("from"))
    return offers.Ask(
        meeting.citizen_id,
        kind,
        parse_form(kind, form),
        bool(meeting.interpreter_language),
        None,
        meeting,
        from_on,
        is_office,
    )

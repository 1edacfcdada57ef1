"""A way into a case that staff asks for: an address, a link by e-mail, a helper, a log-in.

Nobody on the staff can open one alone, or a colleague could become the citizen. It is in force when
she says yes herself, from her own session or (for another address) from the address so far, or when
a second member of staff does.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import queries, services
from jobunivers.caseload import telling_services as telling
from jobunivers.caseload import wish_queries as wishes
from jobunivers.caseload.models import WayInWish
from jobunivers.caseload.types import Answer, WayIn
from jobunivers.extensions import db
from jobunivers.identity import queries as identity_queries
from jobunivers.identity import services as identity
from jobunivers.shared.editing import ensure_unchanged
from jobunivers.shared.errors import Conflict, NotAllowed, NotFound

WISH_LIFE = timedelta(days=14)


def ask(
    citizen_id: UUID,
    way: WayIn,
    params: dict[str, Any],
    *,
    reason: str,
    by_user_id: UUID,
    now: datetime,
) -> UUID:
    """Writes down what a member of staff wants and why, and tells the citizen. A newer wish takes
    the place of an older one of the same kind.

    Raises Conflict for an address that belongs to staff.
    """
    email = params.get("email")
    if email and identity.belongs_to_staff(email):
        raise Conflict
    before = queries.recipient_of(citizen_id)
    for older in wishes.waiting_of(citizen_id, way, now) if way is not WayIn.HELPER else []:
        _close(older, Answer.REFUSED, now=now, by_user_id=by_user_id, as_role="replaced")
    wish = WayInWish(
        citizen_id=citizen_id,
        way=way,
        params=params,
        reason=reason,
        by_user_id=by_user_id,
        expires_at=now + WISH_LIFE,
    )
    db.session.add(wish)
    db.session.flush()
    services.note_change(citizen_id, "way_in_asked", by_user_id=by_user_id, way=way.value)
    telling.tell(before, "asked", now=now)
    if way is WayIn.ADDRESS and before.email:
        identity.write_to_address(
            before.email, "agree", locale=before.locale, now=now, wish_id=wish.id
        )
    return wish.id


def ask_for_email(citizen_id: UUID, *, reason: str, by_user_id: UUID, now: datetime) -> None:
    """A link to the address of her record shall open her case. Raises Conflict when there is none,
    or it belongs to staff or to another log-in.
    """
    email = queries.get_citizen(citizen_id).email
    if not identity.may_open(citizen_id, email):
        raise Conflict
    ask(
        citizen_id,
        WayIn.EMAIL_LOG_IN,
        {"email": email},
        reason=reason,
        by_user_id=by_user_id,
        now=now,
    )


def ask_for_helper(
    citizen_id: UUID, helper: dict[str, Any], *, reason: str, by_user_id: UUID, now: datetime
) -> None:
    """Somebody shall act for her. Raises Conflict for an address of staff or of a citizen."""
    known = identity_queries.find_user_by_email(helper["email"])
    if known is not None and (known.grants or known.citizen_id):
        raise Conflict
    ask(citizen_id, WayIn.HELPER, helper, reason=reason, by_user_id=by_user_id, now=now)


def ask_for_match(
    unmatched_id: UUID, citizen_id: UUID, *, reason: str, by_user_id: UUID, now: datetime
) -> None:
    """A log-in that nobody knew shall be hers. Raises Conflict when it is matched or she has one."""
    if not services.can_match(unmatched_id, citizen_id):
        raise Conflict
    params = {"unmatched_id": str(unmatched_id)}
    ask(citizen_id, WayIn.LOG_IN, params, reason=reason, by_user_id=by_user_id, now=now)


def change_contact(
    citizen_id: UUID,
    values: dict[str, Any],
    *,
    version: str | None,
    reason: str,
    by_user_id: UUID,
    by_role: str,
    now: datetime,
) -> bool:
    """Contact details written down by staff. Another e-mail address in the place of one waits for a
    yes, everything else is saved. Returns whether something waits. Raises Stale and Conflict.
    """
    citizen, before = queries.get_citizen(citizen_id), queries.recipient_of(citizen_id)
    if version:
        ensure_unchanged(
            version, stored={name: getattr(citizen, name) for name in values}, wanted=values
        )
    email = values["email"]
    waits = bool(email and citizen.email and email != citizen.email)
    if waits:
        ask(
            citizen_id,
            WayIn.ADDRESS,
            {"email": email},
            reason=reason,
            by_user_id=by_user_id,
            now=now,
        )
    elif email and email != citizen.email and identity.belongs_to_staff(email):
        raise Conflict
    saved = {name: value for name, value in values.items() if not (waits and name == "email")}
    differs = any(getattr(citizen, name) != value for name, value in saved.items())
    services.change_details(
        citizen_id, "contact", saved, by_user_id=by_user_id, by_role=by_role, now=now
    )
    if differs:
        telling.tell(before, "contact_by_staff", now=now)
    return waits


def agree(
    wish_id: UUID, *, as_role: str, by_user_id: UUID | None, citizen_id: UUID, now: datetime
) -> None:
    """Somebody else than who asked says yes: the way is open. Raises NotFound for another citizen's,
    NotAllowed for who asked, Conflict when it was answered, is too old, or no longer fits.
    """
    wish = _waiting(wish_id, citizen_id, now)
    if by_user_id is not None and by_user_id == wish.by_user_id:
        raise NotAllowed
    before = queries.recipient_of(citizen_id)
    OPENED[wish.way](wish, now)
    services.note_change(
        citizen_id, "way_in_agreed", by_user_id=by_user_id, by_role=as_role, way=wish.way.value
    )
    if told := TOLD.get(wish.way):
        telling.tell(before, told, now=now)
    _close(wish, Answer.AGREED, now=now, by_user_id=by_user_id, as_role=as_role)


def refuse(
    wish_id: UUID, *, as_role: str, by_user_id: UUID | None, citizen_id: UUID, now: datetime
) -> None:
    """The answer is no, or who asked takes it back. Raises as `agree`."""
    wish = _waiting(wish_id, citizen_id, now)
    services.note_change(
        citizen_id, "way_in_refused", by_user_id=by_user_id, by_role=as_role, way=wish.way.value
    )
    telling.tell(queries.recipient_of(citizen_id), "refused", now=now)
    _close(wish, Answer.REFUSED, now=now, by_user_id=by_user_id, as_role=as_role)


def forget_old(now: datetime) -> int:
    """Nightly: what nobody answered in time is refused and forgotten. Returns how many."""
    due = db.session.scalars(
        sa.select(WayInWish).where(WayInWish.answer == Answer.WAITING, WayInWish.expires_at <= now)
    ).all()
    for wish in due:
        _close(wish, Answer.REFUSED, now=now, by_user_id=None, as_role="system")
    return len(due)


def _waiting(wish_id: UUID, citizen_id: UUID, now: datetime) -> WayInWish:
    wish = db.session.get(WayInWish, wish_id, with_for_update=True)
    if wish is None or wish.citizen_id != citizen_id:
        raise NotFound
    if wish.answer is not Answer.WAITING or wish.expires_at <= now:
        raise Conflict
    return wish


def _close(
    wish: WayInWish, answer: Answer, *, now: datetime, by_user_id: UUID | None, as_role: str
) -> None:
    wish.answer, wish.answered_at, wish.params = answer, now, {}
    wish.answered_by_id, wish.answered_as = by_user_id, as_role
    db.session.flush()


def _move(wish: WayInWish, now: datetime) -> None:
    services.change_details(
        wish.citizen_id,
        "contact",
        {"email": wish.params["email"]},
        by_user_id=wish.by_user_id,
        by_role="caseworker",
        now=now,
    )


def _open_by_mail(wish: WayInWish, now: datetime) -> None:
    if queries.get_citizen(wish.citizen_id).email != wish.params["email"]:
        raise Conflict
    services.allow_email_log_in(
        wish.citizen_id, is_allowed=True, by_user_id=wish.by_user_id, now=now
    )


def _let_help(wish: WayInWish, _now: datetime) -> None:
    until = wish.params["valid_to"]
    services.give_power_of_attorney(
        wish.citizen_id,
        name=wish.params["name"],
        email=wish.params["email"],
        scope=wish.params["scope"],
        valid_to=date.fromisoformat(until) if until else None,
        by_user_id=wish.by_user_id,
    )


def _match(wish: WayInWish, now: datetime) -> None:
    services.match_login(
        UUID(wish.params["unmatched_id"]), wish.citizen_id, now=now, by_user_id=wish.by_user_id
    )


OPENED = {
    WayIn.ADDRESS: _move,
    WayIn.EMAIL_LOG_IN: _open_by_mail,
    WayIn.HELPER: _let_help,
    WayIn.LOG_IN: _match,
}
# A moved address tells by itself, whoever moved it.
TOLD = {
    WayIn.EMAIL_LOG_IN: "email_opened",
    WayIn.HELPER: "helper_added",
    WayIn.LOG_IN: "login_matched",
}

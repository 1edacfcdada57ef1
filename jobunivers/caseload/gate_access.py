"""The one gate before every page about one citizen. Her own caseworker goes through; a colleague first
says why, once an hour. What was said, and nothing else, stands in the log before anything is read.
"""

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Response, abort, request, session, url_for

from jobunivers.caseload import queries, rules
from jobunivers.caseload.forms import PurposeForm
from jobunivers.caseload.types import Purpose
from jobunivers.identity.access import look_at, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.web import page

if TYPE_CHECKING:
    from jobunivers.caseload.models import Citizen

Caseworker = tuple[UUID, str] | None
SAID = "said_why"
SAID_FOR = timedelta(hours=1)
MOST_SAID = 20


def open_citizen(citizen_id: UUID, action: str) -> "Citizen":
    """The citizen that a page is about, once the look is logged. Raises NotFound; answers with the
    gate when a colleague has not said why.
    """
    pass_gate(citizen_id, action)
    return queries.get_citizen_for(the_viewer().user_id, citizen_id)


def pass_gate(citizen_id: UUID, action: str) -> Caseworker:
    """The same for pages that read the citizen otherwise; returns her caseworker."""
    caseworker = queries.caseworker_of_visible(the_viewer().user_id, citizen_id)
    pass_gate_of(citizen_id, caseworker, action)
    return caseworker


def pass_gate_of(citizen_id: UUID, caseworker: Caseworker, action: str) -> None:
    """The same for pages that know who her caseworker is and that the reader may see her."""
    is_own = caseworker is not None and caseworker[0] == the_viewer().user_id
    purpose = Purpose.OWN_CASELOAD if is_own else _said(citizen_id)
    if purpose is None:
        abort(_question(citizen_id, caseworker))
    look_at(citizen_id, action, purpose.value)


def pass_with(citizen_id: UUID, action: str, purpose: Purpose) -> None:
    """The same where the page itself proves what for: a meeting that is the reader's, a letter that
    she posts. The caller has checked that she may.
    """
    is_own = queries.is_own_citizen(the_viewer().user_id, citizen_id)
    look_at(citizen_id, action, (Purpose.OWN_CASELOAD if is_own else purpose).value)


def remember(citizen_id: UUID, purpose: Purpose) -> None:
    """Keeps what the reader said about this citizen, for this log-in."""
    said = dict(session.get(SAID, {}))
    said.pop(_key(citizen_id), None)
    said[_key(citizen_id)] = [purpose.value, clock.real_now().isoformat()]
    session[SAID] = dict(list(said.items())[-MOST_SAID:])


def _said(citizen_id: UUID) -> Purpose | None:
    """What the reader says now or said lately. A form that she filled in meanwhile still counts
    under what she said when she opened it.
    """
    now = rules.purpose_of_look(is_own=False, picked=request.args.get("because"))
    if now is not None:
        remember(citizen_id, now)
        return now
    purpose, at = session.get(SAID, {}).get(_key(citizen_id), ("", ""))
    is_fresh = at and clock.real_now() - datetime.fromisoformat(at) < SAID_FOR
    return Purpose(purpose) if is_fresh or (at and request.method == "POST") else None


def _key(citizen_id: UUID) -> str:
    """A session knows nobody by id: whoever is erased leaves no trace in it."""
    return hashlib.sha256(citizen_id.bytes).hexdigest()[:16]


def _question(citizen_id: UUID, caseworker: Caseworker) -> Response:
    is_get = request.method == "GET"
    where = url_for("citizen_page.show_citizen", citizen_id=citizen_id)
    return page(
        "caseload/gate.html",
        200 if is_get else 422,
        form=PurposeForm(),
        action=request.path if is_get else where,
        kept=[(name, text) for name, text in request.args.items() if name != "because"],
        caseworker=caseworker[1] if caseworker else "",
    )

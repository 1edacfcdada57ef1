"""Back to a draft with a return code, a code to come back with, and away from a shared computer. A
code leaves the address bar at once.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import queries as identity
from jobunivers.identity import services as accounts
from jobunivers.identity.access import (
    current_owner_id,
    draft_cookie_owner,
    forget_draft,
    public,
    remember_draft,
    signed_link,
    viewer,
    visitor,
)
from jobunivers.identity.services import code_hash
from jobunivers.learning import arrival_http as arrivals
from jobunivers.learning import path_pages as path_page
from jobunivers.learning import queries, services
from jobunivers.learning.forms import ReturnCodeForm
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.vault import fingerprint
from jobunivers.shared.web import FORGET_ALL, go_to, invalid, page

bp = Blueprint("drafts", __name__)
MOST_WRONG, WITHIN = 10, timedelta(minutes=15)
RETURN_PAGE, KEEP_PAGE, ASK_PAGE, LEAVE_PAGE = (
    "learning/return.html",
    "learning/keep.html",
    "learning/arrived.html",
    "learning/leave.html",
)


@bp.get("")
@public
def show_return() -> ResponseReturnValue:
    """Asks for the code."""
    return page(RETURN_PAGE, form=ReturnCodeForm())


@bp.post("")
@public
def use_code() -> ResponseReturnValue:
    """Back with a code typed from paper; asks first when other work lies on this device."""
    form = ReturnCodeForm(request.form)
    draft_id = _draft_behind(str(form.code.data), form) if form.submitted() else None
    if draft_id is None:
        return invalid(RETURN_PAGE, form=form)
    here = path_page.draft_to_ask_about()
    if here is not None and here != draft_id and viewer() is None:
        return arrivals.remember(go_to(url_for(".ask_whose")), draft_id)
    return _go_on_with(draft_id)


@bp.get("/<code>")
@signed_link
def follow_link(code: str) -> ResponseReturnValue:
    """Back with a link or QR code: always asks first, because somebody else may have sent the link."""
    form = ReturnCodeForm()
    draft_id = _draft_behind(code, form)
    if draft_id is None:
        return invalid(RETURN_PAGE, form=form)
    is_here = viewer() is None and draft_cookie_owner() == draft_id
    return (
        _go_on_with(draft_id)
        if is_here
        else arrivals.remember(go_to(url_for(".ask_whose")), draft_id)
    )


def _draft_behind(code: str, form: ReturnCodeForm) -> UUID | None:
    """The draft of a code; a wrong one is counted, and the form says so."""
    address = fingerprint(request.remote_addr or "")
    if queries.count_wrong_codes(address, clock.real_now() - WITHIN) >= MOST_WRONG:
        abort(429)
    draft = identity.find_draft_by_code(code_hash(code))
    if draft is not None:
        return draft.id
    with write():
        services.note_wrong_code(address, now=clock.real_now())
    form.code.errors = [
        _("We do not know this code. It has 16 letters and numbers, and it ends after 90 days.")
    ]
    return None


def _go_on_with(draft_id: UUID) -> ResponseReturnValue:
    remember_draft(draft_id)
    return arrivals.forget(go_to(url_for("path.show_path")))


@bp.get("/ask")
@public
def ask_whose() -> ResponseReturnValue:
    """What the saved work holds, and whether it is hers."""
    draft_id = arrivals.draft_id()
    return _question(draft_id) if draft_id else go_to(url_for(".show_return"))


@bp.post("/ask")
@public
def answer_whose() -> ResponseReturnValue:
    """Only now this device goes on with the draft; "no" changes nothing."""
    draft_id, choice = arrivals.draft_id(), request.form.get("choice")
    if draft_id is None:
        return go_to(url_for(".show_return"))
    if choice not in ("mine", "not-mine"):
        return _question(draft_id, 422)
    return (
        _go_on_with(draft_id)
        if choice == "mine"
        else arrivals.forget(go_to(url_for("learning.list_modules")))
    )


def _question(draft_id: UUID, status: int = 200) -> ResponseReturnValue:
    here, code = path_page.draft_to_ask_about(), choose_locale()
    other = path_page.work_of(here, code) if here not in (None, draft_id) else None
    has_code = here is not None and queries.has_return_code(here)
    response = page(
        ASK_PAGE,
        status,
        work=path_page.work_of(draft_id, code),
        other_work=other,
        has_code=has_code,
        is_unanswered=status == 422,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/keep")
@visitor
def show_code() -> ResponseReturnValue:
    """Explains the code before it is made."""
    owner_id = current_owner_id()
    if viewer() is not None or owner_id is None:
        return go_to(url_for("path.show_path"))
    return page(KEEP_PAGE, code=None, has_code=queries.has_return_code(owner_id))


@bp.post("/keep")
@visitor
def make_code() -> ResponseReturnValue:
    """Shows a new code once. Answered directly, not by 303: the code is stored nowhere from where a
    next page could show it.
    """
    owner_id = current_owner_id()
    if viewer() is not None or owner_id is None:
        return go_to(url_for("path.show_path"))
    with write():
        code = services.give_return_code(owner_id, now=clock.now())
    return page(KEEP_PAGE, code=code, has_code=True)


@bp.get("/leave")
@public
def show_leave() -> ResponseReturnValue:
    """Away from a shared computer without log-in; whoever is logged in has "Log out"."""
    return (
        go_to(url_for("path.show_path"))
        if viewer()
        else page(LEAVE_PAGE, **_left_behind(), is_unanswered=False)
    )


@bp.post("/leave")
@public
def leave() -> ResponseReturnValue:
    """Forgets the draft on this device, and with "delete" what was written in it. The browser drops
    kept lessons and answers not yet sent.
    """
    if viewer():
        return go_to(url_for("path.show_path"))
    draft_id, choice = current_owner_id(), request.form.get("choice")
    if draft_id is not None and choice not in ("keep", "delete"):
        return invalid(LEAVE_PAGE, **_left_behind(), is_unanswered=True)
    if draft_id is not None and choice == "delete":
        with write():
            accounts.delete_owner(draft_id)
    session.clear()
    forget_draft()
    response = arrivals.forget(go_to(url_for(".show_left")))
    response.headers["Clear-Site-Data"] = FORGET_ALL
    return response


def _left_behind() -> dict[str, Any]:
    draft_id = current_owner_id()
    return {
        "has_draft": draft_id is not None,
        "has_code": draft_id is not None and queries.has_return_code(draft_id),
    }


@bp.get("/left")
@public
def show_left() -> ResponseReturnValue:
    """Says the same to everybody, so that whoever comes next learns nothing."""
    return page("learning/left.html")

"""Back to a draft with a return code, and a code to come back with. A code leaves the address bar at once."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity import queries as identity
from jobunivers.identity.access import current_owner_id, public, remember_draft, signed_link, viewer, visitor
from jobunivers.identity.services import code_hash
from jobunivers.learning import path_page, queries, services
from jobunivers.learning.forms import ReturnCodeForm
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.vault import fingerprint
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("drafts", __name__)
MOST_WRONG, WITHIN = 10, timedelta(minutes=15)
RETURN_PAGE, KEEP_PAGE = "learning/return.html", "learning/keep.html"
NOTHING_HERE: dict[str, Any] = {"other_work": None, "code": "", "has_code": False}


@bp.get("")
@public
def show_return() -> ResponseReturnValue:
    """Asks for the code."""
    return page(RETURN_PAGE, form=ReturnCodeForm(), **NOTHING_HERE)


@bp.post("")
@public
def use_code() -> ResponseReturnValue:
    """Back with a code typed from paper; nothing of it stands in an address."""
    form = ReturnCodeForm(request.form)
    if not form.submitted():
        return invalid(RETURN_PAGE, form=form, **NOTHING_HERE)
    return _go_back(str(form.code.data), form)


@bp.get("/<code>")
@signed_link
def follow_link(code: str) -> ResponseReturnValue:
    """Back with a link or QR code."""
    return _go_back(code, ReturnCodeForm())


def _go_back(code: str, form: ReturnCodeForm) -> ResponseReturnValue:
    address = fingerprint(request.remote_addr or "")
    if queries.count_wrong_codes(address, clock.real_now() - WITHIN) >= MOST_WRONG:
        abort(429)
    draft = identity.find_draft_by_code(code_hash(code))
    if draft is None:
        with write():
            services.note_wrong_code(address, now=clock.real_now())
        form.code.errors = [_("We do not know this code. It has 16 letters and numbers, and it ends after 90 days.")]
        return invalid(RETURN_PAGE, form=form, **NOTHING_HERE)
    draft_id, here = draft.id, path_page.draft_to_ask_about()
    if here is not None and here != draft_id and viewer() is None and "sure" not in request.form:
        work = path_page.work_of(here, choose_locale())
        return page(RETURN_PAGE, form=form, other_work=work, code=code, has_code=queries.has_return_code(here))
    remember_draft(draft_id)
    return go_to(url_for("path.show_path"))


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
    """Shows a new code once. Answered directly, not by 303: the code is stored nowhere from where a next page could show it."""
    owner_id = current_owner_id()
    if viewer() is not None or owner_id is None:
        return go_to(url_for("path.show_path"))
    with write():
        code = services.give_return_code(owner_id, now=clock.now())
    return page(KEEP_PAGE, code=code, has_code=True)

"""Log-ins of people we do not know yet. Names from outside any caseload: for coordinators only."""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import queries
from jobunivers.caseload import way_in_services as ways_in
from jobunivers.caseload.forms import MatchForm
from jobunivers.identity.access import coordinator_required, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import go_to, page

bp = Blueprint("unmatched", __name__)


@bp.get("")
@coordinator_required
def list_unmatched() -> ResponseReturnValue:
    """Who waits; a search in the own teams finds the citizen that each belongs to."""
    return _unmatched_page(MatchForm())


def _unmatched_page(form: MatchForm, status: int = 200) -> ResponseReturnValue:
    search = request.values.get("name", "")[:100]
    reading_for("log_ins")
    found = (
        queries.list_caseload(the_viewer().user_id, search=search, whole_team=True, limit=10)
        if search
        else []
    )
    return page(
        "caseload/unmatched.html",
        status,
        waiting=queries.list_unmatched(),
        found=found,
        search=search,
        form=form,
    )


@bp.post("/<uuid:unmatched_id>")
@coordinator_required
def match_login(unmatched_id: UUID) -> ResponseReturnValue:
    """Says which citizen a log-in is."""
    form = MatchForm.from_request()
    try:
        citizen_id = UUID(form.citizen_id.data or "")
    except ValueError:
        return go_to(url_for(".list_unmatched"))
    queries.get_citizen_for(the_viewer().user_id, citizen_id)
    if not form.submitted():
        return _unmatched_page(form, status=422)
    with write():
        ways_in.ask_for_match(
            unmatched_id,
            citizen_id,
            reason=form.reason.data or "",
            now=clock.now(),
            by_user_id=the_viewer().user_id,
        )
    flash(_("A colleague must say yes too. Then the log-in belongs to the citizen."), "good")
    return go_to(url_for(".list_unmatched"))

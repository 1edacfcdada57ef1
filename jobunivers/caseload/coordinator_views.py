"""Log-ins of people we do not know yet. Names from outside any caseload: for coordinators only."""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import queries, services
from jobunivers.identity.access import coordinator_required, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to, page

bp = Blueprint("unmatched", __name__)


@bp.get("")
@coordinator_required
def list_unmatched() -> ResponseReturnValue:
    """Who waits; a search in the own teams finds the citizen that each belongs to."""
    search = request.args.get("name", "")[:100]
    found = (
        queries.list_caseload(the_viewer().user_id, search=search, whole_team=True, limit=10)
        if search
        else []
    )
    return page(
        "caseload/unmatched.html", waiting=queries.list_unmatched(), found=found, search=search
    )


@bp.post("/<uuid:unmatched_id>")
@coordinator_required
def match_login(unmatched_id: UUID) -> ResponseReturnValue:
    """Says which citizen a log-in is."""
    try:
        citizen_id = UUID(request.form.get("citizen_id", ""))
    except ValueError:
        return go_to(url_for(".list_unmatched"))
    queries.get_citizen_for(the_viewer().user_id, citizen_id)
    with write():
        services.match_login(
            unmatched_id, citizen_id, now=clock.now(), by_user_id=the_viewer().user_id
        )
    flash(_("The log-in belongs to the citizen from now on."), "good")
    return go_to(url_for(".list_unmatched"))

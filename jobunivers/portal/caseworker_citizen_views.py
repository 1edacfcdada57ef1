"""One page about one citizen, for staff: who she is, what comes next, and what can be done for her."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.caseload import queries as caseload
from jobunivers.caseload.gate_access import pass_gate
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.portal import record_pages as citizen_record
from jobunivers.shared import clock
from jobunivers.shared.web import page

bp = Blueprint("citizen_page", __name__)


@bp.get("/<uuid:citizen_id>")
@caseworker_required
def show_citizen(citizen_id: UUID) -> ResponseReturnValue:
    """The citizen's page. For a colleague's citizen the reader first says why; every look is logged
    and the citizen can read it.
    """
    me, caseworker = the_viewer(), pass_gate(citizen_id, "citizen.view")
    citizen = caseload.get_citizen_for(me.user_id, citizen_id)
    record = citizen_record.read(me, citizen, caseworker, clock.now())
    return page("portal/citizen.html", record=record, me=me.user_id)

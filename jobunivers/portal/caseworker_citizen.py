"""One page about one citizen, for staff: who she is, what comes next, and what can be done for her."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobunivers.caseload import queries as caseload
from jobunivers.caseload import rules
from jobunivers.caseload.forms import PurposeForm
from jobunivers.identity.access import caseworker_required, look_at, the_viewer
from jobunivers.portal import citizen_record
from jobunivers.shared import clock
from jobunivers.shared.web import page

bp = Blueprint("citizen_page", __name__)


@bp.get("/<uuid:citizen_id>")
@caseworker_required
def show_citizen(citizen_id: UUID) -> ResponseReturnValue:
    """The citizen's page. For a colleague's citizen the reader first says why; every look is logged and the citizen can read it."""
    me = the_viewer().user_id
    citizen = caseload.get_citizen_for(me, citizen_id)
    purpose = rules.purpose_of_look(is_own=caseload.is_own_citizen(me, citizen_id), picked=request.args.get("because"))
    if purpose is None:
        return page("portal/purpose.html", form=PurposeForm(), citizen=citizen)
    look_at(citizen_id, "citizen.view", purpose.value)
    return page("portal/citizen.html", because=request.args.get("because"), record=citizen_record.read(me, citizen_id, clock.now()))

"""One page about one citizen, for staff: who she is, what comes next, and what can be done for her."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from jobunivers.caseload import queries as caseload
from jobunivers.caseload import rules
from jobunivers.caseload.forms import PurposeForm
from jobunivers.identity.access import caseworker_required, look_at, the_viewer
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
    me = the_viewer()
    citizen = caseload.get_citizen_for(me.user_id, citizen_id)
    caseworker = caseload.caseworker_of(citizen_id)
    is_own = caseworker is not None and caseworker[0] == me.user_id
    purpose = rules.purpose_of_look(is_own=is_own, picked=request.args.get("because"))
    if purpose is None:
        return page("portal/purpose.html", form=PurposeForm(), citizen=citizen)
    look_at(citizen_id, "citizen.view", purpose.value)
    record = citizen_record.read(me, citizen, caseworker, clock.now())
    return page(
        "portal/citizen.html",
        because=None if is_own else purpose.value,
        record=record,
        me=me.user_id,
    )

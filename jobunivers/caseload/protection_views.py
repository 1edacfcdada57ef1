"""Protected name and address of a citizen: set and lifted, with a reason."""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import protection_services, queries
from jobunivers.caseload.forms import ProtectionForm
from jobunivers.caseload.gate_access import open_citizen
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to, page

bp = Blueprint("protection", __name__)


@bp.route("/<uuid:citizen_id>/protection", methods=["GET", "POST"])
@caseworker_required
def show_protection(citizen_id: UUID) -> ResponseReturnValue:
    """Whether it holds, and a form to set or lift it."""
    citizen, me = open_citizen(citizen_id, "citizen.view"), the_viewer()
    form, is_protected = ProtectionForm.from_request(), citizen.name_protected
    if not form.submitted():
        return page(
            "caseload/protection.html",
            422 if request.method == "POST" else 200,
            citizen=citizen,
            form=form,
            may_lift=queries.reads_contact(me.user_id, citizen),
        )
    with write():
        protection_services.protect(
            citizen_id,
            is_protected=form.wanted.data == "yes",
            reason=form.reason.data or "",
            by_user_id=me.user_id,
            by_role=me.audit_role,
            now=clock.now(),
        )
    if is_protected != (form.wanted.data == "yes"):
        flash(_("Saved. The citizen is told."), "good")
    return go_to(url_for("citizen_page.show_citizen", citizen_id=citizen_id))

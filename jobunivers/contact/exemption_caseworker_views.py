"""Exempting a citizen, and ending it: for caseworkers who hold that right."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import queries as caseload
from jobunivers.caseload.gate_access import open_citizen
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import services
from jobunivers.contact.forms import ExemptionForm
from jobunivers.contact.notices import reason_name
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.web import go_to, page

bp = Blueprint("exemptions", __name__)


def _show(citizen_id: UUID, form: ExemptionForm, status: int = 200) -> ResponseReturnValue:
    citizen = open_citizen(citizen_id, "citizen.view")
    context: dict[str, Any] = {
        "lines": exemptions.list_in_force(clock.today(), citizen_id=citizen.id),
        "reason_name": reason_name,
    }
    return page(
        "contact/exemptions.html",
        status,
        citizen=citizen,
        form=form,
        may_exempt=the_viewer().may(Grant.EXEMPTION),
        **context,
    )


@bp.get("/<uuid:citizen_id>/exemptions")
@caseworker_required
def show_exemptions(citizen_id: UUID) -> ResponseReturnValue:
    """What the citizen is exempt from now, and a form for those who may exempt."""
    return _show(citizen_id, ExemptionForm())


@bp.post("/<uuid:citizen_id>/exemptions")
@caseworker_required
def exempt(citizen_id: UUID) -> ResponseReturnValue:
    """Exempts her; she is told what it means, and somebody is asked to call her when something is
    to be booked.
    """
    _refuse_without_right(citizen_id)
    form, now = ExemptionForm.from_request(), clock.now()
    if not form.submitted() or form.ends_on.data is None:
        return _show(citizen_id, form, 422)
    try:
        with write():
            exemptions.grant(
                citizen_id,
                form.chosen(),
                ends_on=form.ends_on.data,
                note=form.note.data or "",
                by_user_id=the_viewer().user_id,
                now=now,
            )
            services.plan_next(citizen_id, contact_rules=current_profile().contact_rules, now=now)
    except exemptions.FirstMeetingMissing:
        form.reason.errors = [
            _("The first meeting is for everybody. Choose this when it has been held.")
        ]
        return _show(citizen_id, form, 422)
    except Conflict:
        form.reason.errors = [
            _("The citizen is exempt from this already. End that exemption first.")
        ]
        return _show(citizen_id, form, 422)
    flash(_("The citizen is exempt and is told what it means."), "good")
    return go_to(url_for(".show_exemptions", citizen_id=citizen_id))


@bp.post("/<uuid:citizen_id>/exemptions/<uuid:exemption_id>/end")
@caseworker_required
def end_exemption(citizen_id: UUID, exemption_id: UUID) -> ResponseReturnValue:
    """Ends it today; the citizen is told, and the contact rules hold again at once."""
    _refuse_without_right(citizen_id)
    now = clock.now()
    with write():
        exemptions.end(citizen_id, exemption_id, by_user_id=the_viewer().user_id, now=now)
        services.plan_next(citizen_id, contact_rules=current_profile().contact_rules, now=now)
    flash(_("The exemption has ended, and the citizen is told."), "good")
    return go_to(url_for(".show_exemptions", citizen_id=citizen_id))


def _refuse_without_right(citizen_id: UUID) -> None:
    """404 for somebody else's citizen, 403 for a colleague without the right."""
    caseload.caseworker_of_visible(the_viewer().user_id, citizen_id)
    if not the_viewer().may(Grant.EXEMPTION):
        abort(403)

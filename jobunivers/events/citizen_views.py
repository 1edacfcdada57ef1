"""A citizen, or her helper, signs up for an event and off again."""

from uuid import UUID

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.events import queries, services
from jobunivers.identity.access import citizen_id, citizen_required
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to

bp = Blueprint("event_sign_ups", __name__)


@bp.post("/<uuid:event_id>/sign-up")
@citizen_required
def sign_up(event_id: UUID) -> ResponseReturnValue:
    """A seat, or a place on the waiting list. 409 when it is too late."""
    queries.get_event(event_id)
    with write():
        services.sign_up(event_id, citizen_id(), now=clock.now())
    return go_to(url_for("events.show_event", event_id=event_id))


@bp.post("/<uuid:event_id>/sign-off")
@citizen_required
def sign_off(event_id: UUID) -> ResponseReturnValue:
    """She does not come."""
    queries.get_event(event_id)
    with write():
        services.sign_off(event_id, citizen_id(), now=clock.now())
    flash(_("You are signed off."), "good")
    return go_to(url_for("events.show_event", event_id=event_id))

"""The short survey after a meeting, for the citizen."""

from uuid import UUID

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from jobunivers.booking import queries, survey_pages
from jobunivers.identity.access import citizen_id, citizen_required
from jobunivers.shared import clock

bp = Blueprint("meeting_surveys", __name__)


@bp.get("/<uuid:meeting_id>/survey")
@citizen_required
def show_survey(meeting_id: UUID) -> ResponseReturnValue:
    """A few taps and a line; all of it may be left alone."""
    return survey_pages.show(
        queries.get_meeting(citizen_id(), meeting_id), url_for("booking.list_meetings"), clock.now()
    )


@bp.post("/<uuid:meeting_id>/survey")
@citizen_required
def answer_survey(meeting_id: UUID) -> ResponseReturnValue:
    """Counts what she says, without her name."""
    meeting = queries.get_meeting(citizen_id(), meeting_id)
    return survey_pages.save(
        meeting,
        url_for(".show_survey", meeting_id=meeting_id),
        url_for("booking.list_meetings"),
        clock.now(),
    )

"""Background work of booking: reminders, and forgetting what is past."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.booking import absence_services, cell_services, queries, services
from jobunivers.booking import survey_services as surveys
from jobunivers.caseload import queries as caseload
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import services as messages
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound

FORGET_CELLS = "booking.forget_cells"
FORGET_SURVEYS = "booking.forget_surveys"
ASK = "booking.ask_for_hosts"


@outbox.handles(services.REMIND, quiet_at_night=True)
def remind(payload: dict[str, Any], now: datetime) -> None:
    """Reminds of a meeting that still stands as it was when the reminder was planned; otherwise
    does nothing.
    """
    try:
        meeting = queries.get_meeting_by_id(UUID(payload["appointment_id"]))
    except NotFound:
        return
    if not meeting.is_booked or meeting.sequence != payload["sequence"] or meeting.starts_at <= now:
        return
    with write():
        messages.notify(
            caseload.recipient_of(meeting.citizen_id),
            services.REMINDER,
            payload,
            now=now,
            key=outbox.current_key(),
            subject_key=services.subject_key(meeting.id),
            not_after=meeting.starts_at,
            begins_at=meeting.starts_at,
        )


@outbox.handles(FORGET_CELLS)
def forget_cells(_payload: dict[str, Any], now: datetime) -> None:
    """Removes the cells of yesterday and before."""
    with write():
        cell_services.forget_past_cells(now)


@outbox.handles(FORGET_SURVEYS)
def forget_surveys(_payload: dict[str, Any], now: datetime) -> None:
    """Closes surveys that nobody answered, so that they look like all others; removes old lines."""
    with write():
        surveys.forget(now=now)


@outbox.handles(ASK)
def ask_for_hosts(_payload: dict[str, Any], now: datetime) -> None:
    """Meetings of those who are away or have left, for which nobody was asked to find another time."""
    with write():
        absence_services.ask_what_nobody_was_asked(now=now)


def register() -> None:
    """Plans the nightly jobs (wiring.py)."""
    for job in (FORGET_CELLS, FORGET_SURVEYS, ASK):
        worker.every(job, nightly_hour=4)

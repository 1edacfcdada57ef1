"""When she hears that the office moved or cancelled a meeting; and a call where nothing else reaches
her in time.
"""

from datetime import datetime
from uuid import UUID

from jobunivers.booking.models import Appointment
from jobunivers.booking.types import Actor
from jobunivers.caseload import queries as caseload
from jobunivers.contact import services as contact
from jobunivers.messages import services as messages
from jobunivers.messages.types import Reach
from jobunivers.shared import clock


def reach(citizen_id: UUID, *, begins_at: datetime, now: datetime) -> Reach:
    """How and when she would be told now of a change to a meeting at that time."""
    return messages.reach(caseload.recipient_of(citizen_id), begins_at=begins_at, now=now)


def ask_to_call(
    meeting: Appointment, message_id: UUID, *, begins_at: datetime, by: Actor, now: datetime
) -> None:
    """The office changed a meeting and nothing can reach her before it would have begun: whoever
    changed it calls her, at the latest that day. Then she stands with the tasks, and not a second
    time among those whom a message did not reach.
    """
    if not by.is_office or begins_at <= now:
        return
    if reach(meeting.citizen_id, begins_at=begins_at, now=now).at is None:
        task = contact.ask_to_call(
            meeting.citizen_id,
            by.user_id or meeting.caseworker_id,
            now=now,
            before=clock.danish_day(begins_at),
            key=f"call:{meeting.id}",
        )
        if task is not None:
            messages.hand_over(message_id)

"""Background work of events: reminders."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.events import queries, services
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import services as messages
from jobunivers.shared.db import write


def remind(payload: dict[str, Any], now: datetime) -> None:
    """Reminds whoever still has her seat; otherwise does nothing."""
    found = queries.find_standing(UUID(payload["sign_up_id"]))
    if found is None or found[0].starts_at <= now:
        return
    event, citizen_id = found
    with write():
        recipient = caseload.recipient_of(citizen_id)
        messages.notify(
            recipient,
            services.REMINDER,
            services.params_of(event),
            now=now,
            key=outbox.current_key(),
            not_after=event.starts_at,
            begins_at=event.starts_at,
        )


def register() -> None:
    """Makes the job known (wiring.py); nothing goes out at night."""
    outbox.handles(services.REMIND, quiet_at_night=True)(remind)

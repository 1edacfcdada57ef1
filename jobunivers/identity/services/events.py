"""What happens with a log-in stands in the log, and the person concerned reads it."""

from uuid import UUID

from jobunivers.identity.types import LogInEvent
from jobunivers.shared import audit


def note_event(user_id: UUID, event: LogInEvent, *, method: str = "", device: str = "") -> None:
    """One line about this person's log-in: what, by which way, on which kind of device. A failed try
    is nobody's deed, so its role is unknown.
    """
    role = "unknown" if event in (LogInEvent.FAILED, LogInEvent.LINK) else "self"
    audit.record(
        f"log_in.{event.value}", actor_id=user_id, actor_role=role, method=method, device=device
    )

"""What a member of staff leaves behind becomes the team's: citizens, meetings, times, tasks."""

from datetime import datetime
from uuid import UUID

from jobunivers.booking import absence_services as diary
from jobunivers.caseload import leaving_services as caseload
from jobunivers.contact import task_services as tasks


def release(user_id: UUID, by_user_id: UUID | None, now: datetime) -> None:
    """In the transaction that closes the log-in. Threads and flags follow the citizens."""
    caseload.release(user_id, by_user_id=by_user_id, now=now)
    diary.release(user_id, now=now)
    tasks.pass_on(user_id)

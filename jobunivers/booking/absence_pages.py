"""An absence before it is saved: which days, who stands in, and which meetings stand there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.booking import absence_services, words
from jobunivers.booking.forms import AbsenceForm


def check(form: AbsenceForm, user_id: UUID, *, viewer_id: UUID, now: datetime) -> dict[str, Any]:
    """What the page shows. The citizens' names stay with those who may open the meetings."""
    chosen = form.chosen()
    meetings = absence_services.list_in_absence(
        user_id,
        starts_at=chosen["starts_at"],
        ends_at=chosen["ends_at"],
        viewer_id=viewer_id,
        now=now,
    )
    return {
        "form": form,
        "meetings": meetings,
        "substitute": form.substitute_name(),
        "words": words,
    }

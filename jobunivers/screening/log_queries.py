"""The screening's log, as it was written."""

from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.screening.models import (
    ScreeningEvent,
)


def list_events(*, after: int = 0, limit: int = 1000) -> list[ScreeningEvent]:
    """The log in order, from a number on."""
    return list(
        db.session.scalars(
            sa.select(ScreeningEvent)
            .where(ScreeningEvent.number > after)
            .order_by(ScreeningEvent.number)
            .limit(limit)
        )
    )


def events_of(citizen_id: UUID) -> list[ScreeningEvent]:
    """The links of the log about a citizen, in order."""
    return list(
        db.session.scalars(
            sa.select(ScreeningEvent)
            .where(ScreeningEvent.citizen_id == citizen_id)
            .order_by(ScreeningEvent.number)
        )
    )

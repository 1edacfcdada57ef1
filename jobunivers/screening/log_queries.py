"""The screening's log, as it was written."""

from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.screening.models import (
    Screening,
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


def list_scored_without_screening() -> list[ScreeningEvent]:
    """Scored links that still hold answers of a questionnaire that is gone, in order."""
    standing = sa.select(_bare(sa.cast(Screening.id, sa.String)))
    payload = ScreeningEvent.payload
    return list(
        db.session.scalars(
            sa.select(ScreeningEvent)
            .where(
                ScreeningEvent.kind == "scored",
                payload["inputs"].as_string().is_not(None),
                _bare(payload["screening"].as_string()).not_in(standing),
            )
            .order_by(ScreeningEvent.number)
        )
    )


def _bare(text: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """An id without dashes: SQLite keeps it so, PostgreSQL and our payloads do not."""
    return sa.func.replace(text, "-", "")


def left_of_shredded() -> dict[int, str]:
    """Number of each link whose answers were taken out -> hash of what was left of it."""
    payloads = db.session.scalars(
        sa.select(ScreeningEvent.payload).where(ScreeningEvent.kind == "shredded")
    )
    return {
        int(number): digest for payload in payloads for number, digest in payload["left"].items()
    }

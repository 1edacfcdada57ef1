"""Occupied cells of the past are forgotten."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from jobunivers.booking import rules
from jobunivers.booking.models import (
    OccupiedCell,
)
from jobunivers.extensions import db

BOOKED, MOVED, CANCELLED, REMINDER = (
    "appointment.booked",
    "appointment.moved",
    "appointment.cancelled",
    "appointment.reminder",
)


def forget_past_cells(now: datetime) -> int:
    """Cells guard the future only; nightly. Returns how many rows went."""
    result = db.session.execute(
        sa.delete(OccupiedCell).where(
            OccupiedCell.cell < rules.first_cell_of_today(now - timedelta(days=1))
        )
    )
    return int(result.rowcount)  # type: ignore[attr-defined]

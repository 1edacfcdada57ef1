"""When one may sign up, who has a seat, when to remind; pure."""

from datetime import date, datetime, timedelta

REMIND_BEFORE = timedelta(days=1)
LEAST_GAP = timedelta(hours=4)  # no reminder right after the receipt


def is_open(
    *, today: date, now: datetime, sign_up_by: date, starts_at: datetime, is_cancelled: bool
) -> bool:
    """One may sign up until the end of the last day, as long as the event has not begun and takes
    place.
    """
    return not is_cancelled and today <= sign_up_by and now < starts_at


def has_seat_left(seats: int | None, taken: int) -> bool:
    """None: as many as come."""
    return seats is None or taken < seats


def remind_at(starts_at: datetime, now: datetime) -> datetime | None:
    """A day before; None when that is past or nearly so."""
    moment = starts_at - REMIND_BEFORE
    return moment if moment - now >= LEAST_GAP else None

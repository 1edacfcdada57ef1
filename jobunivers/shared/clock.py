"""The only readers of time. `JU_CLOCK` moves the product's time by a running offset, never the time
of security code.
"""

import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as midnight
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_offset = timedelta(0)


def start_at(moment: datetime | None) -> None:
    """Time now goes on from `moment` (aware); None returns to real time."""
    global _offset
    _offset = moment - datetime.now(UTC) if moment else timedelta(0)


def now() -> datetime:
    """The product's current instant, aware, in UTC."""
    return datetime.now(UTC) + _offset


def today() -> date:
    """The product's current day in Denmark."""
    return danish_day(now())


def real_now() -> datetime:
    """The machine's instant, for sessions, leases, rate limits and one-time codes."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds for measuring how long something took."""
    return time.monotonic()


def danish_day(moment: datetime) -> date:
    """The day in Denmark on which an instant falls: between midnight and two it is not UTC's."""
    return moment.astimezone(COPENHAGEN).date()


def start_of(day: date) -> datetime:
    """The instant at which a Danish day begins; days are compared with instants by it."""
    return datetime.combine(day, midnight(), COPENHAGEN).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """The same instant on a Danish clock."""
    return moment.astimezone(COPENHAGEN)


def start_of_day(moment: datetime) -> datetime:
    """The first instant of that Danish day."""
    return local(moment).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)

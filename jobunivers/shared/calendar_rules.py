"""Days of the calendar; pure."""

from datetime import date


def a_year_after(day: date) -> date:
    """The same day next year, whether that is 365 or 366 days away; the 28th after a 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 2, 28)


def day_of_year(year: int, month_and_day: str) -> date | None:
    """'12-24' in that year; None for a 29 February that the year does not have."""
    month, day = (int(part) for part in month_and_day.split("-"))
    if (month, day) == (2, 29) and not (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):
        return None
    return date(year, month, day)

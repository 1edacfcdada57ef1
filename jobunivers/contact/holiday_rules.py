"""Danish public holidays, by year; computed by the package `holidays`."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from jobunivers.shared.calendar_rules import day_of_year


@lru_cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of Denmark in that year (the great prayer day is none since 2024)."""
    # brings the calendars of the whole world; a process that never plans a day need not carry them
    import holidays

    return frozenset(holidays.country_holidays("DK", years=year))


def holidays_between(first: date, last: date, yearly: Iterable[str] = ()) -> frozenset[date]:
    """Public holidays and the office's own yearly days ("12-24") from `first` to `last`, both
    included.
    """
    years = range(first.year, last.year + 1)
    own = {day_of_year(year, day) for year in years for day in yearly} - {None}
    every = own.union(*(public_holidays(year) for year in years))
    return frozenset(day for day in every if day is not None and first <= day <= last)

"""Occupations from content/labour_market/ and the job barometer of the profile."""

from collections.abc import Iterator
from functools import lru_cache

from jobunivers.labour_market.types import Barometer, Demand, Field, Occupation, OccupationSheet
from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, ContentError, localized, sheet
from jobunivers.shared.profile import Area, AreaDemand, Profile, layers_of

PATH = CONTENT / "labour_market" / "occupations.yaml"


@lru_cache
def _sheet() -> OccupationSheet:
    return schema.read(OccupationSheet, sheet(PATH), _faults)


def _faults(found: OccupationSheet) -> Iterator[schema.Complaint]:
    for place, complaint in schema.twice(found.occupations):
        yield ("occupations", *place), complaint
    for number, one in enumerate(found.occupations):
        place = ("occupations", number, "field")
        yield from schema.unknown(place, [one.field], found.fields)


@lru_cache
def fields() -> dict[str, Field]:
    """Fields of work in their order. Raises ContentError."""
    return {code: Field(code, names) for code, names in _sheet().fields.items()}


@lru_cache
def occupations() -> dict[str, Occupation]:
    """All occupations by code. Raises ContentError for a doubled code, an unknown field or a
    missing title.
    """
    return {one.code: one for one in _sheet().occupations}


def title(code: str, locale: str) -> str:
    """The occupation's title in that language; an occupation that was removed keeps its code as its
    name.
    """
    found = occupations().get(code)
    return localized(found.titles, locale) if found else code


def by_field() -> list[tuple[Field, list[Occupation]]]:
    """Fields in order, each with its occupations."""
    return [
        (field, [item for item in occupations().values() if item.field == field.code])
        for field in fields().values()
    ]


def areas(profile: Profile) -> list[Area]:
    """The areas that are assessed, the main area first."""
    return [
        Area(each.code, each.name) if each.code and each.name else profile.area
        for each in profile.demand.areas
    ]


def barometers(profile: Profile) -> list[Barometer]:
    """What the profile's file says to begin with, one an area, the main area first; `queries` has
    what is in force.
    """
    data = profile.demand
    return [
        Barometer(data.quarter, area.code, area.name, data.source, data.example, _demand(row))
        for area, row in zip(areas(profile), data.areas, strict=True)
    ]


def is_published(profile: Profile) -> bool:
    """True when everybody may see the barometer; otherwise it is a working paper of the office."""
    return profile.demand.publish


def judge(profile: Profile) -> None:
    """Raises ContentError for occupations that the profile assesses and that do not exist."""
    known = sorted(occupations())
    complaints = [
        complaint
        for number, row in enumerate(profile.demand.areas)
        for category, codes in by_category(row).items()
        for complaint in schema.unknown(("areas", number, category.value), codes, known)
    ]
    if complaints:
        layers = layers_of(profile.code, "demand.yaml")
        raise ContentError.of([schema.at_place(layers, *one) for one in complaints])


def by_category(row: AreaDemand) -> dict[Demand, tuple[str, ...]]:
    """The occupations of an area, best first."""
    return {
        Demand.SHORTAGE: row.shortage,
        Demand.GOOD: row.good,
        Demand.POOR: row.poor,
        Demand.SURPLUS: row.surplus,
    }


def _demand(row: AreaDemand) -> dict[str, Demand]:
    return {code: category for category, codes in by_category(row).items() for code in codes}

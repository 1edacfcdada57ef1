"""Occupations from content/labour_market/ and the job barometer of the profile."""

from functools import lru_cache
from typing import Any

from jobunivers.labour_market.types import Barometer, Demand, Field, Occupation
from jobunivers.shared.content import CONTENT, ContentError, read_yaml
from jobunivers.shared.profile import PROFILES, Profile

PATH = CONTENT / "labour_market" / "occupations.yaml"
LANGUAGES = ("da", "en", "uk")


@lru_cache
def fields() -> dict[str, Field]:
    """Fields of work in their order."""
    return {
        code: Field(code, _texts(names, f"field {code}"))
        for code, names in read_yaml(PATH)["fields"].items()
    }


@lru_cache
def occupations() -> dict[str, Occupation]:
    """All occupations by code. Raises ContentError for a doubled code, an unknown field or a
    missing title.
    """
    found: dict[str, Occupation] = {}
    for row in read_yaml(PATH)["occupations"]:
        code = str(row["code"])
        if code in found or row["field"] not in fields():
            raise ContentError(
                PATH, f"occupation {code!r}: the code is there twice or its field is unknown"
            )
        found[code] = Occupation(
            code, row["field"], _texts(row, f"occupation {code}"), tuple(row.get("also", ()))
        )
    return found


def _texts(row: dict[str, Any], what: str) -> dict[str, str]:
    if missing := [code for code in LANGUAGES if not row.get(code)]:
        raise ContentError(PATH, f"{what} lacks {', '.join(missing)}")
    return {code: str(row[code]) for code in LANGUAGES}


def title(code: str, locale: str) -> str:
    """The occupation's title in that language; an occupation that was removed keeps its code as its
    name.
    """
    found = occupations().get(code)
    return (found.titles.get(locale) or found.titles["da"]) if found else code


def by_field() -> list[tuple[Field, list[Occupation]]]:
    """Fields in order, each with its occupations."""
    return [
        (field, [item for item in occupations().values() if item.field == field.code])
        for field in fields().values()
    ]


def areas(profile: Profile) -> list[dict[str, Any]]:
    """The areas that are assessed, each with `code` and `name` by language, the main area first."""
    return [{**profile.area, **area} for area in profile.demand["areas"]]


def barometers(profile: Profile) -> list[Barometer]:
    """What the profile's file says to begin with, one an area, the main area first; `queries` has
    what is in force. Raises ContentError for an unknown occupation.
    """
    return [_barometer(profile, area) for area in areas(profile)]


def is_published(profile: Profile) -> bool:
    """True when everybody may see the barometer; otherwise it is a working paper of the office."""
    return bool(profile.demand["publish"])


def _barometer(profile: Profile, area: dict[str, Any]) -> Barometer:
    data = profile.demand
    demand: dict[str, Demand] = {}
    for category in Demand:
        for code in area.get(category.value) or ():
            if code not in occupations() or code in demand:
                raise ContentError(
                    PROFILES / profile.code / "demand.yaml",
                    f"{area['code']}: {code!r} is unknown or there twice",
                )
            demand[code] = category
    return Barometer(
        data["quarter"],
        area["code"],
        area["name"],
        data["source"],
        bool(data.get("example")),
        demand,
    )

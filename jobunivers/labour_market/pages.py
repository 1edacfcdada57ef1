"""The pages of the barometer, prepared for their templates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jobunivers.labour_market import catalogue, queries, rules, words
from jobunivers.labour_market.types import Barometer, Demand, Field, Occupation
from jobunivers.shared.content import localized
from jobunivers.shared.current import current_profile
from jobunivers.shared.profile import Profile

if TYPE_CHECKING:
    from jobunivers.labour_market.models import BarometerEdition


@dataclass(frozen=True)
class Group:
    """A category with the occupations to show, in their order."""

    category: Demand
    name: str
    text: str
    jobs: tuple[tuple[str, str], ...]  # (code, title)


@dataclass(frozen=True)
class Board:
    """One area of an edition, as an administrator sorts it: every category, also an empty one, and
    what is not assessed.
    """

    area: str
    area_name: str
    groups: tuple[Group, ...]
    left_out: tuple[tuple[str, str], ...]

    def others(self, code: str) -> list[tuple[str, str]]:
        """What the occupation can stand behind: all the others in their order, each with its
        category.
        """
        return [
            (other, f"{title} · {group.name}")
            for group in self.groups
            for other, title in group.jobs
            if other != code
        ]

    def place_of(self, code: str) -> dict[str, str]:
        """Its category and the occupation before it, as the form has them."""
        for group in self.groups:
            codes = [job[0] for job in group.jobs]
            if code in codes:
                place = codes.index(code)
                return {
                    "category": group.category.value,
                    "after": codes[place - 1] if place else "",
                }
        return {"category": "none", "after": ""}


@dataclass(frozen=True)
class Place:
    """Where an occupation stands in one area."""

    area: str
    name: str
    text: str


@dataclass(frozen=True)
class Shown:
    """The barometer of one area with the reader's words about it."""

    barometer: Barometer
    quarter: str
    area: str
    source: str
    areas: tuple[tuple[str, str], ...]  # (code, name)


def shown(locale: str, area: str = "") -> Shown:
    """The barometer in force of that area, or of the main one."""
    profile = current_profile()
    found = queries.barometers_in_force(profile)
    barometer = next((each for each in found if each.area == area), found[0])
    areas = tuple((each.area, profile.text(each.area_names, locale)) for each in found)
    return Shown(
        barometer,
        words.quarter_name(barometer.quarter),
        profile.text(barometer.area_names, locale),
        profile.text(barometer.source, locale),
        areas,
    )


def find(search: str, field: str, locale: str) -> list[Occupation]:
    """Occupations that fit everyday words and a field of work; all of them without either."""
    known: Iterable[Occupation] = catalogue.occupations().values()
    found = rules.search(known, search, locale) if search else list(known)
    return [item for item in found if field in ("", item.field)]


def groups(barometer: Barometer, wanted: Sequence[Occupation], locale: str) -> list[Group]:
    """The categories that hold any of the wanted occupations; order is that of the barometer, never
    of the search.
    """
    return [
        group for group in _groups(barometer, {item.code for item in wanted}, locale) if group.jobs
    ]


def boards(profile: Profile, edition: "BarometerEdition", locale: str) -> list[Board]:
    """The areas of an edition, to be sorted."""
    every = catalogue.occupations()
    return [
        Board(
            each.area,
            profile.text(each.area_names, locale),
            tuple(_groups(each, set(every), locale)),
            tuple(
                (code, catalogue.title(code, locale)) for code in every if code not in each.demand
            ),
        )
        for each in queries.barometers_of(profile, edition)
    ]


def _groups(barometer: Barometer, codes: set[str], locale: str) -> list[Group]:
    return [
        Group(
            category,
            words.category_name(category),
            words.category_text(category),
            tuple((code, catalogue.title(code, locale)) for code in members if code in codes),
        )
        for category, members in rules.in_categories(barometer.demand).items()
    ]


def places(code: str, locale: str) -> list[Place]:
    """Where an occupation stands in each area that assesses it."""
    profile = current_profile()
    found = [
        (each, each.demand[code])
        for each in queries.barometers_in_force(profile)
        if code in each.demand
    ]
    return [
        Place(
            profile.text(each.area_names, locale),
            words.category_name(category),
            words.category_text(category),
        )
        for each, category in found
    ]


def fields(locale: str) -> list[tuple[str, str]]:
    """(code, name) of each field of work."""
    return [(field.code, name_of(field, locale)) for field in catalogue.fields().values()]


def name_of(field: Field, locale: str) -> str:
    """A field's name in the reader's language."""
    return localized(field.names, locale)

"""Words of the labour market."""

from dataclasses import dataclass
from enum import StrEnum


class Demand(StrEnum):
    """How many jobs there are for people of an occupation, best first. The job barometer's four ordered categories."""

    SHORTAGE = "shortage"
    GOOD = "good"
    POOR = "poor"
    SURPLUS = "surplus"


@dataclass(frozen=True)
class Field:
    """A field of work; `names` by language."""

    code: str
    names: dict[str, str]


@dataclass(frozen=True)
class Occupation:
    """An occupation in everyday words; `titles` by language, `also` further words people search for."""

    code: str
    field: str
    titles: dict[str, str]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Barometer:
    """The municipality's own assessment for one area and quarter: occupation -> demand, in the order of the categories and inside each."""

    quarter: str
    area: str
    area_names: dict[str, str]
    source: dict[str, str]
    is_example: bool
    demand: dict[str, Demand]

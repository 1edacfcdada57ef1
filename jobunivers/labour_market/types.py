"""Words of the labour market."""

from dataclasses import dataclass
from enum import StrEnum


class Demand(StrEnum):
    """How many jobs there are for people of an occupation, best first. The job barometer's four
    ordered categories.
    """

    SHORTAGE = "shortage"
    GOOD = "good"
    POOR = "poor"
    SURPLUS = "surplus"


class Worktime(StrEnum):
    """How much work a job is."""

    FULL = "full"
    PART = "part"
    FEW = "few"


class Danish(StrEnum):
    """How much Danish a job asks for."""

    NONE = "none"
    LITTLE = "little"
    GOOD = "good"


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for among the jobs. `words` are folded, `occupations` None for all
    fields.
    """

    words: tuple[str, ...] = ()
    occupations: tuple[str, ...] | None = None
    little_danish: bool = False
    part_time: bool = False
    no_licence: bool = False
    several: bool = False


@dataclass(frozen=True)
class Field:
    """A field of work; `names` by language."""

    code: str
    names: dict[str, str]


@dataclass(frozen=True)
class Occupation:
    """An occupation in everyday words; `titles` by language, `also` further words people search
    for.
    """

    code: str
    field: str
    titles: dict[str, str]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Barometer:
    """The municipality's own assessment for one area and quarter: occupation -> demand, in the
    order of the categories and inside each.
    """

    quarter: str
    area: str
    area_names: dict[str, str]
    source: dict[str, str]
    is_example: bool
    demand: dict[str, Demand]

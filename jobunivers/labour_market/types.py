"""Words of the labour market."""

from dataclasses import dataclass
from enum import StrEnum

from jobunivers.shared.data_types import Code, Text, Texts


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

    code: Code  # stable for ever
    field: Code  # one of `fields`
    titles: Texts  # as people say it
    also: tuple[Text, ...] = ()  # further words people search for, in any language


@dataclass(frozen=True)
class OccupationSheet:
    """Occupations people look for, in everyday words, under fields of work."""

    fields: dict[Code, Texts]  # the fields in their order
    occupations: tuple[Occupation, ...]  # in the order of the lists


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

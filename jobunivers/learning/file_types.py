"""What the data files of learning hold, one dataclass a file or a row; whatever is used as it stands
in a file is described in `types.py`.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from jobunivers.learning.exercise_types import ModuleSheet
from jobunivers.learning.types import Situation, Unit
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.data_types import Code, Codes, MaybeCodes, Text, Texts

Place = Annotated[int, Field(ge=1, le=999)]


@dataclass(frozen=True)
class CourseSheet:
    """A ready-made course, one unit a week."""

    order: Place  # among the courses
    title: Texts  # its name
    summary: Texts  # for whom it is
    offered_at: MaybeCodes  # modules whose pages lead to it
    weeks: Annotated[tuple[Unit, ...], Field(min_length=1)]  # one after the other


@dataclass(frozen=True)
class OrderSheet:
    """Which module people usually need after another one."""

    next: dict[Code, Codes]  # after this module, these
    new: Code  # while no module is finished: an overview
    needed: Code  # while no module is finished: what everybody is asked for
    from_abroad: MaybeCodes  # to somebody who reads in another language than Danish


@dataclass(frozen=True)
class Pace:
    """How much somebody may say that she wants to do."""

    minutes: Annotated[int, Field(ge=1, le=2400)]  # a week
    label: Texts  # in words


@dataclass(frozen=True)
class Dropped:
    """An exercise that is no more."""

    dropped_on: date  # when
    note: Text  # where its answers went


Fate = Literal["kept"] | Dropped
SearchWords = Annotated[tuple[Text, ...], Field(min_length=1)]
FILES = (
    DataFile("learning/*/module.yaml", ModuleSheet),
    DataFile(
        "learning/exercise-keys.yaml",
        Fate,
        "keyed",
        "Every exercise key that ever was; answers hang on it.",
    ),
    DataFile("courses/*.yaml", CourseSheet),
    DataFile("learning/situations.yaml", Situation, "rows"),
    DataFile("learning/order.yaml", OrderSheet),
    DataFile("learning/pace.yaml", Pace, "rows"),
    DataFile(
        "learning/search-words.yaml",
        SearchWords,
        "keyed",
        "Module or lesson, and what people type who do not know our word for it.",
    ),
)

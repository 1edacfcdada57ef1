"""What module.yaml and the front matter of a lesson hold: the neutral part of an exercise and its
words in one language (docs/content-format.md).
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from jobunivers.learning.types import ExerciseKind, Group, PlanLine
from jobunivers.shared.data_types import Code, Codes, Text

Size = Annotated[int, Field(ge=40, le=5000)]
Lines = Annotated[int, Field(ge=2, le=6)]
Rows = Annotated[int, Field(ge=2, le=5)]
Spent = Annotated[int, Field(ge=1, le=30)]
Choices = Annotated[Codes, Field(min_length=2)]


@dataclass(frozen=True)
class Neutral:
    """What every exercise has."""

    key: Code  # answers hang on it for ever (exercise-keys.yaml)
    minutes: Spent  # for the exercise alone
    keepsake: Code  # where the answer lives: notes, cv.profile, planner.tasks ...


@dataclass(frozen=True)
class TextExercise(Neutral):
    """One text."""

    kind: Literal["text"]  # one text
    max: Size  # signs at most


@dataclass(frozen=True)
class ListExercise(Neutral):
    """Some lines."""

    kind: Literal["list"]  # some lines
    lines: Lines  # how many
    max: Size  # signs a line at most


@dataclass(frozen=True)
class ChoiceExercise(Neutral):
    """One of several."""

    kind: Literal["choice"]  # one of several
    options: Choices  # what can be chosen
    right: tuple[Code, ...] | None  # the right ones, [] where none is


@dataclass(frozen=True)
class SortExercise(Neutral):
    """Things into piles."""

    kind: Literal["sort"]  # things into piles
    groups: Choices  # the piles
    items: Choices  # the things
    right: dict[Code, Code] | None  # thing -> pile, {} where nothing is wrong
    keep_group: Code | None = None  # the pile that feeds the keepsake


@dataclass(frozen=True)
class ChecklistExercise(Neutral):
    """Points to tick."""

    kind: Literal["checklist"]  # points to tick
    items: Choices  # the points
    ticked: Literal["todo", "done"] = "todo"  # done: the points without a tick go on the list


@dataclass(frozen=True)
class PlanExercise(Neutral):
    """What, and when."""

    kind: Literal["plan"]  # what, and when
    rows: Rows  # lines of the plan


AnyExercise = Annotated[
    TextExercise | ListExercise | ChoiceExercise | SortExercise | ChecklistExercise | PlanExercise,
    Field(discriminator="kind"),
]


@dataclass(frozen=True)
class LessonRow:
    """One lesson with its exercise."""

    slug: Code  # the rest of its file names
    exercise: AnyExercise  # exactly one


@dataclass(frozen=True)
class ModuleSheet:
    """A module of the catalogue."""

    order: Annotated[int, Field(ge=1, le=999)]  # among the modules
    group: Group  # heading of the catalogue
    legal: bool  # it speaks of rights and duties
    checked_on: date  # the day on which somebody last looked the facts up
    lessons: Annotated[tuple[LessonRow, ...], Field(min_length=1)]  # in order
    valid_to: date | None = None  # last day of the law it describes


@dataclass(frozen=True)
class Words:
    """The words of an exercise."""

    prompt: Text  # what to do
    help: Text  # how to begin


@dataclass(frozen=True)
class TextWords(Words):
    """Words of a text."""

    example: Text  # somebody else's answer


@dataclass(frozen=True)
class ListWords(Words):
    """Words of a list."""

    example: Annotated[tuple[Text, ...], Field(min_length=1)]  # somebody else's lines
    labels: tuple[Text, ...] | None = None  # one for each line


@dataclass(frozen=True)
class OptionWords:
    """Words of an option."""

    label: Text  # the option
    feedback: Text  # what is said when it is chosen


@dataclass(frozen=True)
class ChoiceWords(Words):
    """Words of a choice."""

    options: dict[Code, OptionWords]  # each option


@dataclass(frozen=True)
class SortWords(Words):
    """Words of things to sort."""

    groups: dict[Code, Text]  # each pile
    items: dict[Code, Text]  # each thing
    feedback: dict[Code, Text] = field(default_factory=dict)  # each thing, where one pile is right


@dataclass(frozen=True)
class ChecklistWords(Words):
    """Words of a checklist."""

    items: dict[Code, Text]  # each point


@dataclass(frozen=True)
class PlanWords(Words):
    """Words of a plan."""

    what: Text  # heading
    when: Text  # heading
    example: Annotated[tuple[PlanLine, ...], Field(min_length=1)]  # somebody else's plan


AnyWords = TextWords | ListWords | ChoiceWords | SortWords | ChecklistWords | PlanWords


@dataclass(frozen=True, kw_only=True)
class Front:
    """The front matter of a text."""

    title: Text  # heading
    summary: Text  # one or two sentences
    translated_from: str | None = None  # hash of the Danish text (content stamp)
    translator: str | None = None  # machine, or a name
    checked_by: str | None = None  # who has read it


@dataclass(frozen=True, kw_only=True)
class AboutFront(Front):
    """The front matter of a module's introduction."""

    keep: Text  # what one has at the end


@dataclass(frozen=True, kw_only=True)
class TextFront(Front):
    """A lesson with a text."""

    exercise: TextWords  # its words


@dataclass(frozen=True, kw_only=True)
class ListFront(Front):
    """A lesson with a list."""

    exercise: ListWords  # its words


@dataclass(frozen=True, kw_only=True)
class ChoiceFront(Front):
    """A lesson with a choice."""

    exercise: ChoiceWords  # its words


@dataclass(frozen=True, kw_only=True)
class SortFront(Front):
    """A lesson with things to sort."""

    exercise: SortWords  # its words


@dataclass(frozen=True, kw_only=True)
class ChecklistFront(Front):
    """A lesson with a checklist."""

    exercise: ChecklistWords  # its words


@dataclass(frozen=True, kw_only=True)
class PlanFront(Front):
    """A lesson with a plan."""

    exercise: PlanWords  # its words


LessonFront = TextFront | ListFront | ChoiceFront | SortFront | ChecklistFront | PlanFront
FRONTS: dict[ExerciseKind, type[LessonFront]] = {
    ExerciseKind.TEXT: TextFront,
    ExerciseKind.LIST: ListFront,
    ExerciseKind.CHOICE: ChoiceFront,
    ExerciseKind.SORT: SortFront,
    ExerciseKind.CHECKLIST: ChecklistFront,
    ExerciseKind.PLAN: PlanFront,
}

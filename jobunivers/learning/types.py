"""What learning speaks of: modules, lessons, exercises and their words, in languages; frozen, read
once from content/learning.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import Field

from jobunivers.shared.content import localized
from jobunivers.shared.data_types import Code, MaybeCodes, Texts
from jobunivers.shared.data_types import Text as Line
from jobunivers.shared.markdown import Block

NOTES = "notes"
Group = Literal["start", "direction", "apply", "upskill", "daily", "denmark"]
GROUPS: tuple[Group, ...] = get_args(Group)
DANISH = "da"
ENDS_SOON = timedelta(days=60)


class ExerciseKind(StrEnum):
    """How an exercise asks; docs/content-format.md says what each kind keeps."""

    TEXT = "text"
    LIST = "list"
    CHOICE = "choice"
    SORT = "sort"
    CHECKLIST = "checklist"
    PLAN = "plan"


class TranslationState(StrEnum):
    """How far a text can be trusted: nobody has read a machine-made one; an outdated one is older
    than the Danish.
    """

    MISSING = "missing"
    OUTDATED = "outdated"
    MACHINE = "machine"
    CHECKED = "checked"


@dataclass(frozen=True)
class Exercise:
    """The neutral part of an exercise. `limit` counts characters of a text or of each line;
    `minutes` is for the exercise alone.
    """

    key: str
    kind: ExerciseKind
    minutes: int
    keepsake: str
    limit: int = 0
    lines: int = 0
    rows: int = 0
    options: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    right_options: tuple[str, ...] = ()  # of a choice
    right_groups: Mapping[str, str] = field(default_factory=dict)  # of a sort: item -> group
    keep_group: str = ""
    # checklist: ticks mark what one will do ("todo") or has done ("done": the rest goes on the list)
    ticked: str = "todo"

    @property
    def is_note(self) -> bool:
        """True when the answer lives in the notes only."""
        return self.keepsake == NOTES

    @property
    def is_direct(self) -> bool:
        """True when the keepsake holds the answer itself; otherwise the answer is a note and the
        keepsake gets lines made from it.
        """
        return self.is_note or self.kind in (
            ExerciseKind.TEXT,
            ExerciseKind.LIST,
            ExerciseKind.PLAN,
        )


@dataclass(frozen=True)
class PlanLine:
    """A line of somebody else's plan."""

    what: Line  # she wants to do
    when: Line  # she wants to do it


@dataclass(frozen=True)
class ExerciseWords:
    """An exercise in one language; keys are those of the neutral part."""

    prompt: str
    help: str
    example: str | tuple[str, ...] | tuple[PlanLine, ...] = ()
    labels: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    what: str = ""
    when: str = ""


@dataclass(frozen=True)
class Text:
    """A lesson or module's introduction in one language, rendered. `html` is all blocks together."""

    locale: str
    title: str
    summary: str
    blocks: tuple[Block, ...]
    html: str
    terms: tuple[str, ...]
    state: TranslationState
    minutes: int
    word_count: int
    keep: str = ""
    words: ExerciseWords | None = None
    content_hash: str = ""  # of this language's own file; tells its versions apart

    @property
    def speaks_of_money(self) -> bool:
        """True when a part of it waits for the reader's answer whether she may receive money from
        the public.
        """
        return any(block.kind.startswith("money:") for block in self.blocks)


@dataclass(frozen=True)
class Lesson:
    """One lesson with its exercise. `content_hash` is that of the Danish text, so that a better
    translation is no change.
    """

    module: str
    slug: str
    number: int
    exercise: Exercise
    texts: dict[str, Text]
    content_hash: str

    @property
    def key(self) -> str:
        """'cv/profile-text'."""
        return f"{self.module}/{self.slug}"

    def text(self, locale: str) -> Text:
        """The text in that language, or the Danish one (its `locale` says so)."""
        found: Text = localized(self.texts, locale)
        return found

    def words(self, locale: str) -> ExerciseWords:
        """The exercise's words in that language, or the Danish ones."""
        words = self.text(locale).words
        if words is None:
            raise KeyError(self.key)
        return words


@dataclass(frozen=True)
class Module:
    """A module of the catalogue. `legal`: it speaks of rights and duties."""

    slug: str
    order: int
    group: Group
    legal: bool
    checked_on: date
    valid_to: date | None
    texts: dict[str, Text]
    lessons: tuple[Lesson, ...]

    def text(self, locale: str) -> Text:
        """The introduction in that language, or the Danish one."""
        found: Text = localized(self.texts, locale)
        return found

    def minutes(self, locale: str) -> int:
        """Minutes for all lessons."""
        return sum(lesson.text(locale).minutes for lesson in self.lessons)

    def neighbour(self, lesson: Lesson, step: int) -> Lesson | None:
        """The next (1) or previous (-1) lesson, None at the ends."""
        place = lesson.number - 1 + step
        return self.lessons[place] if 0 <= place < len(self.lessons) else None

    def has_expired(self, today: date) -> bool:
        """True when the law that it describes has ended."""
        return self.valid_to is not None and self.valid_to < today

    def ends_soon(self, today: date) -> bool:
        """True in the last weeks of the law that it describes: time to look the facts up again."""
        return self.valid_to is not None and today <= self.valid_to <= today + ENDS_SOON


@dataclass(frozen=True)
class Answer:
    """What is kept for an exercise now. `version` names the value, so that a form opened earlier is
    noticed.
    """

    value: Any = None
    version: str = ""
    opened_at: datetime | None = None
    saved_at: datetime | None = None
    is_done: bool = False
    changed_since: bool = False  # the lesson's text changed after it was done


NO_ANSWER = Answer()


@dataclass(frozen=True)
class Progress:
    """How far an owner has come with one module."""

    done: int
    total: int
    minutes_left: int
    is_started: bool


@dataclass(frozen=True)
class Continuation:
    """The lesson to resume."""

    module: Module
    lesson: Lesson

    def title(self, locale: str) -> str:
        """The lesson's title."""
        return self.lesson.text(locale).title

    def module_title(self, locale: str) -> str:
        """The module's title."""
        return self.module.text(locale).title


@dataclass(frozen=True)
class Suggestion:
    """A module one might want, with its reason in one sentence of the reader's language ("Because
    you ...").
    """

    module: str
    reason: str


class Helped(StrEnum):
    """Answers to "Did this lesson help you?"."""

    YES = "yes"
    LITTLE = "little"
    NO = "no"


@dataclass(frozen=True)
class Mistake:
    """A reported mistake as the editor sees it. `is_current`: the text still stands as it stood
    then.
    """

    id: UUID
    lesson: str
    language: str
    sentence: str
    note: str
    at: datetime
    is_current: bool


# --- what leads through the modules: ready-made courses, situations, the usual order
# ------------------------------------------

Words = dict[str, str]  # language -> text
Lessons = Annotated[tuple[Line, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Unit:
    """One week of a ready-made course; lessons as "module/lesson"."""

    title: Texts  # of the week
    lessons: Lessons  # "module/lesson", in order


@dataclass(frozen=True)
class Course:
    """A ready-made course, one unit a week. `offered_at` are the modules whose pages lead to it."""

    slug: str
    order: int
    title: Words
    summary: Words
    offered_at: tuple[str, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Situation:
    """What somebody may say of herself, and the modules that are suggested then, each with its
    reason. `leaves_out` are never suggested to her.
    """

    key: Code  # kept with the person, sealed
    label: Texts  # what she may tick
    modules: dict[Code, Texts]  # suggested modules, each with its reason
    leaves_out: MaybeCodes = ()  # modules that are never suggested to her


@dataclass(frozen=True)
class Order:
    """`following`: module -> what people usually need next. `new` and `needed` are for those who
    have finished nothing yet.
    """

    following: dict[str, tuple[str, ...]]
    new: str
    needed: str
    from_abroad: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """Everything of this kind. `paces`: minutes a week -> label."""

    courses: tuple[Course, ...]
    situations: tuple[Situation, ...]
    order: Order
    paces: dict[int, Words]

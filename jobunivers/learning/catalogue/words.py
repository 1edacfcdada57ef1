"""An exercise and its words in a language, from what module.yaml and a lesson's front matter say."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from jobunivers.learning.exercise_types import (
    AnyExercise,
    AnyWords,
    ChecklistWords,
    ChoiceExercise,
    ChoiceWords,
    ListWords,
    ModuleSheet,
    PlanWords,
    SortExercise,
    SortWords,
)
from jobunivers.learning.types import NOTES, Exercise, ExerciseKind, ExerciseWords
from jobunivers.shared import schema
from jobunivers.shared.schema import Complaint

Value = TypeVar("Value")


def neutral_exercise(row: AnyExercise) -> Exercise:
    """The exercise of a row in module.yaml."""
    given = vars(row)
    return Exercise(
        key=row.key,
        kind=ExerciseKind(row.kind),
        minutes=row.minutes,
        keepsake=row.keepsake,
        limit=given.get("max", 300),
        lines=given.get("lines", 0),
        rows=given.get("rows", 0),
        options=given.get("options", ()),
        groups=given.get("groups", ()),
        items=given.get("items", ()),
        right_options=(row.right or ()) if isinstance(row, ChoiceExercise) else (),
        right_groups=(row.right or {}) if isinstance(row, SortExercise) else {},
        keep_group=given.get("keep_group") or "",
        ticked=given.get("ticked", "todo"),
    )


def module_faults(data: ModuleSheet) -> Iterator[Complaint]:
    """What does not fit together in the exercises of a module."""
    for place, complaint in schema.twice(data.lessons, "slug"):
        yield ("lessons", *place), complaint
    for number, lesson in enumerate(data.lessons):
        place = ("lessons", number, "exercise")
        if isinstance(lesson.exercise, ChoiceExercise):
            known = lesson.exercise.options
            yield from schema.unknown((*place, "right"), lesson.exercise.right or (), known)
        if isinstance(lesson.exercise, SortExercise):
            for key, message in _sort_faults(lesson.exercise):
                yield (*place, key), message


def _sort_faults(exercise: SortExercise) -> Iterator[tuple[str, str]]:
    right, keep = exercise.right or {}, exercise.keep_group
    if right and (
        set(right) != set(exercise.items) or not set(right.values()) <= set(exercise.groups)
    ):
        yield "right", "must name one of the groups for each of the items"
    if keep and keep not in exercise.groups:
        yield "keep_group", f"must be one of {', '.join(exercise.groups)}, not {keep!r}"
    if not keep and exercise.keepsake != NOTES:
        yield "keepsake", "feeds a list, so keep_group must name the pile that goes there"


def word_faults(exercise: Exercise, words: AnyWords) -> Iterator[Complaint]:
    """What does not fit the neutral part: each code has words, and no other."""
    for name, codes in _wanted(exercise, words):
        given = getattr(words, name)
        if set(given) != set(codes):
            yield ("exercise", name), f"must have exactly the keys {', '.join(codes)}"
    if isinstance(words, ListWords) and words.labels and len(words.labels) != exercise.lines:
        yield ("exercise", "labels"), f"must be {exercise.lines} texts"


def _wanted(exercise: Exercise, words: AnyWords) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(words, ChoiceWords):
        yield "options", exercise.options
    if isinstance(words, SortWords):
        yield "groups", exercise.groups
        if exercise.right_groups or words.feedback:
            yield "feedback", exercise.items
    if isinstance(words, SortWords | ChecklistWords):
        yield "items", exercise.items


def exercise_words(exercise: Exercise, words: AnyWords) -> ExerciseWords:
    """The words in the order of the neutral part."""
    said = ExerciseWords(prompt=words.prompt, help=words.help)
    if isinstance(words, ChoiceWords):
        options = _ordered(words.options, exercise.options)
        return replace(
            said,
            options={code: one.label for code, one in options.items()},
            feedback={code: one.feedback for code, one in options.items()},
        )
    if isinstance(words, SortWords):
        return replace(
            said,
            groups=_ordered(words.groups, exercise.groups),
            items=_ordered(words.items, exercise.items),
            feedback=_ordered(words.feedback, exercise.items if words.feedback else ()),
        )
    if isinstance(words, ChecklistWords):
        return replace(said, items=_ordered(words.items, exercise.items))
    if isinstance(words, ListWords):
        return replace(said, example=words.example, labels=words.labels or ())
    if isinstance(words, PlanWords):
        return replace(said, example=words.example, what=words.what, when=words.when)
    return replace(said, example=words.example.strip())


def _ordered(given: dict[str, Value], codes: Iterable[str]) -> dict[str, Value]:
    return {code: given[code] for code in codes}

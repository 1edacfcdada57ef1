"""What an answer is, how it is named, and what it says to others."""

import hashlib
import json
from typing import Any

from jobunivers.learning.types import Exercise, ExerciseKind, ExerciseWords


def is_blank(value: Any) -> bool:
    """True when nothing was answered."""
    return value is None or value in ("", [], {})


def may_be_blank(exercise: Exercise) -> bool:
    """A checklist without a tick is an answer when ticks say what one has done: all of it goes on
    the list.
    """
    return exercise.kind is ExerciseKind.CHECKLIST and exercise.ticked == "done"


def version_of(value: Any) -> str:
    """A name for a value, the same on both engines and for None, '' and []: '' when nothing is
    kept.
    """
    if is_blank(value):
        return ""
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()[:16]


def is_stale(*, seen: str, kept: Any, new: Any) -> bool:
    """True when the kept value changed since the form was opened, and saving would overwrite
    something else.
    """
    current = version_of(kept)
    return current not in (seen, version_of(new))


def kept_lines(exercise: Exercise, value: Any, words: ExerciseWords) -> list[str]:
    """The lines that an answer gives to a list elsewhere: one's own group of a sort; what is to do
    of a checklist.
    """
    if exercise.kind is ExerciseKind.SORT:
        return [
            words.items[item]
            for item in exercise.items
            if (value or {}).get(item) == exercise.keep_group
        ]
    ticked = set(value or [])
    wants_ticked = exercise.ticked == "todo"
    return [words.items[item] for item in exercise.items if (item in ticked) == wants_ticked]


def merged_lines(existing: Any, lines: list[str], labels: frozenset[str]) -> list[str]:
    """Somebody's own lines stay; only lines that came from the exercise (in any language) are
    replaced.
    """
    own = [line for line in existing or [] if isinstance(line, str) and line not in labels]
    return own + [line for line in lines if line not in own]


def feedback_for(
    exercise: Exercise, value: Any, words: ExerciseWords
) -> list[tuple[str, str, bool | None]]:
    """(what was answered, the adviser's words, whether it is the usual answer) in the exercise's
    order; None where there is no usual answer.
    """
    if not words.feedback or is_blank(value):
        return []
    if exercise.kind is ExerciseKind.CHOICE:
        if value not in words.options:
            return []
        return [
            (
                words.options[value],
                words.feedback[value],
                value in exercise.right_options if exercise.right_options else None,
            )
        ]
    chosen = [item for item in exercise.items if value.get(item) in exercise.groups]
    return [
        (
            f"{words.items[item]} → {words.groups[value[item]]}",
            words.feedback[item],
            value[item] == exercise.right_groups[item] if exercise.right_groups else None,
        )
        for item in chosen
    ]


def shown_lines(exercise: Exercise, value: Any, words: ExerciseWords) -> list[str]:
    """An answer as lines to read and print; unknown keys of older versions are left out, another
    shape is shown as it is.
    """
    if is_blank(value):
        return []
    kind = exercise.kind
    if kind is ExerciseKind.CHOICE and isinstance(value, str):
        return [words.options[value]] if value in words.options else []
    if kind is ExerciseKind.CHECKLIST and isinstance(value, list):
        return [words.items[item] for item in exercise.items if item in value]
    if kind is ExerciseKind.SORT and isinstance(value, dict):
        return [
            f"{label}: "
            + "; ".join(words.items[item] for item in exercise.items if value.get(item) == group)
            for group, label in words.groups.items()
            if group in value.values()
        ]
    return plain_lines(value)


def plain_lines(value: Any) -> list[str]:
    """A text, lines or rows of a plan as lines without empty ones; anything else, such as the
    answer of an exercise that is gone, as its words.
    """
    if isinstance(value, str):
        return value.splitlines()
    if isinstance(value, dict):
        return [f"{key}: {one}" for key, one in value.items()]
    return [
        " · ".join(part for part in (row.get("what", ""), row.get("when", "")) if part)
        if isinstance(row, dict)
        else str(row)
        for row in value
        if row
    ]

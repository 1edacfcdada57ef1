"""The neutral part of an exercise and its words in a language: shapes as docs/content-format.md
says. Raises ValueError with what is wrong.
"""

from typing import Any

from jobunivers.learning.types import Exercise, ExerciseKind, ExerciseWords

COMMON = {"key", "kind", "minutes", "keepsake"}
NEUTRAL = {
    ExerciseKind.TEXT: {"max"},
    ExerciseKind.LIST: {"lines", "max"},
    ExerciseKind.CHOICE: {"options", "right"},
    ExerciseKind.SORT: {"groups", "items", "right"},
    ExerciseKind.CHECKLIST: {"items"},
    ExerciseKind.PLAN: {"rows"},
}
OPTIONAL = {ExerciseKind.SORT: {"keep_group"}, ExerciseKind.CHECKLIST: {"ticked"}}


def neutral_exercise(row: dict[str, Any]) -> Exercise:
    """The exercise of a row in module.yaml."""
    try:
        kind = ExerciseKind(row.get("kind", ""))
    except ValueError:
        raise ValueError(
            f"unknown exercise kind {row.get('kind')!r}; known: {', '.join(ExerciseKind)}"
        ) from None
    needed = COMMON | NEUTRAL[kind]
    if missing := sorted(needed - set(row)):
        raise ValueError(f"exercise lacks {', '.join(missing)}")
    if unknown := sorted(set(row) - needed - OPTIONAL.get(kind, set())):
        raise ValueError(f"exercise has unknown {', '.join(unknown)}")
    exercise = Exercise(
        key=str(row["key"]),
        kind=kind,
        minutes=_number(row, "minutes", 1, 30),
        keepsake=str(row["keepsake"]),
        limit=_number(row, "max", 40, 5000) if "max" in row else 300,
        lines=_number(row, "lines", 2, 6) if "lines" in row else 0,
        rows=_number(row, "rows", 2, 5) if "rows" in row else 0,
        options=_names(row, "options"),
        groups=_names(row, "groups"),
        items=_names(row, "items"),
        right=row.get("right") or None,
        keep_group=str(row.get("keep_group", "")),
        ticked=str(row.get("ticked", "todo")),
    )
    _check_right(exercise)
    return exercise


def _number(row: dict[str, Any], name: str, least: int, most: int) -> int:
    value = row[name]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{name} must be a number from {least} to {most}")
    return value


def _names(row: dict[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise ValueError(f"{name} must be a list of names (quote yes, no, on, off)")
    if name in row and (len(value) < 2 or len(set(value)) != len(value)):
        raise ValueError(f"{name} needs at least two different names")
    return tuple(value)


def _check_right(exercise: Exercise) -> None:
    right = exercise.right
    if (
        exercise.kind is ExerciseKind.CHOICE
        and right
        and not (isinstance(right, list) and set(right) <= set(exercise.options))
    ):
        raise ValueError("right names an option that is not there")
    if (
        exercise.kind is ExerciseKind.SORT
        and right
        and not (
            isinstance(right, dict)
            and set(right) == set(exercise.items)
            and set(right.values()) <= set(exercise.groups)
        )
    ):
        raise ValueError("right must name a group for each item")
    if exercise.keep_group and exercise.keep_group not in exercise.groups:
        raise ValueError("keep_group is not one of the groups")
    if (
        exercise.kind is ExerciseKind.SORT
        and exercise.keepsake != "notes"
        and not exercise.keep_group
    ):
        raise ValueError("a sort that feeds a list needs keep_group")
    if exercise.ticked not in ("todo", "done"):
        raise ValueError("ticked is todo or done")


def exercise_words(exercise: Exercise, front: Any) -> ExerciseWords:
    """The words of an exercise from the front matter of a lesson file."""
    if not isinstance(front, dict):
        raise ValueError("words are missing")
    for name in ("prompt", "help"):
        _text(front, name)
    words = _WORDS[exercise.kind](exercise, front)
    if unknown := sorted(set(front) - {"prompt", "help"} - set(words)):
        raise ValueError(f"unknown {', '.join(unknown)}")
    return ExerciseWords(
        prompt=front["prompt"],
        help=front["help"],
        **{name: value for name, value in words.items() if value is not None},
    )


def _text(front: dict[str, Any], name: str) -> str:
    value = front.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is missing or not a text")
    return value


def _labels(front: dict[str, Any], name: str, keys: tuple[str, ...]) -> dict[str, str]:
    value = front.get(name)
    if not isinstance(value, dict) or {str(key) for key in value} != set(keys):
        raise ValueError(f"{name} must have exactly the keys {', '.join(keys)}")
    for key, label in value.items():
        if not isinstance(key, str) or not isinstance(label, str) or not label.strip():
            raise ValueError(
                f"{name}: {key!r} is not a text (quote yes, no, on, off and values with a colon)"
            )
    return {key: value[key] for key in keys}


def _text_words(exercise: Exercise, front: dict[str, Any]) -> dict[str, Any]:
    return {"example": _text(front, "example").strip()}


def _list_words(exercise: Exercise, front: dict[str, Any]) -> dict[str, Any]:
    example = front.get("example")
    if (
        not isinstance(example, list)
        or not example
        or not all(isinstance(line, str) for line in example)
    ):
        raise ValueError("example must be a list of lines (quote a line with a colon)")
    labels = front.get("labels")
    if labels is not None and not (
        isinstance(labels, list)
        and len(labels) == exercise.lines
        and all(isinstance(one, str) for one in labels)
    ):
        raise ValueError(f"labels must be {exercise.lines} texts")
    return {"example": example, "labels": tuple(labels) if labels else None}


def _choice_words(exercise: Exercise, front: dict[str, Any]) -> dict[str, Any]:
    options = front.get("options")
    if not isinstance(options, dict) or set(options) != set(exercise.options):
        raise ValueError(f"options must have exactly the keys {', '.join(exercise.options)}")
    if not all(
        isinstance(one, dict) and set(one) == {"label", "feedback"} for one in options.values()
    ):
        raise ValueError("each option needs label and feedback")
    by_part = {
        part: {key: _text(options[key], part) for key in exercise.options}
        for part in ("label", "feedback")
    }
    return {"options": by_part["label"], "feedback": by_part["feedback"]}


def _sort_words(exercise: Exercise, front: dict[str, Any]) -> dict[str, Any]:
    feedback = (
        _labels(front, "feedback", exercise.items)
        if exercise.right or front.get("feedback")
        else None
    )
    return {
        "groups": _labels(front, "groups", exercise.groups),
        "items": _labels(front, "items", exercise.items),
        "feedback": feedback,
    }


def _checklist_words(exercise: Exercise, front: dict[str, Any]) -> dict[str, Any]:
    return {"items": _labels(front, "items", exercise.items)}


def _plan_words(exercise: Exercise, front: dict[str, Any]) -> dict[str, Any]:
    example = front.get("example")
    if (
        not isinstance(example, list)
        or not example
        or not all(isinstance(row, dict) and set(row) == {"what", "when"} for row in example)
    ):
        raise ValueError("example must be a list of {what, when}")
    return {"what": _text(front, "what"), "when": _text(front, "when"), "example": example}


_WORDS = {
    ExerciseKind.TEXT: _text_words,
    ExerciseKind.LIST: _list_words,
    ExerciseKind.CHOICE: _choice_words,
    ExerciseKind.SORT: _sort_words,
    ExerciseKind.CHECKLIST: _checklist_words,
    ExerciseKind.PLAN: _plan_words,
}

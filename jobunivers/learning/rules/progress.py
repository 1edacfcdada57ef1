"""How far one has come: counted lessons and minutes, never a score."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from jobunivers.learning.types import Lesson, Module, Progress

SAME_VISIT = timedelta(minutes=1)


def is_new_visit(opened_at: datetime | None, now: datetime) -> bool:
    """True when opening the lesson is worth remembering; a reload is not."""
    return opened_at is None or now - opened_at > SAME_VISIT


def module_progress(
    module: Module, *, opened: Collection[str], done: Collection[str], locale: str
) -> Progress:
    """Lessons done of all, and minutes of those that are left."""
    left = [lesson for lesson in module.lessons if lesson.key not in done]
    return Progress(
        done=len(module.lessons) - len(left),
        total=len(module.lessons),
        minutes_left=sum(lesson.text(locale).minutes for lesson in left),
        is_started=any(lesson.key in opened for lesson in module.lessons),
    )


def where_to_go_on(rows: Sequence[tuple[str, datetime, datetime | None]]) -> list[tuple[str, bool]]:
    """(lesson, is done) by when it was last touched, latest first. Rows are (lesson, opened, done)."""
    touched = sorted(rows, key=lambda row: (max(row[1], row[2] or row[1]), row[0]), reverse=True)
    return [(lesson, done is not None) for lesson, _opened, done in touched]


def next_open(module: Module, lesson: Lesson, done: Collection[str]) -> Lesson | None:
    """The first lesson after this one that is not done; None when the rest of the module is done."""
    return next((one for one in module.lessons[lesson.number :] if one.key not in done), None)

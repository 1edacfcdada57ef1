"""What the pages of a course show: modules with progress, suggestions with reasons, notes, and the work of a draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.identity import access
from jobunivers.identity import queries as identity
from jobunivers.identity.types import Viewer
from jobunivers.learning import catalogue, queries, suggestions
from jobunivers.learning.models import Note
from jobunivers.learning.rules import exercises
from jobunivers.learning.rules.progress import module_progress
from jobunivers.learning.types import Lesson, Module, Progress


@dataclass(frozen=True)
class Step:
    """One module of the course; `upcoming` is the lesson to do next, None when all are done."""

    module: Module
    progress: Progress
    upcoming: Lesson | None


@dataclass(frozen=True)
class ShownNote:
    """One note in words; `lesson` is None when its exercise is gone."""

    lesson: Lesson | None
    title: str
    lines: list[str]
    changed_at: datetime


def context(owner_id: UUID | None, person: Viewer | None, locale: str) -> dict[str, Any]:
    """Everything of the page /my/path, in four queries."""
    rows = queries.list_progress(owner_id)
    opened, done = {row.lesson for row in rows}, frozenset(row.lesson for row in rows if row.done_at)
    entries = queries.list_path(owner_id)
    chosen = [module for entry in entries if entry.dismissed_at is None and (module := catalogue.find_module(entry.module))]
    begun = [module for module in catalogue.modules() if module not in chosen and any(lesson.key in opened for lesson in module.lessons)]
    begun = [module for module in begun if module.slug not in {entry.module for entry in entries}]
    steps = [_step(module, opened, done, locale) for module in chosen]
    known = {entry.module for entry in entries} | {module.slug for module in begun}
    citizen_id = person.citizen_id if person else None
    return {
        "steps": steps,
        "begun": [_step(module, opened, done, locale) for module in begun],
        "minutes_left": sum(step.progress.minutes_left for step in steps),
        "suggested": suggestions.list_suggestions(owner_id, citizen_id, known=known, done=done, locale=locale),
        "resume": queries.where_to_continue(rows),
        "notes": shown_notes(queries.list_notes(owner_id), locale) if owner_id else [],
        "is_draft": person is None,
    }


def _step(module: Module, opened: set[str], done: frozenset[str], locale: str) -> Step:
    upcoming = next((lesson for lesson in module.lessons if lesson.key not in done), None)
    return Step(module, module_progress(module, opened=opened, done=done, locale=locale), upcoming)


def shown_notes(notes: list[Note], locale: str) -> list[ShownNote]:
    """Notes in words, newest first; notes without content are left out."""
    shown = []
    for note in notes:
        lesson = catalogue.find_by_exercise(note.exercise_key)
        lines = exercises.shown_lines(lesson.exercise, note.value, lesson.words(locale)) if lesson else exercises.plain_lines(note.value)
        if lines:
            shown.append(ShownNote(lesson, lesson.text(locale).title if lesson else note.exercise_key, lines, note.changed_at))
    return shown


def draft_to_ask_about() -> UUID | None:
    """The draft behind this browser's cookie when it holds work; staff who tries the lessons is not asked."""
    draft_id, person = access.draft_cookie_owner(), access.viewer()
    is_staff = person is not None and person.is_staff and person.owner_id is None
    if is_staff or draft_id is None or identity.find_draft(draft_id) is None:
        return None
    has_work = any(row.saved_at for row in queries.list_progress(draft_id)) or queries.list_chosen_modules(draft_id)
    return draft_id if has_work else None


@dataclass(frozen=True)
class DraftWork:
    """What a draft holds, so that one can see whether it is one's own."""

    began_at: datetime | None
    lessons: list[str]
    modules: list[str]


def work_of(draft_id: UUID, locale: str) -> DraftWork:
    """Titles of lessons with an answer, and of modules chosen."""
    rows = [row for row in queries.list_progress(draft_id) if row.saved_at]
    lessons = [found[1].text(locale).title for row in rows if (found := catalogue.find_lesson(row.lesson))]
    modules = [module.text(locale).title for module in queries.list_chosen_modules(draft_id)]
    return DraftWork(min((row.opened_at for row in rows), default=None), lessons, modules)

"""What the pages of a course show: modules with progress, suggestions with reasons, notes, and the
work of a draft.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort

from jobunivers.identity import access
from jobunivers.identity import queries as identity
from jobunivers.identity.types import Viewer
from jobunivers.learning import catalogue, queries
from jobunivers.learning import plan_pages as plan_page
from jobunivers.learning import suggestion_pages as suggestions
from jobunivers.learning.forms import PaceForm, SituationsForm, StartForm
from jobunivers.learning.models import Note
from jobunivers.learning.rules import exercises
from jobunivers.learning.rules.progress import module_progress
from jobunivers.learning.types import Lesson, Module, Progress
from jobunivers.shared import clock
from jobunivers.shared.content import localized
from jobunivers.shared.forms import BaseForm


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


def context(
    owner_id: UUID | None, person: Viewer | None, locale: str, **forms: BaseForm
) -> dict[str, Any]:
    """Everything of the page /my/path, in five queries and one for each source of suggestions.
    `forms` are those that came back with errors.
    """
    rows, plan = queries.list_progress(owner_id), queries.find_plan(owner_id)
    opened, done = (
        {row.lesson for row in rows},
        frozenset(row.lesson for row in rows if row.done_at),
    )
    entries = queries.list_path(owner_id)
    chosen = [
        module
        for entry in entries
        if entry.dismissed_at is None and (module := catalogue.find_module(entry.module))
    ]
    dated = plan_page.dated_course(plan, done=done, today=clock.today(), locale=locale)
    aside = {entry.module for entry in entries} | (_modules_of(dated) if dated else set())
    begun = [one for one in _begun(opened, chosen) if one.slug not in aside]
    steps = [_step(module, opened, done, locale) for module in chosen]
    known = {entry.module for entry in entries} | {module.slug for module in begun}
    situations = [] if _is_helped(person) else queries.situations_of(plan)
    citizen_id = person.citizen_id if person else None
    done_on = {row.lesson: clock.danish_day(row.done_at) for row in rows if row.done_at}
    week = (
        None
        if dated
        else plan_page.paced_week(plan, chosen, done_on=done_on, today=clock.today(), locale=locale)
    )
    shown = dated or week
    upcoming = shown.upcoming if shown else None
    return {
        "steps": steps,
        "begun": [_step(module, opened, done, locale) for module in begun],
        "minutes_left": sum(step.progress.minutes_left for step in steps),
        "suggested": suggestions.list_suggestions(
            owner_id, citizen_id, known=known, done=done, locale=locale, situations=situations
        ),
        "resume": queries.where_to_continue(rows),
        "notes": shown_notes(queries.list_notes(owner_id), locale) if owner_id else [],
        "is_draft": person is None,
        "dated": dated,
        "week": week,
        "upcoming_key": upcoming.lesson.key if upcoming else "",
        "has_pace": bool(plan and plan.weekly_minutes),
        "pace_form": PaceForm.in_words(locale, minutes=plan.weekly_minutes if plan else None),
        "situations_form": None
        if _is_helped(person)
        else SituationsForm.in_words(locale, ticked=[one.key for one in situations]),
        "start_form": StartForm(data={"starts_on": plan.starts_on if plan else None}),
        **forms,
    }


def _begun(opened: Collection[str], chosen: Collection[Module]) -> list[Module]:
    """Modules of which a lesson was opened, without being on the course."""
    return [
        module
        for module in catalogue.modules()
        if module not in chosen and any(lesson.key in opened for lesson in module.lessons)
    ]


def _is_helped(person: Viewer | None) -> bool:
    """A helper does not see what the person ticked about herself."""
    return person is not None and person.is_helper


def _modules_of(dated: plan_page.DatedCourse) -> set[str]:
    return {shown.lesson.module for week in dated.weeks for shown in week.lessons}


def _step(module: Module, opened: set[str], done: frozenset[str], locale: str) -> Step:
    upcoming = next((lesson for lesson in module.lessons if lesson.key not in done), None)
    return Step(module, module_progress(module, opened=opened, done=done, locale=locale), upcoming)


def shown_notes(notes: list[Note], locale: str) -> list[ShownNote]:
    """Notes in words, newest first; notes without content are left out."""
    shown = []
    for note in notes:
        lesson = catalogue.find_by_exercise(note.exercise_key)
        lines = (
            exercises.shown_lines(lesson.exercise, note.value, lesson.words(locale))
            if lesson
            else exercises.plain_lines(note.value)
        )
        if lines:
            shown.append(
                ShownNote(
                    lesson,
                    lesson.text(locale).title if lesson else note.exercise_key,
                    lines,
                    note.changed_at,
                )
            )
    return shown


def refuse_staff() -> None:
    """403 for staff who tries the lessons: a course is kept for citizens, visitors and drafts."""
    person = access.viewer()
    if person is not None and person.is_staff and person.owner_id is None:
        abort(403)


def draft_to_ask_about() -> UUID | None:
    """The draft behind this browser's cookie when it holds work; staff who tries the lessons is not
    asked.
    """
    draft_id, person = access.draft_cookie_owner(), access.viewer()
    is_staff = person is not None and person.is_staff and person.owner_id is None
    if is_staff or draft_id is None or identity.find_draft(draft_id) is None:
        return None
    has_work = (
        any(row.saved_at for row in queries.list_progress(draft_id))
        or queries.list_chosen_modules(draft_id)
        or _has_decided(draft_id)
    )
    return draft_id if has_work else None


def _has_decided(draft_id: UUID) -> bool:
    plan = queries.find_plan(draft_id)
    return bool(plan and (plan.course or plan.weekly_minutes or plan.situations_sealed))


@dataclass(frozen=True)
class DraftWork:
    """What a draft holds, so that one can see whether it is one's own."""

    began_at: datetime | None
    lessons: list[str]
    modules: list[str]
    course: str


def work_of(draft_id: UUID, locale: str) -> DraftWork:
    """Titles of lessons with an answer, of modules chosen, and of a ready-made course; '' when
    there is none.
    """
    rows = [row for row in queries.list_progress(draft_id) if row.saved_at]
    lessons = [
        found[1].text(locale).title for row in rows if (found := catalogue.find_lesson(row.lesson))
    ]
    modules = [module.text(locale).title for module in queries.list_chosen_modules(draft_id)]
    plan = queries.find_plan(draft_id)
    course = catalogue.find_course(plan.course) if plan else None
    return DraftWork(
        min((row.opened_at for row in rows), default=None),
        lessons,
        modules,
        localized(course.title, locale) if course else "",
    )

"""What people do with lessons and courses. Each function runs inside the caller's transaction."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.models import FailedLogin, Owner
from jobunivers.learning import ports as keepsakes
from jobunivers.learning import queries
from jobunivers.learning.models import (
    ContentSignOff,
    LearningPlan,
    LessonFeedback,
    LessonProgress,
    MistakeReport,
    PathEntry,
)
from jobunivers.learning.rules import exercises
from jobunivers.learning.rules import path as path_rules
from jobunivers.learning.rules import plan as plan_rules
from jobunivers.learning.types import NOTES, Helped, Lesson, Text
from jobunivers.shared import vault
from jobunivers.shared.errors import Stale

WRONG_CODE = "return-code"  # the account under which wrong return codes are counted


def _one_at_a_time(owner_id: UUID) -> None:
    """Two tabs of one person wait for each other: what is read from here on is what the other has
    stored (a no-op on SQLite, where writers wait anyway).
    """
    db.session.execute(sa.select(Owner.id).where(Owner.id == owner_id).with_for_update())


def open_lesson(owner_id: UUID, lesson: Lesson, *, now: datetime) -> None:
    """Remembers that the lesson was opened, so that the next visit begins there."""
    _one_at_a_time(owner_id)
    _progress(owner_id, lesson, now)


def _progress(owner_id: UUID, lesson: Lesson, now: datetime) -> LessonProgress:
    row = queries.find_progress(owner_id, lesson.key)
    if row is None:
        row = LessonProgress(owner_id=owner_id, lesson=lesson.key, content_hash=lesson.content_hash)
        db.session.add(row)
    row.opened_at = now
    db.session.flush()
    return row


def save_answer(
    owner_id: UUID, lesson: Lesson, value: Any, *, seen: str, locale: str, now: datetime
) -> None:
    """Keeps an answer where it belongs and marks the lesson as done. Raises Stale with the kept
    value when that changed since `seen`.
    """
    _one_at_a_time(owner_id)
    exercise = lesson.exercise
    kept = queries.read_value(owner_id, exercise)
    if exercises.is_stale(seen=seen, kept=kept, new=value):
        raise Stale(kept)
    if exercises.version_of(kept) != exercises.version_of(value):
        _keep(owner_id, lesson, value, locale=locale, now=now)
    row = _progress(owner_id, lesson, now)
    row.saved_at = now
    row.done_at = now
    row.content_hash = lesson.content_hash
    db.session.flush()


def _keep(owner_id: UUID, lesson: Lesson, value: Any, *, locale: str, now: datetime) -> None:
    exercise = lesson.exercise
    keepsake, part = keepsakes.find_or_notes(exercise.keepsake)
    if exercise.is_direct or keepsake.prefix == NOTES:
        keepsake.write(owner_id, part, value, source=exercise.key, now=now)
        return
    notes, _part = keepsakes.find(NOTES)
    notes.write(owner_id, "", value, source=exercise.key, now=now)
    labels = frozenset(
        label for text in lesson.texts.values() if text.words for label in text.words.items.values()
    )
    lines = exercises.kept_lines(exercise, value, lesson.words(locale))
    existing = keepsake.read(owner_id, part, source=exercise.key)
    keepsake.write(
        owner_id,
        part,
        exercises.merged_lines(existing, lines, labels),
        source=exercise.key,
        now=now,
    )


# --- a course of one's own
# ------------------------------------------------------------------------------


def choose_module(owner_id: UUID, module: str) -> None:
    """Puts a module last on the course; one that was turned down comes back."""
    _one_at_a_time(owner_id)
    rows = queries.list_path(owner_id)
    entry = next((row for row in rows if row.module == module), None)
    if entry and entry.dismissed_at is None:
        return
    last = 1 + max((row.position for row in rows), default=0)
    if entry is None:
        db.session.add(PathEntry(owner_id=owner_id, module=module, position=last))
    else:
        entry.dismissed_at, entry.position = None, last
    db.session.flush()


def turn_down_module(owner_id: UUID, module: str, *, now: datetime) -> None:
    """Takes a module off the course, or says no to a suggestion; it is not suggested again."""
    _one_at_a_time(owner_id)
    entry = queries.find_entry(owner_id, module)
    if entry is None:
        db.session.add(PathEntry(owner_id=owner_id, module=module, position=0, dismissed_at=now))
    else:
        entry.dismissed_at = now
    db.session.flush()


def move_module(owner_id: UUID, module: str, *, step: int) -> None:
    """One place up (-1) or down (1); at the ends nothing happens."""
    _one_at_a_time(owner_id)
    rows = {row.module: row for row in queries.list_path(owner_id) if row.dismissed_at is None}
    for position, name in enumerate(path_rules.moved(list(rows), module, step), start=1):
        rows[name].position = position
    db.session.flush()


def set_pace(owner_id: UUID, minutes: int | None) -> None:
    """How many minutes a week she wants to spend; None for no plan of the week."""
    _plan(owner_id).weekly_minutes = minutes
    db.session.flush()


def set_situations(owner_id: UUID, keys: Sequence[str]) -> None:
    """What she says of herself; nothing ticked leaves nothing behind."""
    _plan(owner_id).situations_sealed = vault.seal(json.dumps(list(keys))) if keys else None
    db.session.flush()


def start_course(owner_id: UUID, course: str, *, starts_on: date) -> None:
    """Begins a ready-made course in the week of that day, or moves its dates. There is one at a
    time; another one steps aside.
    """
    plan = _plan(owner_id)
    plan.course, plan.starts_on = course, plan_rules.monday_of(starts_on)
    db.session.flush()


def stop_course(owner_id: UUID) -> None:
    """Ends the ready-made course; lessons done and answers stay."""
    plan = _plan(owner_id)
    plan.course = plan.starts_on = None
    db.session.flush()


def _plan(owner_id: UUID) -> LearningPlan:
    _one_at_a_time(owner_id)
    plan = queries.find_plan(owner_id)
    if plan is None:
        plan = LearningPlan(owner_id=owner_id)
        db.session.add(plan)
    return plan


def _adopt_plan(draft_id: UUID, owner_id: UUID) -> None:
    """The draft's plan fills what the owner has not decided yet."""
    theirs = queries.find_plan(draft_id)
    if theirs is None:
        return
    own = _plan(owner_id)
    if own.course is None:
        own.course, own.starts_on = theirs.course, theirs.starts_on
    own.weekly_minutes = own.weekly_minutes or theirs.weekly_minutes
    own.situations_sealed = own.situations_sealed or theirs.situations_sealed


# --- drafts
# ------------------------------------------------------------------------------


def give_return_code(owner_id: UUID, *, now: datetime) -> str:
    """A new return code for the draft, shown once; an older one ends."""
    return identity.give_return_code(owner_id, now)


def note_wrong_code(address_hash: str, *, now: datetime) -> None:
    """Counts a wrong return code against the address it came from."""
    db.session.add(FailedLogin(account_hash=WRONG_CODE, address_hash=address_hash, at=now))
    db.session.flush()


def take_along(draft_id: UUID, owner_id: UUID, *, now: datetime) -> None:
    """Moves a draft's work to its owner after log-in; what she has already stays. The draft and its
    return code end.
    """
    _one_at_a_time(draft_id)
    _one_at_a_time(owner_id)
    for keepsake in keepsakes.REGISTRY.values():
        keepsake.adopt(draft_id, owner_id, now=now)
    own_lessons = {row.lesson for row in queries.list_progress(owner_id)}
    for row in queries.list_progress(draft_id):
        if row.lesson not in own_lessons:
            row.owner_id = owner_id
    for entry in queries.list_path(draft_id):
        if entry.dismissed_at is None:
            choose_module(owner_id, entry.module)
    _adopt_plan(draft_id, owner_id)
    db.session.flush()
    db.session.execute(sa.delete(Owner).where(Owner.id == draft_id))


# --- what readers and editors say about texts
# -----------------------------------------------------------------------------


def say_whether_it_helped(
    lesson: Lesson, text: Text, answer: Helped, *, sender: str, now: datetime
) -> None:
    """Keeps one tap; a second one on the same day corrects the first."""
    row = queries.find_feedback(lesson.key, sender)
    if row is None:
        row = LessonFeedback(lesson=lesson.key, sender=sender)
        db.session.add(row)
    row.language, row.content_hash, row.answer, row.at = text.locale, text.content_hash, answer, now
    db.session.flush()


def report_mistake(
    lesson: Lesson, text: Text, paragraph: int, *, note: str, sender: str, now: datetime
) -> None:
    """Keeps the paragraph (counted from 0) as it stands now, with its language and version, for the
    editor's list.
    """
    sentence = text.blocks[paragraph].text
    report = MistakeReport(
        lesson=lesson.key,
        language=text.locale,
        content_hash=text.content_hash,
        sentence=sentence,
        note=note,
        sender=sender,
        at=now,
    )
    db.session.add(report)
    db.session.flush()


def handle_mistake(mistake_id: UUID, *, by_user_id: UUID, now: datetime) -> None:
    """Takes a report off the editor's list; one that is handled stays as it is. Raises NotFound."""
    report = queries.get_mistake(mistake_id)
    if report.handled_at is None:
        report.handled_at, report.handled_by_id = now, by_user_id
    db.session.flush()


def sign_off(lesson: str, text: Text, *, seen: str, by_user_id: UUID, now: datetime) -> None:
    """An editor answers for this version. Raises Stale when the text changed since she read it."""
    if text.content_hash != seen:
        raise Stale(text.content_hash)
    if queries.find_sign_off(lesson, text.locale, seen) is None:
        db.session.add(
            ContentSignOff(
                lesson=lesson,
                language=text.locale,
                content_hash=seen,
                signed_by_id=by_user_id,
                at=now,
            )
        )
    db.session.flush()

"""Questions about progress, notes and courses; the owner's id is always an argument."""

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.models import FailedLogin, Owner
from jobunivers.learning import catalogue
from jobunivers.learning import ports as keepsakes
from jobunivers.learning.models import (
    ContentSignOff,
    LearningPlan,
    LessonFeedback,
    LessonProgress,
    MistakeReport,
    Note,
    PathEntry,
)
from jobunivers.learning.rules import exercises, progress
from jobunivers.learning.types import (
    NO_ANSWER,
    NOTES,
    Answer,
    Continuation,
    Exercise,
    Lesson,
    Module,
    Situation,
)
from jobunivers.shared import vault
from jobunivers.shared.errors import NotFound


def find_note(owner_id: UUID, exercise_key: str) -> Note | None:
    """The note of an exercise."""
    return db.session.scalar(_note(), {"owner": owner_id, "exercise": exercise_key})


@cache
def _note() -> sa.Select[Note]:
    return sa.select(Note).where(
        Note.owner_id == sa.bindparam("owner"), Note.exercise_key == sa.bindparam("exercise")
    )


def list_notes(owner_id: UUID) -> list[Note]:
    """All notes, newest first."""
    return list(
        db.session.scalars(
            sa.select(Note)
            .where(Note.owner_id == owner_id)
            .order_by(Note.changed_at.desc(), Note.exercise_key)
        )
    )


def read_value(owner_id: UUID, exercise: Exercise) -> Any | None:
    """What is kept of an exercise's answer: in the thing itself, or as a note where the thing holds
    only what follows from it.
    """
    keepsake, part = keepsakes.find_or_notes(exercise.keepsake if exercise.is_direct else NOTES)
    return keepsake.read(owner_id, part, source=exercise.key)


def find_progress(owner_id: UUID, lesson: str) -> LessonProgress | None:
    """The owner's way with one lesson."""
    return db.session.scalar(_progress(), {"owner": owner_id, "lesson": lesson})


@cache
def _progress() -> sa.Select[LessonProgress]:
    return sa.select(LessonProgress).where(
        LessonProgress.owner_id == sa.bindparam("owner"),
        LessonProgress.lesson == sa.bindparam("lesson"),
    )


@cache
def _way() -> Any:
    """The same without an object of the row: every lesson reads it."""
    columns = (
        LessonProgress.opened_at,
        LessonProgress.saved_at,
        LessonProgress.done_at,
        LessonProgress.content_hash,
    )
    return sa.select(*columns).where(
        LessonProgress.owner_id == sa.bindparam("owner"),
        LessonProgress.lesson == sa.bindparam("lesson"),
    )


def list_progress(owner_id: UUID | None) -> list[LessonProgress]:
    """All lessons opened or done, latest first; empty for somebody without an owner."""
    if owner_id is None:
        return []
    return list(db.session.scalars(_all_progress(), {"owner": owner_id}))


@cache
def _all_progress() -> sa.Select[LessonProgress]:
    own = sa.select(LessonProgress).where(LessonProgress.owner_id == sa.bindparam("owner"))
    return own.order_by(LessonProgress.opened_at.desc(), LessonProgress.lesson)


def find_answer(owner_id: UUID | None, lesson: Lesson) -> Answer:
    """What this owner has kept for the lesson's exercise."""
    if owner_id is None:
        return NO_ANSWER
    value = read_value(owner_id, lesson.exercise)
    row = db.session.execute(_way(), {"owner": owner_id, "lesson": lesson.key}).first()
    return Answer(
        value=value,
        version=exercises.version_of(value),
        opened_at=row.opened_at if row else None,
        saved_at=row.saved_at if row else None,
        is_done=bool(row and row.done_at),
        changed_since=bool(row and row.done_at and row.content_hash != lesson.content_hash),
    )


def find_continue(owner_id: UUID) -> Continuation | None:
    """The lesson to resume: the one opened last and not done, else the one after the one done last;
    None when nothing was begun.
    """
    return where_to_continue(db.session.execute(_touched(), {"owner": owner_id}).all())


@cache
def _touched() -> Any:
    own = sa.select(LessonProgress.lesson, LessonProgress.opened_at, LessonProgress.done_at).where(
        LessonProgress.owner_id == sa.bindparam("owner")
    )
    return own.order_by(LessonProgress.opened_at.desc(), LessonProgress.lesson)


def where_to_continue(rows: Sequence[Any]) -> Continuation | None:
    """The same for rows that are loaded already: anything with `lesson`, `opened_at` and `done_at`."""
    steps = progress.where_to_go_on([(row.lesson, row.opened_at, row.done_at) for row in rows])
    done = {row.lesson for row in rows if row.done_at}
    for key, is_done in steps:
        found = catalogue.find_lesson(key)
        if found is None:
            continue
        module, lesson = found
        target: Lesson | None = lesson if not is_done else progress.next_open(module, lesson, done)
        if target:
            return Continuation(module, target)
    return None


def list_path(owner_id: UUID | None) -> list[PathEntry]:
    """The course in its order, with the suggestions that were turned down."""
    if owner_id is None:
        return []
    return list(
        db.session.scalars(
            sa.select(PathEntry)
            .where(PathEntry.owner_id == owner_id)
            .order_by(PathEntry.position, PathEntry.created_at)
        )
    )


def list_chosen_modules(owner_id: UUID | None) -> list[Module]:
    """Modules on the course, in order."""
    found = [
        catalogue.find_module(entry.module)
        for entry in list_path(owner_id)
        if entry.dismissed_at is None
    ]
    return [module for module in found if module]


def find_entry(owner_id: UUID, module: str) -> PathEntry | None:
    """One module on the course."""
    return db.session.scalar(
        sa.select(PathEntry).where(PathEntry.owner_id == owner_id, PathEntry.module == module)
    )


def find_plan(owner_id: UUID | None) -> LearningPlan | None:
    """Pace, ready-made course and situation of an owner."""
    return (
        db.session.scalar(sa.select(LearningPlan).where(LearningPlan.owner_id == owner_id))
        if owner_id
        else None
    )


def followed_course(owner_id: UUID | None) -> str | None:
    """The ready-made course that an owner follows; asked by every lesson."""
    return db.session.scalar(_followed_course(), {"owner": owner_id}) if owner_id else None


@cache
def _followed_course() -> Any:
    return sa.select(LearningPlan.course).where(LearningPlan.owner_id == sa.bindparam("owner"))


def situations_of(plan: LearningPlan | None) -> list[Situation]:
    """What she has ticked, in the order of the page; a situation that is no longer asked is left
    out.
    """
    keys = (
        json.loads(vault.unseal(plan.situations_sealed)) if plan and plan.situations_sealed else []
    )
    return [situation for situation in catalogue.guide().situations if situation.key in keys]


def has_return_code(owner_id: UUID) -> bool:
    """True when a return code for this draft was written down."""
    return db.session.scalar(sa.select(Owner.code_hash).where(Owner.id == owner_id)) is not None


def count_wrong_codes(address_hash: str, since: datetime) -> int:
    """Wrong return codes from one address since then."""
    query = sa.select(sa.func.count()).select_from(FailedLogin)
    return (
        db.session.scalar(
            query.where(FailedLogin.address_hash == address_hash, FailedLogin.at > since)
        )
        or 0
    )


# --- what readers and editors say about texts
# -----------------------------------------------------------------------------


def find_feedback(lesson: str, sender: str) -> LessonFeedback | None:
    """What this sender said today about the lesson."""
    return db.session.scalar(
        sa.select(LessonFeedback)
        .where(LessonFeedback.lesson == lesson, LessonFeedback.sender == sender)
        .limit(1)
    )


def count_said_today(sender: str) -> int:
    """Answers and reports of one sender; the mark changes each day."""
    counts = (
        sa.select(sa.func.count())
        .select_from(model)
        .where(model.sender == sender)
        .scalar_subquery()
        for model in (LessonFeedback, MistakeReport)
    )
    return db.session.scalar(sa.select(sum(counts, sa.literal(0)))) or 0


def list_helpfulness() -> list[tuple[str, str, int]]:
    """(lesson, answer, how many), of all versions together."""
    query = sa.select(LessonFeedback.lesson, LessonFeedback.answer, sa.func.count()).group_by(
        LessonFeedback.lesson, LessonFeedback.answer
    )
    return [
        (lesson, answer, number)
        for lesson, answer, number in db.session.execute(
            query.order_by(LessonFeedback.lesson, LessonFeedback.answer)
        )
    ]


def list_open_mistakes(most: int = 200) -> list[MistakeReport]:
    """Reported mistakes that nobody has handled, newest first."""
    query = (
        sa.select(MistakeReport)
        .where(MistakeReport.handled_at.is_(None))
        .order_by(MistakeReport.at.desc(), MistakeReport.id)
    )
    return list(db.session.scalars(query.limit(most)))


def get_mistake(mistake_id: UUID) -> MistakeReport:
    """A reported mistake. Raises NotFound."""
    found = db.session.get(MistakeReport, mistake_id)
    if found is None:
        raise NotFound(str(mistake_id))
    return found


def list_sign_offs() -> frozenset[tuple[str, str, str]]:
    """(lesson or module, language, version) of every text that an editor has signed off."""
    query = sa.select(ContentSignOff.lesson, ContentSignOff.language, ContentSignOff.content_hash)
    return frozenset(
        (lesson, language, version) for lesson, language, version in db.session.execute(query)
    )


def find_sign_off(lesson: str, language: str, version: str) -> ContentSignOff | None:
    """The sign-off of one version of a text."""
    where = (
        ContentSignOff.lesson == lesson,
        ContentSignOff.language == language,
        ContentSignOff.content_hash == version,
    )
    return db.session.scalar(sa.select(ContentSignOff).where(*where))


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """All that learning stores about an owner, as plain values."""
    plan = find_plan(owner_id)
    return {
        "lessons": [
            {
                "lesson": row.lesson,
                "opened_at": row.opened_at.isoformat(),
                "done_at": row.done_at.isoformat() if row.done_at else None,
                "saved_at": row.saved_at.isoformat() if row.saved_at else None,
            }
            for row in list_progress(owner_id)
        ],
        "notes": [
            {
                "exercise": note.exercise_key,
                "answer": note.value,
                "changed_at": note.changed_at.isoformat(),
            }
            for note in list_notes(owner_id)
        ],
        "course": [
            {"module": entry.module, "turned_down": entry.dismissed_at is not None}
            for entry in list_path(owner_id)
        ],
        "plan": {
            "minutes_a_week": plan.weekly_minutes,
            "course_with_dates": plan.course,
            "starts_on": plan.starts_on.isoformat() if plan.starts_on else None,
        }
        if plan
        else None,
    }


def only_for_herself(owner_id: UUID) -> dict[str, Any]:
    """What the owner ticked about herself; a helper does not get to see it."""
    situations = situations_of(find_plan(owner_id))
    return {"ticked": [situation.key for situation in situations]} if situations else {}

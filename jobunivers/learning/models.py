"""How far a person has come, and answers that live nowhere else."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.shared.db import Base


class LessonProgress(Base):
    """One person's way with one lesson ("cv/profile-text"); `content_hash` is the version she did,
    `saved_at` when her answer last changed.
    """

    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("owner.id", ondelete="CASCADE"))
    lesson: Mapped[str]
    opened_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    content_hash: Mapped[str]
    __table_args__ = (sa.UniqueConstraint("owner_id", "lesson"),)


class Note(Base):
    """An exercise's answer that is kept as a note (keepsake `notes`)."""

    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("owner.id", ondelete="CASCADE"))
    exercise_key: Mapped[str]
    value: Mapped[Any]
    changed_at: Mapped[datetime]
    __table_args__ = (sa.UniqueConstraint("owner_id", "exercise_key"),)


class PathEntry(Base):
    """A module on the course that a person composes herself; `dismissed_at` marks a suggestion she
    does not want.
    """

    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("owner.id", ondelete="CASCADE"))
    module: Mapped[str]
    position: Mapped[int]
    dismissed_at: Mapped[datetime | None]
    __table_args__ = (sa.UniqueConstraint("owner_id", "module"),)


class LearningPlan(Base):
    """How a person wants to go about her course: minutes a week, a ready-made course and its first
    Monday, and her situation.

    A situation may say something about health, so the keys that she ticked are sealed (a JSON
    list).
    """

    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("owner.id", ondelete="CASCADE"))
    weekly_minutes: Mapped[int | None]
    course: Mapped[str | None]
    starts_on: Mapped[date | None]
    situations_sealed: Mapped[bytes | None]
    __table_args__ = (sa.UniqueConstraint("owner_id"),)


# --- what readers say about texts; nobody is named
# --------------------------------------------------------------------------


class LessonFeedback(Base):
    """Did it help? `answer` is yes, little or no. `sender` is a keyed hash that changes each day: a
    second tap corrects the first, nobody can be followed.
    """

    lesson: Mapped[str]
    language: Mapped[str]
    content_hash: Mapped[str]
    answer: Mapped[str]
    sender: Mapped[str]
    at: Mapped[datetime]
    __table_args__ = (sa.Index("ix_lesson_feedback_lesson_sender", "lesson", "sender"),)


class MistakeReport(Base):
    """A mistake that a reader saw: the paragraph as it stood, in which language and version."""

    lesson: Mapped[str]
    language: Mapped[str]
    content_hash: Mapped[str]
    sentence: Mapped[str]
    note: Mapped[str]
    sender: Mapped[str]
    at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    handled_by_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="SET NULL")
    )
    __table_args__ = (
        sa.Index("ix_mistake_report_handled_at_at", "handled_at", "at"),
        sa.Index("ix_mistake_report_sender_at", "sender", "at"),
    )


class ContentSignOff(Base):
    """An editor has read this version of a text on rights and duties. `lesson` is "module/lesson",
    or "module" for its introduction.
    """

    lesson: Mapped[str]
    language: Mapped[str]
    content_hash: Mapped[str]
    signed_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[datetime]
    __table_args__ = (sa.UniqueConstraint("lesson", "language", "content_hash"),)

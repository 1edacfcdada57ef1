"""One master CV an owner, in sections."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobunivers.cv.types import Section
from jobunivers.shared.db import Base, enum_type


class Cv(Base):
    """The CV's head and profile text. `language` is that of its labels and dates."""

    owner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("owner.id", ondelete="CASCADE"), unique=True
    )
    name: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    profile: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="da")
    changed_at: Mapped[datetime]
    entries: Mapped[list["CvEntry"]] = relationship(
        order_by="CvEntry.section, CvEntry.position, CvEntry.created_at",
        cascade="all, delete-orphan",
    )


class CvEntry(Base):
    """A job, an education, or one line of another section. Months are 'YYYY-MM' or 'YYYY'; `points`
    are lines of text.
    """

    cv_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cv.id", ondelete="CASCADE"), index=True)
    section: Mapped[Section] = mapped_column(enum_type(Section))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    started: Mapped[str] = mapped_column(default="")
    ended: Mapped[str] = mapped_column(default="")
    points: Mapped[list[str]] = mapped_column(default=list)


class CvVersion(Base):
    """A choice from the full CV for one job. `own` holds the fields written anew here (see
    own_word_rules.py); all else is read from the CV.
    """

    cv_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cv.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    own: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of "title" and "profile"
    changed_at: Mapped[datetime]
    picks: Mapped[list["CvPick"]] = relationship(
        order_by="CvPick.position, CvPick.created_at", cascade="all, delete-orphan"
    )


class CvPick(Base):
    """An entry of the CV in a version: whether it goes in, its place among the others of its
    section, and the words written anew here.
    """

    __table_args__ = (sa.UniqueConstraint("version_id", "entry_id"),)

    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cv_version.id", ondelete="CASCADE"))
    entry_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("cv_entry.id", ondelete="CASCADE"), index=True
    )
    is_in: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int] = mapped_column(default=0)
    own: Mapped[dict[str, Any]] = mapped_column(default=dict)  # of "title" and "points"

"""The job barometer as the office assesses it, quarter by quarter, and concrete jobs."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.labour_market.types import Danish, Demand, Worktime
from jobunivers.shared.db import Base, enum_type


class BarometerEdition(Base):
    """An assessment of all areas for one quarter. A draft until it is published; a published one is
    mended by a new edition of its quarter.
    """

    quarter: Mapped[str]  # 2026-Q4: text order is time order
    number: Mapped[int]
    source: Mapped[dict[str, Any]]  # language -> what it rests on
    is_example: Mapped[bool]
    published_at: Mapped[datetime | None]
    __table_args__ = (sa.UniqueConstraint("quarter", "number"),)


class BarometerEntry(Base):
    """An occupation's place: its category in one area, and the rank inside it."""

    edition_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("barometer_edition.id", ondelete="CASCADE")
    )
    area: Mapped[str]
    occupation: Mapped[str]
    demand: Mapped[Demand] = mapped_column(enum_type(Demand))
    position: Mapped[int]
    __table_args__ = (sa.UniqueConstraint("edition_id", "area", "occupation"),)


class Vacancy(Base):
    """A job that one can apply for until `apply_by`. Texts are Danish, as the employer gave them."""

    title: Mapped[str]
    workplace: Mapped[str]  # its name, or what kind of place it is
    place: Mapped[str]
    occupation: Mapped[str]
    worktime: Mapped[Worktime] = mapped_column(enum_type(Worktime))
    hours: Mapped[str]  # in words: "20-25 hours, evenings"
    danish: Mapped[Danish] = mapped_column(enum_type(Danish))
    needs_licence: Mapped[bool]  # to drive a car
    places: Mapped[int]
    text: Mapped[str]
    url: Mapped[str]
    apply_by: Mapped[date]
    words: Mapped[str]  # folded, for the search
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (
        sa.Index("ix_vacancy_apply_by_id", "apply_by", "id"),
        sa.Index("ix_vacancy_changed_at", "changed_at"),
    )

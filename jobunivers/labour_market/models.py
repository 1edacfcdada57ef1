"""The job barometer as the office assesses it, quarter by quarter."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.labour_market.types import Demand
from jobunivers.shared.db import Base, enum_type


class BarometerEdition(Base):
    """An assessment of all areas for one quarter. A draft until it is published; a published one is mended by a new edition of its quarter."""

    quarter: Mapped[str]  # 2026-Q4: text order is time order
    number: Mapped[int]
    source: Mapped[dict[str, Any]]  # language -> what it rests on
    is_example: Mapped[bool]
    published_at: Mapped[datetime | None]
    __table_args__ = (sa.UniqueConstraint("quarter", "number"),)


class BarometerEntry(Base):
    """An occupation's place: its category in one area, and the rank inside it."""

    edition_id: Mapped[UUID] = mapped_column(sa.ForeignKey("barometer_edition.id", ondelete="CASCADE"))
    area: Mapped[str]
    occupation: Mapped[str]
    demand: Mapped[Demand] = mapped_column(enum_type(Demand))
    position: Mapped[int]
    __table_args__ = (sa.UniqueConstraint("edition_id", "area", "occupation"),)

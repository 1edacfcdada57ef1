"""Letters to employers."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.shared.db import Base


class Letter(Base):
    """A letter tied to one job advert: three demands, a proof for each, and its paragraphs."""

    owner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("owner.id", ondelete="CASCADE"), index=True
    )
    job_title: Mapped[str] = mapped_column(default="")
    employer: Mapped[str] = mapped_column(default="")
    apply_by: Mapped[date | None]
    demands: Mapped[list[str]] = mapped_column(default=list)
    proofs: Mapped[list[str]] = mapped_column(default=list)
    call: Mapped[list[str]] = mapped_column(
        default=list
    )  # questions for the phone call before writing
    opening: Mapped[str] = mapped_column(default="")
    middle: Mapped[str] = mapped_column(default="")
    closing: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]

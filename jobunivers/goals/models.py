"""Job goals on three tracks."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.shared.db import Base


class JobGoal(Base):
    """One job title on a track: own field, near, in demand."""

    owner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("owner.id", ondelete="CASCADE"), index=True
    )
    track: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]

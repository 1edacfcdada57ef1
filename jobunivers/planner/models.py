"""The private planner: week plan, people to contact, tasks. Staff never sees it unless the citizen
shares it.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.shared.db import Base


class PlannerEntry(Base):
    """One line of a list: `week`, `contacts` or `tasks`. `when` is the person's own words ("Tuesday
    morning").
    """

    owner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("owner.id", ondelete="CASCADE"), index=True
    )
    list_name: Mapped[str]
    source: Mapped[str] = mapped_column(
        default=""
    )  # exercise key, so that an exercise rewrites only its own lines
    position: Mapped[int]
    what: Mapped[str]
    when: Mapped[str] = mapped_column(default="")
    done_at: Mapped[datetime | None]

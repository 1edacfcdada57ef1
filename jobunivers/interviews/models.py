"""Answers a person has prepared for interviews with employers."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.shared.db import Base


class InterviewAnswer(Base):
    """My answer to one question; a text, or a list of lines (`strengths`, `questions`)."""

    owner_id: Mapped[UUID] = mapped_column(sa.ForeignKey("owner.id", ondelete="CASCADE"))
    question: Mapped[str]
    value: Mapped[Any]
    changed_at: Mapped[datetime]
    __table_args__ = (sa.UniqueConstraint("owner_id", "question"),)

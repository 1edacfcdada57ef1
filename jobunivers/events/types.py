"""Words of events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class OwnSignUp:
    """That she comes, or waits: `ahead` is how many wait before her."""

    id: UUID
    has_seat: bool
    ahead: int


@dataclass(frozen=True)
class OwnEvent:
    """An event to come that somebody signed up for."""

    id: UUID
    title: dict[str, Any]
    starts_at: datetime
    has_seat: bool

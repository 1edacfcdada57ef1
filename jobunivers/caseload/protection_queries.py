"""When and why a name and address was protected."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import NameProtection
from jobunivers.extensions import db


def protection_history(citizen_id: UUID) -> list[dict[str, Any]]:
    """When it was set and lifted, and why, oldest first."""
    rows = db.session.scalars(
        sa.select(NameProtection)
        .where(NameProtection.citizen_id == citizen_id)
        .order_by(NameProtection.created_at, NameProtection.id)
    )
    return [
        {"at": row.created_at.isoformat(), "name_protected": row.is_protected, "why": row.reason}
        for row in rows
    ]


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """When her name was protected and when not, for herself; empty when it never was."""
    changes = protection_history(citizen_id)
    return {"changes": changes} if changes else {}

"""The register of exemptions: who need not book herself, or is left out of talks, why, until when, decided by whom."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload.models import Citizen
from jobunivers.contact.models import Exemption
from jobunivers.contact.types import ExemptionScope
from jobunivers.extensions import db
from jobunivers.identity.models import User


@dataclass(frozen=True)
class ExemptionLine:
    """One exemption in force."""

    citizen_name: str
    team_id: UUID | None
    scope: ExemptionScope
    reason: str
    starts_on: date
    ends_on: date | None
    decided_by: str


def _in_force(today: date) -> sa.ColumnElement[bool]:
    return sa.and_(Exemption.starts_on <= today, sa.or_(Exemption.ends_on.is_(None), Exemption.ends_on >= today))


def list_in_force(today: date, *, limit: int = 200) -> list[ExemptionLine]:
    """Exemptions in force, those that end first at the top."""
    query = (
        sa.select(Citizen.name, Citizen.team_id, Exemption.scope, Exemption.reason, Exemption.starts_on, Exemption.ends_on, User.name)
        .join(Citizen, Citizen.id == Exemption.citizen_id)
        .outerjoin(User, User.id == Exemption.by_user_id)
        .where(_in_force(today))
        .order_by(Exemption.ends_on.is_(None), Exemption.ends_on, Exemption.starts_on, Exemption.id)
        .limit(limit)
    )
    return [ExemptionLine(row[0], row[1], ExemptionScope(row[2]), row[3], row[4], row[5], row[6] or "") for row in db.session.execute(query)]


def count_in_force(today: date) -> dict[str, int]:
    """How many are exempt now, by scope."""
    query = sa.select(Exemption.scope, sa.func.count(sa.distinct(Exemption.citizen_id))).where(_in_force(today)).group_by(Exemption.scope)
    return {str(scope): count for scope, count in db.session.execute(query)}

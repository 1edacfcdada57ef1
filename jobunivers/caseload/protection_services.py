"""Protected name and address: set and lifted by staff with a reason, and the citizen is told."""

from datetime import datetime
from uuid import UUID

from jobunivers.caseload import queries, services
from jobunivers.caseload import telling_services as telling
from jobunivers.caseload.models import NameProtection
from jobunivers.extensions import db
from jobunivers.shared.errors import NotAllowed


def protect(
    citizen_id: UUID,
    *,
    is_protected: bool,
    reason: str,
    by_user_id: UUID,
    by_role: str,
    now: datetime,
) -> None:
    """Whoever may see the citizen may protect her; only her own caseworker and a coordinator of her
    team lift it (NotAllowed). Nothing is written when it is so already.
    """
    citizen = queries.get_citizen_for(by_user_id, citizen_id)
    if citizen.name_protected == is_protected:
        return
    if not is_protected and not queries.reads_contact(by_user_id, citizen):
        raise NotAllowed
    citizen.name_protected = is_protected
    row = NameProtection(
        citizen_id=citizen_id, is_protected=is_protected, reason=reason, by_user_id=by_user_id
    )
    db.session.add(row)
    what = "protected" if is_protected else "unprotected"
    services.note_change(citizen_id, what, by_user_id=by_user_id, by_role=by_role)
    telling.tell(queries.recipient_of(citizen_id), what, now=now)
    db.session.flush()

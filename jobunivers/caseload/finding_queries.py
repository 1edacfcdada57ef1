"""Finding a citizen by number."""

from uuid import UUID

import sqlalchemy as sa

from jobunivers.caseload import rules
from jobunivers.caseload.models import Citizen
from jobunivers.caseload.queries import _may_see, found_by
from jobunivers.extensions import db
from jobunivers.shared import addresses, vault
from jobunivers.shared.text import clean_figures


def find_by_number(viewer_user_id: UUID, number: str) -> UUID | None:
    """The one citizen of the viewer's own caseload or teams with this CPR number or phone number, in
    any form in which it is written; None when there is none or more than one. Anybody else's is
    None, too.
    """
    number = clean_figures(number)
    try:
        phone = addresses.read_phone(number)
    except ValueError:
        phone = None
    is_cpr = rules.is_plausible_cpr(number) and not number.startswith("+")
    prints = vault.fingerprints(rules.plain_cpr(number)) if is_cpr else []
    if phone is None and not prints:
        return None
    by_phone = Citizen.phone == phone if phone is not None else sa.false()  # never "has none"
    where = sa.or_(Citizen.cpr_fingerprint.in_(prints), by_phone)
    query = sa.select(Citizen.id).where(where, _may_see(viewer_user_id), found_by(viewer_user_id))
    query = query.order_by(Citizen.id)
    found = db.session.scalars(query.limit(2)).all()
    return found[0] if len(found) == 1 else None

"""Everything stored about one person, collected from all features: for her page, her JSON and her
ZIP.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from jobunivers.caseload import queries as caseload
from jobunivers.identity import queries as identity
from jobunivers.identity.types import Viewer
from jobunivers.portal import record_queries
from jobunivers.shared import audit
from jobunivers.shared.house import house

CONTACT = frozenset({"email", "phone", "address", "place"})
OTHERS = ("caseworker", "coordinator", "admin", "helper")


@dataclass(frozen=True)
class Look:
    """Somebody looked or did something: when, who, in which role, what and why. Where law or safety
    forbids a name, `name` is empty and the team stands instead.
    """

    number: int
    at: datetime
    name: str
    role: str
    team: str
    action: str
    purpose: str

    def plain(self) -> dict[str, str]:
        """As it leaves in a file."""
        values = {"at": self.at.isoformat(), "name": self.name, "role": self.role}
        return values | {"team": self.team, "action": self.action, "purpose": self.purpose}


def collect(
    viewer: Viewer | None, owner_id: UUID | None, *, for_file: bool = True
) -> dict[str, Any]:
    """All that is stored, by part. Parts without content are left out. A helper gets what is the
    citizen's, without anybody's log-in. A file also has who has looked, and every row as it is
    stored; the page shows the looks a page at a time.
    """
    found: dict[str, Any] = {}
    if viewer is not None and not viewer.is_helper:
        found["account"] = identity.everything_about_user(viewer.user_id)
    if viewer is not None and viewer.citizen_id is not None:
        found |= {part: source(viewer.citizen_id) for part, source in house().of_citizen.items()}
        if for_file:
            found["looks"] = [look.plain() for look in looks_at(viewer.citizen_id)]
    if owner_id is not None:
        found |= {part: source(owner_id) for part, source in house().of_owner.items()}
    if owner_id is not None and not (viewer is not None and viewer.is_helper):
        found |= {part: source(owner_id) for part, source in house().of_herself.items()}
    if for_file and not (viewer is not None and viewer.is_helper):
        found["records"] = record_queries.rows_about(
            citizen_id=viewer.citizen_id if viewer else None,
            owner_id=owner_id,
            user_id=viewer.user_id if viewer else None,
        )
    if viewer is not None and viewer.is_helper:
        found = without_contact(found)
    return {part: value for part, value in found.items() if value}


def without_contact(found: Any) -> Any:
    """The same without address, phone and e-mail, however deep: a helper never reads them."""
    if isinstance(found, dict):
        return {key: without_contact(value) for key, value in found.items() if key not in CONTACT}
    return [without_contact(value) for value in found] if isinstance(found, list) else found


def looks_at(
    citizen_id: UUID, *, before: int | None = None, limit: int | None = None
) -> list[Look]:
    """What staff and helpers saw and did of a citizen, newest first; all of it, or so much from
    below a number on.
    """
    rows = audit.looks_at(citizen_id, roles=OTHERS, before=before, limit=limit)
    actors = {row.actor_id for row in rows if row.actor_id is not None}
    names = identity.names_shown_to_citizens(actors)
    teams = caseload.team_names_of(actor for actor in actors if not names.get(actor))
    return [
        Look(
            row.number,
            row.created_at,
            names.get(row.actor_id, "") if row.actor_id else "",
            row.actor_role,
            teams.get(row.actor_id, "") if row.actor_id else "",
            row.action,
            row.purpose,
        )
        for row in rows
    ]


def as_json(found: dict[str, Any]) -> str:
    """Readable JSON, letters as they are."""
    return json.dumps(found, ensure_ascii=False, indent=2, default=str)


def as_zip(found: dict[str, Any], readable: str) -> bytes:
    """JSON for programs and a page for people in one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("everything.json", as_json(found))
        archive.writestr("everything.html", readable)
    return packed.getvalue()

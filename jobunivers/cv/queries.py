"""Questions about CVs. Whose work it is comes as an argument; somebody else's CV or entry is not
found.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobunivers.cv.models import Cv, CvEntry
from jobunivers.cv.types import ENTRY, HEAD, CvContent, Entry, Section
from jobunivers.extensions import db
from jobunivers.shared.errors import NotFound


def find_cv(owner_id: UUID | None) -> Cv | None:
    """The owner's CV with its entries in order; None when there is none yet."""
    if owner_id is None:
        return None
    return db.session.scalar(
        sa.select(Cv).where(Cv.owner_id == owner_id).options(selectinload(Cv.entries))
    )


def find_profile(owner_id: UUID) -> str | None:
    """Only the text at the top, without the entries."""
    return db.session.scalar(sa.select(Cv.profile).where(Cv.owner_id == owner_id))


def get_entry_for(owner_id: UUID | None, entry_id: UUID) -> CvEntry:
    """An entry of the owner's CV. Raises NotFound."""
    entry = db.session.scalar(
        sa.select(CvEntry).join(Cv).where(CvEntry.id == entry_id, Cv.owner_id == owner_id)
    )
    if entry is None:
        raise NotFound
    return entry


def list_entries(cv: Cv | None, section: Section) -> list[CvEntry]:
    """The entries of a section in their order."""
    return [entry for entry in cv.entries if entry.section == section] if cv else []


def content_of(cv: Cv | None) -> CvContent:
    """The CV as plain values."""
    if cv is None:
        return CvContent()
    sections = {
        section: tuple(
            Entry(e.title, e.place, e.started, e.ended, tuple(e.points))
            for e in list_entries(cv, section)
        )
        for section in Section
    }
    return CvContent(
        cv.name, cv.title, cv.email, cv.phone, cv.place, cv.profile, cv.language, sections
    )


def head_of(cv: Cv | None) -> dict[str, Any]:
    """Name, contact and language, as the head form edits them."""
    return {
        name: getattr(cv, name) if cv else ("da" if name == "language" else "") for name in HEAD
    }


def profile_of(cv: Cv | None) -> dict[str, Any]:
    """The profile text, as its form edits it."""
    return {"profile": cv.profile if cv else ""}


def fields_of(cv: Cv | None) -> dict[str, Any]:
    """All that is not an entry; '' for what is not there, also for the language while there is no
    CV.
    """
    return {name: getattr(cv, name) if cv else "" for name in (*HEAD, "profile")}


def entry_values(entry: CvEntry) -> dict[str, Any]:
    """An entry, as its form edits it."""
    return {name: getattr(entry, name) for name in ENTRY}


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """All that is stored, for /my/data."""
    cv = find_cv(owner_id)
    return content_of(cv).as_data() | {"changed_at": cv.changed_at.isoformat()} if cv else {}

"""Questions about versions of a CV. Somebody else's version is not found."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from jobunivers.cv import own_word_rules as own_words
from jobunivers.cv import queries
from jobunivers.cv.models import Cv, CvEntry, CvPick, CvVersion
from jobunivers.cv.types import CvContent, Entry, Section
from jobunivers.extensions import db
from jobunivers.shared.editing import version_of
from jobunivers.shared.errors import NotFound

TOP, WORDS = ("title", "profile"), ("title", "points")


@dataclass(frozen=True)
class Difference:
    """A field that the version says in words of its own. `entry_id` is None at the top; `is_late`
    when the full CV was changed since.
    """

    field: str
    entry_id: UUID | None
    title: str
    mine: Any
    full: Any
    is_late: bool

    @property
    def seen(self) -> str:
        """The digest of the full CV's text, to notice when it is not what was shown."""
        return version_of({self.field: self.full})


@dataclass(frozen=True)
class VersionInFull:
    """A version with the CV that it chooses from."""

    cv: Cv
    version: CvVersion

    @property
    def entries(self) -> dict[UUID, CvEntry]:
        """All entries of the full CV."""
        return {entry.id: entry for entry in self.cv.entries}

    def picks(self, section: Section) -> list[CvPick]:
        """What goes in of a section, in order."""
        entries = self.entries
        return [
            pick
            for pick in self.version.picks
            if pick.is_in and pick.entry_id in entries and entries[pick.entry_id].section == section
        ]

    def entry(self, pick: CvPick) -> Entry:
        """An entry as the version shows it."""
        entry = self.entries[pick.entry_id]
        words = own_words.shown(words_of(entry), pick.own)
        return Entry(
            words["title"], entry.place, entry.started, entry.ended, tuple(words["points"])
        )

    def content(self) -> CvContent:
        """The version as plain values."""
        top, cv = own_words.shown(top_of(self.cv), self.version.own), self.cv
        sections = {
            section: tuple(self.entry(pick) for pick in self.picks(section)) for section in Section
        }
        return CvContent(
            cv.name,
            top["title"],
            cv.email,
            cv.phone,
            cv.place,
            top["profile"],
            cv.language,
            sections,
        )

    def differences(self, pick: CvPick | None) -> list[Difference]:
        """The fields that the version says in words of its own: of that entry, or at the top
        (None).
        """
        own = pick.own if pick else self.version.own
        full = words_of(self.entries[pick.entry_id]) if pick else top_of(self.cv)
        late, title = own_words.outdated(full, own), self.entry(pick).title if pick else ""
        found = [field for field in full if field in own]
        return [
            Difference(
                field,
                pick.entry_id if pick else None,
                title,
                own[field]["mine"],
                full[field],
                field in late,
            )
            for field in found
        ]

    def to_decide(self) -> list[Difference]:
        """Differences in what goes in that the full CV says differently since."""
        picks = [None, *(pick for section in Section for pick in self.picks(section))]
        return [one for pick in picks for one in self.differences(pick) if one.is_late]


def top_of(cv: Cv) -> dict[str, Any]:
    """The fields at the top of the full CV that a version may say differently."""
    return {name: getattr(cv, name) for name in TOP}


def words_of(entry: CvEntry) -> dict[str, Any]:
    """The fields of an entry that a version may say differently."""
    return {name: getattr(entry, name) for name in WORDS}


def list_versions(cv: Cv | None) -> list[CvVersion]:
    """The versions of a CV, the last changed first."""
    newest = (
        sa.select(CvVersion)
        .where(CvVersion.cv_id == cv.id)
        .order_by(CvVersion.changed_at.desc(), CvVersion.id)
        if cv
        else None
    )
    return list(db.session.scalars(newest)) if newest is not None else []


def get_version_for(owner_id: UUID | None, version_id: UUID) -> VersionInFull:
    """That version with the full CV, when it is the owner's; four queries. Raises NotFound."""
    cv = queries.find_cv(owner_id)
    chosen = (
        sa.select(CvVersion)
        .where(CvVersion.id == version_id, CvVersion.cv_id == cv.id)
        .options(selectinload(CvVersion.picks))
        if cv
        else None
    )
    version = db.session.scalar(chosen) if chosen is not None else None
    if cv is None or version is None:
        raise NotFound
    return VersionInFull(cv, version)


def content_for(owner_id: UUID | None, cv_id: UUID) -> CvContent:
    """The owner's CV or one of its versions, by its id, as plain values. Raises NotFound."""
    cv = queries.find_cv(owner_id)
    return (
        queries.content_of(cv)
        if cv is not None and cv.id == cv_id
        else get_version_for(owner_id, cv_id).content()
    )


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """The CV and its versions, for /my/data."""
    found, cv = queries.everything_about_owner(owner_id), queries.find_cv(owner_id)
    versions = [VersionInFull(cv, version) for version in list_versions(cv)] if cv else []
    if versions:
        found["versions"] = [_as_data(one) for one in versions]
    return found


def _as_data(one: VersionInFull) -> dict[str, Any]:
    return (
        {"version_name": one.version.name}
        | one.content().as_data()
        | {"changed_at": one.version.changed_at.isoformat()}
    )

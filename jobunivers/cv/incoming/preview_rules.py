"""What of a file is new beside the CV that is there. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jobunivers.cv.types import CvContent, Entry, Section

FIELDS = ("name", "title", "phone", "email", "place", "language", "profile")


@dataclass(frozen=True)
class FieldRow:
    """A field that the file says differently. It is ticked only when nothing stands there yet."""

    key: str
    mine: str
    theirs: str

    @property
    def ticked(self) -> bool:
        """Whether it is proposed."""
        return not self.mine


@dataclass(frozen=True)
class EntryRow:
    """An entry of the file that is not in the CV. It is not ticked when one of the same name is
    there.
    """

    key: str
    number: int
    entry: Entry
    is_alike: bool

    @property
    def ticked(self) -> bool:
        """Whether it is proposed."""
        return not self.is_alike


@dataclass(frozen=True)
class Preview:
    """What would come in. `known` counts entries that are there already, word for word."""

    fields: tuple[FieldRow, ...]
    sections: tuple[tuple[Section, tuple[EntryRow, ...]], ...]
    known: int

    @property
    def keys(self) -> list[str]:
        """Everything that can be taken."""
        return [row.key for row in self.fields] + [
            row.key for _section, rows in self.sections for row in rows
        ]

    @property
    def proposed(self) -> list[str]:
        """What is ticked to begin with."""
        return [row.key for row in self.fields if row.ticked] + [
            row.key for _section, rows in self.sections for row in rows if row.ticked
        ]


def compare(mine: Mapping[str, Any], there: CvContent, theirs: CvContent) -> Preview:
    """The file beside the CV: `mine` are the fields as stored ('' when there are none)."""
    values = {name: str(getattr(theirs, name)) for name in FIELDS}
    fields = tuple(
        FieldRow(name, mine[name], values[name])
        for name in FIELDS
        if values[name] and values[name] != mine[name]
    )
    sections = [
        (section, _rows(section, there.entries(section), theirs.entries(section)))
        for section in Section
    ]
    known = sum(
        len(set(theirs.entries(section)) & set(there.entries(section))) for section in Section
    )
    return Preview(fields, tuple((section, rows) for section, rows in sections if rows), known)


def _rows(
    section: Section, there: tuple[Entry, ...], theirs: tuple[Entry, ...]
) -> tuple[EntryRow, ...]:
    titles = {one.title.casefold() for one in there if one.title}
    new = [(number, one) for number, one in enumerate(theirs) if one not in there]
    return tuple(
        EntryRow(f"{section.value}-{number}", number, one, one.title.casefold() in titles)
        for number, one in new
    )

"""The keepsake `notes`: answers that live nowhere else, one an exercise."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.extensions import db
from jobunivers.learning import queries
from jobunivers.learning.models import Note
from jobunivers.shared.web import path_to


class Notes:
    """My notes, shown on my course. They have one part without a name; the exercise's key tells
    notes apart.
    """

    prefix = "notes"

    def parts(self) -> frozenset[str]:
        """Only the nameless part."""
        return frozenset({""})

    def read(self, owner_id: UUID, part: str, *, source: str) -> Any | None:
        """The note of that exercise."""
        note = queries.find_note(owner_id, source)
        return note.value if note else None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the note; inside the caller's transaction."""
        note = queries.find_note(owner_id, source)
        if note is None:
            note = Note(owner_id=owner_id, exercise_key=source)
            db.session.add(note)
        note.value = value
        note.changed_at = now
        db.session.flush()

    def label(self, part: str) -> str:
        """'your notes' in the reader's language."""
        return str(_("your notes"))

    def link(self, part: str) -> str:
        """The list of notes on my course."""
        return path_to("path.show_path", _anchor="notes")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Moves the draft's notes; where both have one, her own stays."""
        own = {note.exercise_key for note in queries.list_notes(to_owner_id)}
        for note in queries.list_notes(from_owner_id):
            if note.exercise_key not in own:
                note.owner_id = to_owner_id
        db.session.flush()

"""`meeting.questions`: what a lesson helps the citizen to ask becomes points for her next meeting."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.booking import agenda_services as agenda
from jobunivers.shared.web import path_to

QUESTIONS = "questions"


class MeetingKeepsake:
    """Points of the owner's next meeting, line by line; each exercise rewrites only its own."""

    prefix = "meeting"

    def parts(self) -> frozenset[str] | None:
        """Only `questions`."""
        return frozenset({QUESTIONS})

    def read(self, owner_id: UUID, part: str, *, source: str) -> Any | None:
        """The exercise's lines as they stand now, or None."""
        return agenda.lines_of(owner_id, source) or None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Puts the lines in place of the exercise's earlier ones; empty lines are left out."""
        agenda.replace_lines(
            owner_id,
            [str(line).strip() for line in value or [] if str(line).strip()],
            source=source,
            now=now,
        )

    def label(self, part: str) -> str:
        """In the reader's language."""
        return str(_("your points for the next meeting"))

    def link(self, part: str) -> str:
        """The page that shows them."""
        return path_to("booking.list_meetings")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's points along; a point the citizen already has is not doubled."""
        agenda.adopt(from_owner_id, to_owner_id, now=now)

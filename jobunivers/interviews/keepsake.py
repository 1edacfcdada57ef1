"""Exercises that write an answer to an interview question; any question will do."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from jobunivers.interviews import queries, services


class InterviewKeepsake:
    """Interview answers as a keepsake; see docs/artefacts.md."""

    prefix = "interview"

    def parts(self) -> None:
        """Any name is a question."""

    def read(self, owner_id: UUID, part: str, *, source: str) -> Any | None:
        """The answer, None when there is none."""
        answer = queries.find_answer(owner_id, part)
        return (answer.value or None) if answer else None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the value; inside the caller's transaction."""
        services.keep_answer(owner_id, part, value or "", now=now)

    def label(self, part: str) -> str:
        """The thing in the reader's language."""
        return str(_("your interview answers"))

    def link(self, part: str) -> str:
        """The page that shows it."""
        return url_for("interviews.list_answers")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's answers along."""
        services.adopt(from_owner_id, to_owner_id, now=now)

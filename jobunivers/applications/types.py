"""A letter as plain values, and the person who sends it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

PAIRS = 6  # demands of an advert, each with a proof; three are asked for
LISTS = ("demands", "proofs", "call")
TEXTS = ("opening", "middle", "closing")
JOB = ("job_title", "employer", "apply_by")


@dataclass(frozen=True)
class Sender:
    """What stands at the top of a letter; `language` is that of the document's own words."""

    name: str = ""
    contact: tuple[str, ...] = ()
    language: str = "da"


@dataclass(frozen=True)
class LetterContent:
    """Everything that stands in a letter and in its preparation."""

    job_title: str = ""
    employer: str = ""
    apply_by: date | None = None
    demands: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    opening: str = ""
    middle: str = ""
    closing: str = ""

    @property
    def paragraphs(self) -> list[str]:
        """The letter itself: each part begins a paragraph, so does an empty line; other line breaks
        stay in it.
        """
        parts = [
            part
            for text in (self.opening, self.middle, self.closing)
            for part in re.split(r"\n\s*\n", text)
        ]
        return [part.strip() for part in parts if part.strip()]

    @property
    def about(self) -> str:
        """'Cook, Canteen North': what the letter is for."""
        return ", ".join(text for text in (self.job_title, self.employer) if text)

    def as_data(self) -> dict[str, Any]:
        """The same as JSON-able data."""
        values = {name: getattr(self, name) for name in (*JOB, *LISTS, *TEXTS)}
        return values | {"apply_by": self.apply_by.isoformat() if self.apply_by else None}

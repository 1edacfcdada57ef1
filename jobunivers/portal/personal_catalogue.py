"""Everything that is declared to be stored of people, from all features; docs/privacy.md is written from
it (`python3 run.py privacy write`).
"""

import re
from pathlib import Path

from jobunivers.applications import personal_types as applications
from jobunivers.booking import personal_types as booking
from jobunivers.caseload import personal_types as caseload
from jobunivers.contact import personal_types as contact
from jobunivers.cv import personal_types as cv
from jobunivers.events import personal_types as events
from jobunivers.goals import personal_types as goals
from jobunivers.identity import personal_types as identity
from jobunivers.interviews import personal_types as interviews
from jobunivers.labour_market import personal_types as labour_market
from jobunivers.learning import personal_types as learning
from jobunivers.messages import personal_types as messages
from jobunivers.planner import personal_types as planner
from jobunivers.screening import personal_types as screening
from jobunivers.shared import personal as shared
from jobunivers.shared.privacy import HEAD, Personal, tables

PERSONAL: tuple[Personal, ...] = (
    *caseload.PERSONAL,
    *contact.PERSONAL,
    *booking.PERSONAL,
    *events.PERSONAL,
    *screening.PERSONAL,
    *messages.PERSONAL,
    *learning.PERSONAL,
    *cv.PERSONAL,
    *applications.PERSONAL,
    *interviews.PERSONAL,
    *goals.PERSONAL,
    *planner.PERSONAL,
    *identity.PERSONAL,
    *labour_market.PERSONAL,
    *shared.PERSONAL,
)
SECTION = re.compile(
    rf"(?P<title>^## (?P<section>[^\n]+)\n\n){re.escape(HEAD[0])}\n(?:\|[^\n]*\n)+", re.MULTILINE
)


def written(text: str) -> str:
    """The documentation with its tables made anew from the declarations."""
    return SECTION.sub(
        lambda found: found["title"] + tables(PERSONAL, found["section"]) + "\n", text
    )


def write(file: Path) -> bool:
    """Writes the tables into the file; True when something has changed."""
    before = file.read_text(encoding="utf-8")
    file.write_text(written(before), encoding="utf-8")
    return written(before) != before

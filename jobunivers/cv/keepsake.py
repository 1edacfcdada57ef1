"""Exercises that write into the CV: `cv.profile`, `cv.experience` (points of the newest job), and
the lines of the other sections.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from jobunivers.cv import queries, rules, services
from jobunivers.cv import version_services as versions
from jobunivers.cv.types import Section

PROFILE = "profile"


class CvKeepsake:
    """The CV as a keepsake; see docs/artefacts.md."""

    prefix = "cv"

    def parts(self) -> frozenset[str]:
        """`profile` and the sections."""
        return frozenset({PROFILE, *(section.value for section in Section)})

    def read(self, owner_id: UUID, part: str, *, source: str) -> str | list[str] | None:
        """A text for the profile, else lines; None when there is nothing."""
        if part == PROFILE:
            return queries.find_profile(owner_id) or None
        cv = queries.find_cv(owner_id)
        entries = queries.list_entries(cv, Section(part))
        if part == Section.EXPERIENCE:
            jobs = rules.newest_first(entries)
            return (list(jobs[0].points) if jobs else []) or None
        return rules.lines_of_section(entries) or None

    def write(self, owner_id: UUID, part: str, value: Any, *, source: str, now: datetime) -> None:
        """Keeps the value; inside the caller's transaction."""
        if part == PROFILE:
            services.keep_profile(owner_id, str(value or ""), now=now)
        elif part == Section.EXPERIENCE:
            services.keep_newest_points(owner_id, _lines(value), now=now)
        else:
            services.keep_lines(owner_id, Section(part), _lines(value), now=now)

    def label(self, part: str) -> str:
        """The thing in the reader's language."""
        return str(_("your CV"))

    def link(self, part: str) -> str:
        """The page that shows it."""
        return url_for("cv.show_cv")

    def adopt(self, from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
        """Takes a draft's CV along."""
        services.adopt(from_owner_id, to_owner_id, now=now)
        versions.adopt(from_owner_id, to_owner_id)


def _lines(value: Sequence[str] | None) -> list[str]:
    return [line for line in value or () if line]

"""Things that citizens keep: CVs, letters, answers, goals, lines of the planner."""

from jobunivers.cv import services as cv
from jobunivers.cv.types import Section
from jobunivers.identity import services as identity
from jobunivers.shared import clock
from jobunivers.shared.db import write


class MakeArtefacts:
    """Methods of `make` for self-service work; each takes the owner's id."""

    def keep(self, service, *args, **values):
        """Calls a service in a transaction of its own."""
        with self.app.app_context(), write():
            return service(*args, **values)

    def draft(self):
        """The owner id of a nameless draft."""
        with self.app.app_context(), write():
            return identity.start_draft(clock.now()).id

    def cv_head(self, owner_id, **head):
        """Name and contact of a CV; returns the CV's id."""
        from jobunivers.cv import queries

        with self.app.app_context():
            stored = queries.head_of(queries.find_cv(owner_id))
            with write():
                cv.change_head(
                    owner_id, {**stored, **head}, version=cv_version(stored), now=clock.now()
                )
            return queries.find_cv(owner_id).id

    def cv_job(
        self,
        owner_id,
        title="Shop assistant",
        place="Shop, Aarhus",
        started="2019-03",
        ended="",
        points=(),
        section=Section.EXPERIENCE,
    ):
        """A job (or education) in the CV; returns its id."""
        values = {
            "title": title,
            "place": place,
            "started": started,
            "ended": ended,
            "points": list(points),
        }
        with self.app.app_context(), write():
            return cv.add_entry(owner_id, section, values, now=clock.now()).id

    def cv_lines(self, owner_id, section, *lines):
        """Lines of a section."""
        self.keep(cv.add_lines, owner_id, section, lines, now=clock.now())


def cv_version(values):
    """The version of what a form edits."""
    from jobunivers.shared.editing import version_of

    return version_of(values)

"""The citizen's home."""

from flask import Blueprint, session
from flask.typing import ResponseReturnValue

from jobunivers.caseload import services as caseload
from jobunivers.identity.access import current_owner_id, viewer, visitor
from jobunivers.identity.types import Viewer
from jobunivers.messages import queries as messages
from jobunivers.portal import home_pages as home
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.web import page

bp = Blueprint("home", __name__)


@bp.get("", strict_slashes=False)
@visitor
def show_home() -> ResponseReturnValue:
    """What is next for me, then what I have made. Works for a draft, a visitor, a citizen and her
    helper.
    """
    person, now = viewer(), clock.now()
    _note_visit(person)
    return page(
        "portal/home.html",
        greeting=home.greeting(clock.local(now).hour),
        steps=home.steps_for(person, current_owner_id(), now),
        unread=messages.count_unread(person.citizen_id) if person and person.citizen_id else 0,
    )


def _note_visit(person: Viewer | None) -> None:
    """Once a day and session: staff sees who has not been here for long. A helper's visit is not
    the citizen's.
    """
    today = clock.today().isoformat()
    if (
        person is None
        or person.citizen_id is None
        or person.is_helper
        or session.get("noted_on") == today
    ):
        return
    with write():
        caseload.note_visit(person.citizen_id, clock.now())
    session["noted_on"] = today

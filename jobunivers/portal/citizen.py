"""The citizen's home."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import current_owner_id, viewer, visitor
from jobunivers.messages import queries as messages
from jobunivers.portal import home
from jobunivers.shared import clock
from jobunivers.shared.web import page

bp = Blueprint("home", __name__)


@bp.get("", strict_slashes=False)
@visitor
def show_home() -> ResponseReturnValue:
    """What is next for me, then what I have made. Works for a draft, a visitor, a citizen and her helper."""
    person, now = viewer(), clock.now()
    return page(
        "portal/home.html",
        greeting=home.greeting(clock.local(now).hour),
        steps=home.steps_for(person, current_owner_id(), now),
        unread=messages.count_unread(person.citizen_id) if person and person.citizen_id else 0,
        is_citizen=bool(person and person.citizen_id),
    )

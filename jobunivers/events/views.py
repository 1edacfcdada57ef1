"""Events and job fairs, open to everybody."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobunivers.events import calendar_file, pages, queries
from jobunivers.identity.access import public, viewer
from jobunivers.shared import clock
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.page_cache import same_while
from jobunivers.shared.web import download, page

bp = Blueprint("events", __name__)


def _stamp() -> str:
    return queries.stamp(clock.now())


@bp.get("")
@public
@same_while(_stamp)
def list_events() -> ResponseReturnValue:
    """What comes, the first to begin first."""
    return page("events/list.html", events=pages.coming_events(choose_locale(), clock.now()))


@bp.get("/<uuid:event_id>")
@public
def show_event(event_id: UUID) -> ResponseReturnValue:
    """One event, and how to come."""
    person = viewer()
    shown = pages.one(event_id, choose_locale(), clock.now())
    return page(
        "events/event.html",
        shown=shown,
        own=pages.own(event_id, person.citizen_id if person else None),
    )


@bp.get("/<uuid:event_id>.ics")
@public
def download_calendar_file(event_id: UUID) -> ResponseReturnValue:
    """The event for one's own calendar."""
    content = calendar_file.build(queries.get_event(event_id), choose_locale(), now=clock.now())
    return download(content, "text/calendar; charset=utf-8", "event.ics")

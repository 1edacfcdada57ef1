"""Messages between citizen and staff, as the citizen sees them."""

from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.caseload import queries as caseload
from jobunivers.identity.access import citizen_id, citizen_required, the_viewer
from jobunivers.messages import services
from jobunivers.messages.forms import MessageForm
from jobunivers.portal import thread_pages as thread
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import invalid, page, saved

bp = Blueprint("messages", __name__)
PAGE, THREAD = "portal/messages.html", "thread"


@bp.get("")
@citizen_required
def list_messages() -> ResponseReturnValue:
    """The thread, newest first; what was new is marked as such once and counts as read from now on."""
    me, now = citizen_id(), clock.now()
    context = _context(me)
    if any(entry.is_new for entry in context["entries"]):
        with write():
            services.mark_read(me, now=now, by_citizen=True)
    return page(PAGE, form=MessageForm(), **context)


@bp.post("")
@citizen_required
def send() -> ResponseReturnValue:
    """To my caseworker. The same form twice is one message."""
    me, form = citizen_id(), MessageForm(request.form)
    if not form.submitted():
        return invalid(PAGE, THREAD, form=form, **_context(me))
    with write():
        services.write_from_citizen(
            me,
            form.text(),
            author_id=the_viewer().user_id,
            now=clock.now(),
            key=f"{me}:{form.key.data}",
        )
    return saved(
        PAGE, THREAD, fallback=url_for(".list_messages"), form=MessageForm(), **_context(me)
    )


def _context(me: UUID) -> dict[str, Any]:
    caseworker = caseload.caseworker_of(me)
    return {
        "entries": thread.read(me, locale=choose_locale(), by_citizen=True),
        "caseworker": caseworker[1] if caseworker else None,
        "answer_by": thread.promised_by(clock.now()),
        "paragraphs": thread.paragraphs,
    }

"""Messages as staff sees them: who waits for an answer, one citizen's thread, and letters that
somebody must post.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.gate_access import open_citizen, pass_with
from jobunivers.caseload.types import Purpose
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.messages import queries, services
from jobunivers.messages.forms import MessageForm
from jobunivers.portal import letter_pages as letters
from jobunivers.portal import not_reached_pages as not_reached
from jobunivers.portal import thread_pages as thread
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import go_to, invalid, page, saved

if TYPE_CHECKING:
    from jobunivers.caseload.models import Citizen

bp = Blueprint("caseworker_messages", __name__)
THREAD_PAGE, THREAD = "portal/caseworker_thread.html", "thread"
VIEW = "messages.view"


@bp.get("/messages")
@caseworker_required
def list_unanswered() -> ResponseReturnValue:
    """Citizens who wait for an answer, the longest wait first: my own, or the whole team's."""
    me, whole_team = the_viewer().user_id, request.args.get("who") == "team"
    reading_for("messages")
    others = absences.stood_in_for(me, clock.now())
    waiting = queries.list_unanswered(
        caseload.visible_ids(me, whole_team=whole_team, others=others)
    )
    whose = caseload.caseworkers_of(row.citizen_id for row in waiting) if others else {}
    names = caseload.names_of(row.citizen_id for row in waiting)
    return page(
        "portal/caseworker_messages.html",
        waiting=thread.with_promises(waiting),
        names=names,
        whole_team=whole_team,
        others=others,
        whose=whose,
        not_reached=queries.count_not_reached(caseload.visible_ids(me, whole_team=True)),
    )


@bp.get("/citizens/<uuid:citizen_id>/messages")
@caseworker_required
def show_thread(citizen_id: UUID) -> ResponseReturnValue:
    """One citizen's thread; every look is logged. For a colleague's citizen the reader first says
    why.
    """
    citizen = open_citizen(citizen_id, VIEW)
    context = _context(citizen)
    if any(entry.is_new for entry in context["entries"]):
        with write():
            services.mark_read(citizen_id, now=clock.now(), by_citizen=False)
    return page(THREAD_PAGE, form=MessageForm(), **context)


@bp.post("/citizens/<uuid:citizen_id>/messages")
@caseworker_required
def answer(citizen_id: UUID) -> ResponseReturnValue:
    """Writes to the citizen; what she asked counts as answered. The same form twice is one message."""
    me, form = the_viewer().user_id, MessageForm(request.form)
    citizen = open_citizen(citizen_id, VIEW)
    if not form.submitted():
        return invalid(THREAD_PAGE, THREAD, form=form, **_context(citizen))
    recipient = caseload.recipient_of(citizen_id)
    with write():
        services.write_to_citizen(
            recipient,
            form.text(),
            author_id=me,
            now=clock.now(),
            key=f"{citizen_id}:{form.key.data}",
        )
    return saved(
        THREAD_PAGE, THREAD, fallback=_back_to(citizen_id), form=MessageForm(), **_context(citizen)
    )


@bp.post("/citizens/<uuid:citizen_id>/messages/answered")
@caseworker_required
def mark_answered(citizen_id: UUID) -> ResponseReturnValue:
    """Answered by phone or at a meeting: nobody waits any more."""
    citizen = open_citizen(citizen_id, VIEW)
    with write():
        services.mark_answered(citizen_id, now=clock.now())
    return saved(
        THREAD_PAGE, THREAD, fallback=_back_to(citizen_id), form=MessageForm(), **_context(citizen)
    )


@bp.get("/letters")
@caseworker_required
def list_letters() -> ResponseReturnValue:
    """Letters to print: one sheet each, in the citizen's language with the Danish text."""
    reading_for(Purpose.POST.value, "letter.view")
    sheets = letters.read(the_viewer().user_id)
    return page("portal/letters.html", sheets=sheets)


@bp.get("/letters/<uuid:delivery_id>")
@caseworker_required
def print_letter(delivery_id: UUID) -> ResponseReturnValue:
    """One letter as a sheet of paper; the look is logged."""
    me = the_viewer().user_id
    pass_with(letters.citizen_of(me, delivery_id), "letter.view", Purpose.POST)
    sheet = letters.get(me, delivery_id)
    return page(
        "portal/letter.html",
        sheet=sheet,
        paragraphs=thread.paragraphs,
        back_href=url_for(".list_letters"),
    )


@bp.post("/letters/<uuid:delivery_id>/posted")
@caseworker_required
def mark_posted(delivery_id: UUID) -> ResponseReturnValue:
    """The letter is in the post."""
    me = the_viewer().user_id
    sheet = letters.get(me, delivery_id)
    with write():
        services.mark_done_by_hand(sheet.id, by_user_id=me, now=clock.now())
    return go_to(url_for(".list_letters"))


@bp.get("/not-reached")
@caseworker_required
def list_not_reached() -> ResponseReturnValue:
    """Whom of the team our messages did not reach: call, or post the letter."""
    reading_for(Purpose.POST.value, "not_reached.view")
    lines = not_reached.read(the_viewer().user_id)
    return page("portal/not_reached.html", lines=lines, may_act=True)


@bp.post("/not-reached/<uuid:delivery_id>/reached")
@caseworker_required
def mark_reached(delivery_id: UUID) -> ResponseReturnValue:
    """Somebody has told her."""
    me = the_viewer().user_id
    not_reached.get(me, delivery_id)
    with write():
        services.mark_done_by_hand(delivery_id, by_user_id=me, now=clock.now())
    return go_to(url_for(".list_not_reached"))


def _context(citizen: "Citizen") -> dict[str, Any]:
    return {
        "citizen": citizen,
        "entries": thread.read(citizen.id, locale=citizen.locale, by_citizen=False),
        "paragraphs": thread.paragraphs,
    }


def _back_to(citizen_id: UUID) -> str:
    return url_for(".show_thread", citizen_id=citizen_id)

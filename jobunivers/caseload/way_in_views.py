"""Ways into a case that wait for a yes: a second member of staff gives it, or she herself."""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import queries
from jobunivers.caseload import way_in_services as ways_in
from jobunivers.caseload import wish_queries as wishes
from jobunivers.caseload.words import SCOPES, WAYS
from jobunivers.identity import link_http as links
from jobunivers.identity.access import (
    caseworker_required,
    citizen_id,
    citizen_required,
    signed_link,
    the_viewer,
)
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, NotAllowed, NotFound
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import go_to, page

bp = Blueprint("ways_in", __name__)


@bp.get("/caseworker/ways-in")
@caseworker_required
def list_waiting() -> ResponseReturnValue:
    """What waits about the citizens of the own teams."""
    reading_for("second-yes")
    rows = wishes.list_for_staff(the_viewer().user_id, clock.now())
    return page(
        "caseload/ways_in.html",
        rows=rows,
        me=the_viewer().user_id,
        ways=WAYS,
        scopes=SCOPES,
    )


@bp.post("/caseworker/ways-in/<uuid:wish_id>")
@caseworker_required
def answer(wish_id: UUID) -> ResponseReturnValue:
    """Yes or no of a second member of staff; who asked can only take it back."""
    about = wishes.citizen_of(wish_id)
    me = the_viewer()
    if not queries.reads_contact(me.user_id, queries.get_citizen_for(me.user_id, about)):
        raise NotFound  # her name and address are protected
    decide = ways_in.agree if request.form.get("answer") == "yes" else ways_in.refuse
    try:
        with write():
            decide(
                wish_id,
                as_role=me.audit_role,
                by_user_id=me.user_id,
                citizen_id=about,
                now=clock.now(),
            )
        flash(_("Saved. The citizen is told."), "good")
    except NotAllowed:
        flash(_("You asked for this yourself: somebody else must say yes."), "careful")
    except Conflict:
        flash(_("This was answered already, or it no longer fits. Ask again if needed."), "careful")
    return go_to(url_for(".list_waiting"))


@bp.post("/my/settings/ways-in/<uuid:wish_id>")
@citizen_required
def answer_myself(wish_id: UUID) -> ResponseReturnValue:
    """The citizen's own yes or no, at her settings; never a helper's (`HERS_ALONE`)."""
    decide = ways_in.agree if request.form.get("answer") == "yes" else ways_in.refuse
    try:
        with write():
            decide(
                wish_id,
                as_role="citizen",
                by_user_id=the_viewer().user_id,
                citizen_id=citizen_id(),
                now=clock.now(),
            )
        flash(_("Thank you. Your answer is saved."), "good")
    except Conflict:
        flash(_("This was answered already, or it no longer fits."), "careful")
    return go_to(url_for("settings.show_settings"))


@bp.get("/agree/<token>")
@signed_link
def show_question(token: str) -> ResponseReturnValue:
    """What the address so far is asked: never the new one, for others may read this mailbox."""
    wish_id = _asked(token)
    if wish_id is None:
        return page("identity/email_worn_out.html", 410)
    return page("caseload/agree.html", token=token)


@bp.post("/agree/<token>")
@signed_link
def answer_by_mail(token: str) -> ResponseReturnValue:
    """Yes or no from the address so far."""
    wish_id = _asked(token)
    if wish_id is None:
        return page("identity/email_worn_out.html", 410)
    decide = ways_in.agree if request.form.get("answer") == "yes" else ways_in.refuse
    try:
        with write():
            decide(
                wish_id,
                as_role="old_address",
                by_user_id=None,
                citizen_id=wishes.citizen_of(wish_id),
                now=clock.now(),
            )
    except (Conflict, NotFound):
        return page("identity/email_worn_out.html", 410)
    return page("caseload/agreed.html")


def _asked(token: str) -> UUID | None:
    wish_id = links.read_agree_token(token)
    return wish_id if wish_id and wishes.find_waiting(wish_id, clock.now()) else None

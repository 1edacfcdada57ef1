"""The coordinator's team: load and absences of each colleague, and changes of caseworker."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.booking import absence_services, words
from jobunivers.booking.forms import AbsenceForm
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import moving_services as moving
from jobunivers.identity.access import coordinator_required, the_viewer
from jobunivers.portal import moving_services as moves
from jobunivers.portal import team_pages as team
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.once import once
from jobunivers.shared.seen import reading_for
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("team", __name__)
TEAM, COLLEAGUE = "portal/coordinator_team.html", "portal/coordinator_colleague.html"


@bp.get("")
@coordinator_required
def show_team() -> ResponseReturnValue:
    """Everybody in the teams, and citizens without a caseworker."""
    reading_for("team_page")
    shown = team.read(the_viewer().user_id, clock.now())
    batch = request.args.get("moved", type=UUID)
    return page(TEAM, team=shown, moved=batch, words=words, may_undo=moving.MAY_UNDO)


@bp.get("/<uuid:user_id>")
@coordinator_required
def show_colleague(user_id: UUID) -> ResponseReturnValue:
    """One colleague: days away, and whose caseworker she is."""
    return page(COLLEAGUE, **_colleague(user_id))


def _colleague(user_id: UUID, **given: Any) -> dict[str, Any]:
    me, now = the_viewer().user_id, clock.now()
    one = team.get_colleague(me, user_id, now)
    reading_for("team_page")
    return {
        "one": one,
        "now": now,
        "words": words,
        "absences": absences.list_absences([user_id], now),
        "citizens": moving.list_citizens_of(me, user_id),
        "colleagues": [each for each in team.colleagues_of(me, now) if each.id != user_id],
        "form": AbsenceForm().offer(absences.list_substitutes(user_id)),
        **given,
    }


@bp.post("/<uuid:user_id>/absences")
@coordinator_required
@once
def add_absence(user_id: UUID) -> ResponseReturnValue:
    """Days away, entered for a colleague."""
    me, now = the_viewer().user_id, clock.now()
    team.get_colleague(me, user_id, now)
    form = AbsenceForm.from_request().offer(absences.list_substitutes(user_id))
    if not form.submitted():
        return invalid(COLLEAGUE, **_colleague(user_id, form=form))
    with write():
        absence_services.add_absence(user_id, **form.chosen(), by_user_id=me, now=now)
    return go_to(url_for(".show_colleague", user_id=user_id))


@bp.post("/<uuid:user_id>/absences/<uuid:absence_id>/end")
@coordinator_required
def end_absence(user_id: UUID, absence_id: UUID) -> ResponseReturnValue:
    """Back, or not away after all."""
    me, now = the_viewer().user_id, clock.now()
    team.get_colleague(me, user_id, now)
    found = absences.get_absence([user_id], absence_id)
    with write():
        absence_services.end_absence(found.id, by_user_id=me, now=now)
    return go_to(url_for(".show_colleague", user_id=user_id))


@bp.post("/preview")
@coordinator_required
def preview() -> ResponseReturnValue:
    """Who would get which caseworker; nothing is saved."""
    me, ids = the_viewer().user_id, request.form.getlist("citizen", type=UUID)
    if not ids:
        flash(_("Choose at least one citizen."), "careful")
        return go_to(url_for(".show_team"))
    reading_for("team_page")
    to = team.get_colleague(me, _to(), clock.now())
    return page("portal/coordinator_move.html", citizens=moving.list_to_move(me, ids), to=to)


def _to() -> UUID:
    found = request.form.get("to", type=UUID)
    return found or abort(404)


@bp.post("/move")
@coordinator_required
@once
def move() -> ResponseReturnValue:
    """Moves them; each is told."""
    me, now, ids = the_viewer().user_id, clock.now(), request.form.getlist("citizen", type=UUID)
    to = team.get_colleague(me, _to(), now)
    moving.list_to_move(me, ids)
    with write():
        batch = moves.move(ids, to.id, by_user_id=me, now=now)
    flash(_("They have a new caseworker."), "good")
    return go_to(url_for(".show_team", moved=batch))


@bp.post("/move/<uuid:batch>/undo")
@coordinator_required
def undo(batch: UUID) -> ResponseReturnValue:
    """As before, for a day."""
    try:
        with write():
            moves.undo(batch, by_user_id=the_viewer().user_id, now=clock.now())
        flash(_("The move is taken back."), "good")
    except Conflict:
        flash(_("It is too late to take this back."), "careful")
    return go_to(url_for(".show_team"))

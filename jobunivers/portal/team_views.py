"""The coordinator's team: load and absences of each colleague, and changes of caseworker."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from jobunivers.booking import absence_pages, absence_services, words
from jobunivers.booking.forms import AbsenceForm
from jobunivers.caseload import absence_queries as absences
from jobunivers.caseload import moving_queries as moving
from jobunivers.caseload.gate_access import pass_gate
from jobunivers.identity.access import coordinator_required, the_viewer
from jobunivers.identity.types import Grant
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
    """Everybody in the teams, citizens without a caseworker, and what can be taken back."""
    reading_for("team_page")
    return page(TEAM, team=team.read(the_viewer().user_id, clock.now()))


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
        "citizens": moving.list_of(me, user_id),
        "colleagues": [each for each in team.colleagues_of(me, now) if each.id != user_id],
        "form": AbsenceForm().offer(absences.list_substitutes(user_id)),
        **given,
    }


@bp.get("/<uuid:user_id>/absences/check")
@coordinator_required
def check_absence(user_id: UUID) -> ResponseReturnValue:
    """Before anything is saved: which meetings stand on these days."""
    person, now = the_viewer(), clock.now()
    one = team.get_colleague(person.user_id, user_id, now)
    form = AbsenceForm(request.args).offer(absences.list_substitutes(user_id))
    if not form.validate():
        return invalid(COLLEAGUE, **_colleague(user_id, form=form))
    return page(
        "booking/absence_check.html",
        **absence_pages.check(form, user_id, viewer_id=person.user_id, now=now),
        name=one.name,
        has_calendar=person.may(Grant.CASEWORKER),
        action=url_for(".add_absence", user_id=user_id),
        back=url_for(".show_colleague", user_id=user_id),
        back_label=one.name,
    )


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


@bp.get("/citizens/<uuid:citizen_id>")
@coordinator_required
def show_citizen(citizen_id: UUID) -> ResponseReturnValue:
    """Another caseworker for one citizen, from her page; a coordinator who is not her caseworker has
    said why.
    """
    me, now = the_viewer().user_id, clock.now()
    pass_gate(citizen_id, "citizen.view")
    [one] = moving.list_picked(me, [citizen_id])
    others = [each for each in team.colleagues_of(me, now) if each.id != one.from_id]
    return page("portal/coordinator_one.html", one=one, colleagues=others)


@bp.post("/preview")
@coordinator_required
def preview() -> ResponseReturnValue:
    """Who would get which caseworker; nothing is saved."""
    me, form = the_viewer().user_id, request.form
    ids = [] if "all" in form else form.getlist("citizen", type=UUID)
    if not ids and "all" not in form:
        flash(_("Choose at least one citizen."), "careful")
        return go_to(url_for(".show_team"))
    reading_for("team_page")
    people = team.picked(me, ids, whose=form.get("whose", type=UUID))
    shown = team.preview(me, people, form.get("to", ""), clock.now())
    return page("portal/coordinator_move.html", lines=shown.lines, meetings=shown.meetings)


@bp.post("/move")
@coordinator_required
@once
def move() -> ResponseReturnValue:
    """As the preview showed it; each is told."""
    me, now = the_viewer().user_id, clock.now()
    reading_for("team_page")
    wanted = team.wanted(me, request.form.getlist("plan"), now)
    with write():
        count = moves.move(wanted, by_user_id=me, now=now)
    if count:
        flash(_changed(count), "good")
    if count < len(wanted):
        missed = len(wanted) - count
        flash(
            ngettext(
                "%(num)s citizen has got another caseworker in the meantime and stays there.",
                "%(num)s citizens have got another caseworker in the meantime and stay there.",
                missed,
            ),
            "careful",
        )
    return go_to(url_for(".show_team"))


def _changed(count: int) -> str:
    words = ngettext(
        "%(num)s citizen has a new caseworker and is told.",
        "%(num)s citizens have a new caseworker and are told.",
        count,
    )
    return str(words)


@bp.post("/move/<uuid:batch>/undo")
@coordinator_required
def undo(batch: UUID) -> ResponseReturnValue:
    """As before, for a day."""
    try:
        with write():
            count = moves.undo(batch, by_user_id=the_viewer().user_id, now=clock.now())
        flash(
            ngettext(
                "%(num)s citizen has the caseworker of before.",
                "%(num)s citizens have the caseworker of before.",
                count,
            ),
            "good",
        )
    except Conflict:
        flash(_("It is too late to take this back."), "careful")
    return go_to(url_for(".show_team"))

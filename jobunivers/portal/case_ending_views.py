"""The period out of work ends: what stands is shown first, and for a day it can be taken back."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.booking import queries as booking
from jobunivers.booking import words
from jobunivers.caseload import ending_services as endings
from jobunivers.caseload import queries, services
from jobunivers.caseload.forms import EndSpellForm
from jobunivers.caseload.gate_access import open_citizen, remember
from jobunivers.caseload.types import Outcome, Purpose
from jobunivers.caseload.words import OUTCOMES
from jobunivers.contact import queries as contact
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("case_ending", __name__)
END, CHECK, ENDED = (
    "caseload/end_spell.html",
    "portal/case_ending.html",
    "portal/case_ended.html",
)


@bp.get("/<uuid:citizen_id>/end-spell")
@caseworker_required
def show_end(citizen_id: UUID) -> ResponseReturnValue:
    """The question why and when; of a case that has ended, when that was and the way back."""
    citizen = open_citizen(citizen_id, "citizen.view")
    if queries.current_spell(citizen_id) is None:
        return page(ENDED, **_ended(citizen))
    return page(END, citizen=citizen, form=EndSpellForm(data={"ended_on": clock.today()}))


@bp.post("/<uuid:citizen_id>/end-spell")
@caseworker_required
def end_spell(citizen_id: UUID) -> ResponseReturnValue:
    """First what stands and what becomes of it; confirmed, it ends. Sent twice, it has ended."""
    citizen, form = open_citizen(citizen_id, "citizen.view"), EndSpellForm.from_request()
    spell = queries.current_spell(citizen_id)
    if spell is None:
        return go_to(url_for(".show_end", citizen_id=citizen_id))
    form.earliest = spell.started_on
    if not form.submitted():
        return invalid(END, citizen=citizen, form=form)
    outcome, now = Outcome(form.outcome.data), clock.now()
    if request.form.get("confirmed") != "1":
        return page(CHECK, citizen=citizen, form=form, **_standing(citizen_id, outcome))
    with write():
        services.end_spell(
            citizen_id,
            outcome=outcome,
            ended_on=cast(date, form.ended_on.data),
            now=now,
            by_user_id=the_viewer().user_id,
            keep=frozenset(request.form.getlist("keep", type=UUID)),
        )
    remember(citizen_id, Purpose.ENDING)  # nobody's own any more, and she may want it back
    until = now + endings.MAY_UNDO
    day, time = i18n.day(until), i18n.time_of_day(until)
    flash(_("The period has ended. You can undo it until %(day)s at %(time)s.", day=day, time=time))
    return go_to(url_for(".show_end", citizen_id=citizen_id))


@bp.post("/<uuid:citizen_id>/end-spell/undo")
@caseworker_required
def undo(citizen_id: UUID) -> ResponseReturnValue:
    """It had not ended after all."""
    open_citizen(citizen_id, "citizen.view")
    with write():
        endings.undo_end(citizen_id, now=clock.now(), by_user_id=the_viewer().user_id)
    flash(_("Taken back. Look at the meetings: those whose time was taken by now are tasks."))
    return go_to(url_for("citizen_page.show_citizen", citizen_id=citizen_id))


def _standing(citizen_id: UUID, outcome: Outcome) -> dict[str, Any]:
    """What is to come, and what becomes of it."""
    now = clock.now()
    coming = [
        line
        for line in booking.list_meetings(citizen_id)
        if line.is_booked and line.starts_at > now
    ]
    return {
        "meetings": sorted(coming, key=lambda line: line.starts_at),
        "invitations": contact.list_open_needs(citizen_id),
        "tasks": len(contact.list_tasks_about(citizen_id)),
        "is_death": outcome is Outcome.DEATH,
        "why": OUTCOMES[outcome],
        "words": words,
    }


def _ended(citizen: Any) -> dict[str, Any]:
    spell = citizen.spells[0] if citizen.spells else None
    outcome = Outcome(spell.outcome) if spell and spell.outcome else None
    return {
        "citizen": citizen,
        "spell": spell,
        "why": OUTCOMES[outcome] if outcome else "",
        "undoing": endings.find_undoing(citizen.id, clock.now()),
    }

"""Staff types the questionnaire in, with the citizen on the phone or across the table: same
questions, same rules, her language beside the Danish.
"""

from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload.gate_access import open_citizen
from jobunivers.identity.access import caseworker_required, the_viewer
from jobunivers.identity.types import Grant
from jobunivers.screening import asking_views as asking
from jobunivers.screening import catalogue, pages, queries, services
from jobunivers.screening.asking_views import Pages
from jobunivers.screening.types import START, Typist
from jobunivers.shared import clock, i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, page

bp = Blueprint("screening_together", __name__)


def _pages(citizen_id: UUID) -> Pages:
    """Through the gate."""
    me, citizen = the_viewer(), open_citizen(citizen_id, "screening.view")
    return Pages(
        citizen_id=citizen_id,
        area=bp.name,
        layout="layout/caseworker.html",
        locale=citizen.locale,
        by=Typist(me.user_id, me.name, "caseworker"),
        has_health_right=me.may(Grant.HEALTH_ANSWERS),
        is_office=True,
        back=url_for("citizen_page.show_citizen", citizen_id=citizen_id),
        back_label=citizen.name,
        keys={"citizen_id": citizen_id},
    )


@bp.get("/<uuid:citizen_id>/questions")
@caseworker_required
def show_start(citizen_id: UUID) -> ResponseReturnValue:
    """What to tell her first, to read aloud; or where the two stopped; or what she has answered."""
    where = _pages(citizen_id)
    screening, waiting = (
        queries.find_screening(citizen_id),
        queries.find_screening_to_answer(citizen_id),
    )
    if waiting is None and screening is not None and screening.finished_at is not None:
        return go_to(where.url("show_answers"))
    questionnaire, told = catalogue.questionnaire(waiting.landmark if waiting else START), {}
    for code in dict.fromkeys((where.locale, i18n.DEFAULT_LOCALE)):
        with i18n.speaking(code):
            told[code] = pages.promises(
                len(questionnaire.core),
                questionnaire.minutes,
                health=current_profile().screening.health.is_on,
            )
    last = [
        pages.last_time(screening, waiting.landmark, code) if waiting and waiting.is_again else []
        for code in (where.locale, i18n.DEFAULT_LOCALE)
    ]
    return page(
        "screening/together.html",
        where=where,
        waiting=waiting,
        told=told,
        last_time=list(zip(*last, strict=True)),
    )


@bp.post("/<uuid:citizen_id>/questions")
@caseworker_required
def start(citizen_id: UUID) -> ResponseReturnValue:
    """Begins, or goes on at the exact question."""
    return asking.start(_pages(citizen_id))


@bp.post("/<uuid:citizen_id>/unchanged")
@caseworker_required
def keep_all(citizen_id: UUID) -> ResponseReturnValue:
    """She says that nothing has changed since last time."""
    where = _pages(citizen_id)
    asking.keep_all(where)
    flash(_("Noted that nothing has changed. The citizen is told."), "good")
    return go_to(where.url("show_answers"))


@bp.get("/<uuid:citizen_id>/questions/<key>")
@caseworker_required
def show_question(citizen_id: UUID, key: str) -> ResponseReturnValue:
    """One question to read aloud, with the answers to tap for her."""
    return asking.show_question(_pages(citizen_id), key)


@bp.post("/<uuid:citizen_id>/questions/<key>")
@caseworker_required
def answer_question(citizen_id: UUID, key: str) -> ResponseReturnValue:
    """Saves one answer or the wish to skip; 409 when she has answered it herself meanwhile."""
    return asking.answer_question(_pages(citizen_id), key)


@bp.get("/<uuid:citizen_id>/answers")
@caseworker_required
def show_answers(citizen_id: UUID) -> ResponseReturnValue:
    """All answers to read back to her, the voluntary branches, and the end."""
    return asking.show_answers(_pages(citizen_id))


@bp.post("/<uuid:citizen_id>/finish")
@caseworker_required
def finish(citizen_id: UUID) -> ResponseReturnValue:
    """The end; she is told in her language what was written down."""
    where = _pages(citizen_id)
    asking.finish(where)
    flash(_("The answers are saved, and the citizen is told."), "good")
    return go_to(where.url("show_answers"))


@bp.post("/<uuid:citizen_id>/take-back")
@caseworker_required
def take_back(citizen_id: UUID) -> ResponseReturnValue:
    """She takes back what was typed in for her."""
    return asking.take_back(_pages(citizen_id))


@bp.post("/<uuid:citizen_id>/health")
@caseworker_required
def ask_for_health(citizen_id: UUID) -> ResponseReturnValue:
    """She said whether she wants the questions about health. Only for staff with the right."""
    where = _pages(citizen_id)
    if not where.has_health_right or not current_profile().screening.health.is_on:
        raise NotFound
    agrees = request.form.get("agrees") == "yes"
    with write():
        services.agree_to_health(citizen_id, agrees=agrees, by=where.by, now=clock.now())
    if agrees:
        return go_to(
            where.url("show_question", key=catalogue.questionnaire().branch("health")[0].key)
        )
    flash(_("Noted: she does not want to answer about health. That is fine."), "good")
    return go_to(where.url("show_answers"))

"""The questionnaire and its result: one question a screen, each tap saved, nothing decided by a
machine.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import citizen_id, citizen_required, the_viewer
from jobunivers.screening import asking_views as asking
from jobunivers.screening import (
    catalogue,
    flag_queries,
    flag_services,
    notices,
    pages,
    queries,
    rules,
    services,
)
from jobunivers.screening.asking_views import Pages
from jobunivers.screening.forms import ReplyForm
from jobunivers.screening.types import START, ToAnswer, Typist
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("screening", __name__)


@bp.get("")
@citizen_required
def show_start() -> ResponseReturnValue:
    """What it is, who sees it, how long it takes; or the way back to where she stopped; or the
    result.
    """
    screening, waiting = (
        queries.find_screening(citizen_id()),
        queries.find_screening_to_answer(citizen_id()),
    )
    if waiting is None and screening is not None and screening.finished_at is not None:
        return go_to(url_for(".show_result"))
    questionnaire = catalogue.questionnaire(waiting.landmark if waiting else START)
    told = pages.promises(
        len(questionnaire.core),
        questionnaire.minutes,
        health=current_profile().screening.health.is_on,
    )
    return page(
        "screening/start.html",
        waiting=waiting,
        promises=told,
        last_time=_last_time(screening, waiting),
    )


@bp.post("")
@citizen_required
def start() -> ResponseReturnValue:
    """Begins, or goes on at the exact question."""
    return asking.start(_pages())


@bp.post("/unchanged")
@citizen_required
def keep_all() -> ResponseReturnValue:
    """Nothing has changed since last time."""
    asking.keep_all(_pages())
    flash(_("Thank you. We have noted that nothing has changed."), "good")
    return go_to(url_for(".show_result"))


@bp.get("/questions/<key>")
@citizen_required
def show_question(key: str) -> ResponseReturnValue:
    """One question with big answers."""
    return asking.show_question(_pages(), key)


@bp.post("/questions/<key>")
@citizen_required
def answer_question(key: str) -> ResponseReturnValue:
    """Saves one answer or the wish to skip, then shows the next question."""
    return asking.answer_question(_pages(), key)


@bp.get("/answers")
@citizen_required
def show_answers() -> ResponseReturnValue:
    """All answers with a way to change each, the voluntary branches, and the end."""
    return asking.show_answers(_pages())


@bp.post("/finish")
@citizen_required
def finish() -> ResponseReturnValue:
    """The end; wishes for help reach a caseworker at once."""
    asking.finish(_pages())
    return go_to(url_for(".show_result"))


@bp.post("/take-back")
@citizen_required
def take_back() -> ResponseReturnValue:
    """What somebody typed in for her is gone."""
    return asking.take_back(_pages())


@bp.get("/result")
@citizen_required
def show_result() -> ResponseReturnValue:
    """What happens now, and because of which answers."""
    screening = queries.get_screening(citizen_id())
    if screening.finished_at is None:
        return go_to(url_for(".show_start"))
    return page("screening/result.html", **_result_context(screening, ReplyForm()))


@bp.post("/reply")
@citizen_required
def reply() -> ResponseReturnValue:
    """She sees it differently: her words go to the caseworker."""
    screening = queries.get_screening(citizen_id())
    form = ReplyForm.from_request()
    if not form.submitted():
        return invalid("screening/result.html", **_result_context(screening, form))
    with write():
        flag_services.reply(citizen_id(), form.text.data or "", now=clock.now())
    flash(_("Your words are sent. A caseworker will read them."), "good")
    return go_to(url_for(".show_result"))


@bp.post("/talk")
@citizen_required
def ask_for_talk() -> ResponseReturnValue:
    """She would rather talk to a person."""
    with write():
        flag_services.ask_for_talk(citizen_id(), now=clock.now())
    flash(_("We have your wish for a talk. A caseworker will contact you."), "good")
    return go_to(url_for(".show_start"))


@bp.post("/health/delete")
@citizen_required
def delete_health_answers() -> ResponseReturnValue:
    """Her answers about health are gone at once."""
    with write():
        services.delete_health_answers(citizen_id(), now=clock.now())
    flash(_("Your answers about health are deleted."), "good")
    return go_to(url_for(".show_answers"))


@bp.get("/decisions/<uuid:review_id>")
@citizen_required
def show_decision(review_id: UUID) -> ResponseReturnValue:
    """What a caseworker decided, in the citizen's language."""
    flag_queries.get_decision_for(citizen_id(), review_id)
    with write():
        flag_services.mark_decision_seen(citizen_id(), review_id, now=clock.now())
    return page("screening/decision.html", **_decision_context(review_id, ReplyForm()))


@bp.post("/decisions/<uuid:review_id>/reply")
@citizen_required
def reply_to_decision(review_id: UUID) -> ResponseReturnValue:
    """Her words about a decision."""
    flag_queries.get_decision_for(citizen_id(), review_id)
    form = ReplyForm.from_request()
    if not form.submitted():
        return invalid("screening/decision.html", **_decision_context(review_id, form))
    with write():
        flag_services.reply(
            citizen_id(), form.text.data or "", now=clock.now(), review_id=review_id
        )
    flash(_("Your words are sent. A caseworker will read them."), "good")
    return go_to(url_for(".show_decision", review_id=review_id))


def _pages() -> Pages:
    """Her own questionnaire in her language; a helper with power of attorney types in for her."""
    me = the_viewer()
    by = Typist(me.user_id, me.name, "helper") if me.is_helper else None
    return Pages(citizen_id(), "screening", "layout/citizen.html", choose_locale(), by)


def _last_time(screening: Any, waiting: ToAnswer | None) -> list[tuple[str, str]]:
    return (
        pages.last_time(screening, waiting.landmark, choose_locale())
        if waiting and waiting.is_again
        else []
    )


def _result_context(screening: Any, form: ReplyForm) -> dict[str, Any]:
    return {
        "typed": queries.list_typed(screening),
        "result": pages.result(citizen_id(), screening, choose_locale()),
        "form": form,
        "answer_due_on": flag_services.answer_due_on,
        "answer_days": current_profile().answer_days,
    }


def _decision_context(review_id: UUID, form: ReplyForm) -> dict[str, Any]:
    review = flag_queries.get_decision_for(citizen_id(), review_id)
    later_on = clock.danish_day(review.decided_at) + rules.LATER
    text = notices.decision_text(
        review.choice,
        choose_locale(),
        kind=review.offer_kind,
        later_on=later_on,
        reason=review.reason,
    )
    codes = review.flag.params.get("reasons", ())
    told = [
        words for code in codes if (words := catalogue.reason_text(code, choose_locale(), "you"))
    ]
    return {
        "review": review,
        "text": text,
        "told": told,
        "form": form,
        "replies": review.flag.replies,
        "answer_due_on": flag_services.answer_due_on,
    }

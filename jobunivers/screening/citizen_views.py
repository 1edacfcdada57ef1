"""The questionnaire and its result: one question a screen, each tap saved, nothing decided by a machine."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import citizen_id, citizen_required
from jobunivers.screening import catalogue, notices, pages, queries, rules, services
from jobunivers.screening.forms import ReplyForm, posted_answer
from jobunivers.screening.types import Question
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import go_to, invalid, page

bp = Blueprint("screening", __name__)
FROM_ANSWERS = "answers"


@bp.get("")
@citizen_required
def show_start() -> ResponseReturnValue:
    """What it is, who sees it, how long it takes; or the way back to where she stopped; or the result."""
    screening = queries.find_screening(citizen_id())
    if screening is not None and screening.finished_at is not None:
        return go_to(url_for(".show_result"))
    waiting = queries.find_screening_to_answer(citizen_id())
    questionnaire = catalogue.questionnaire()
    return page("screening/start.html", waiting=waiting, minutes=questionnaire.minutes, total=len(questionnaire.core), health=_health_is_on())


@bp.post("")
@citizen_required
def start() -> ResponseReturnValue:
    """Begins, or goes on at the exact question."""
    with write():
        services.start_screening(citizen_id(), locale=choose_locale(), now=clock.now())
    waiting = queries.find_screening_to_answer(citizen_id())
    return go_to(url_for(".show_question", key=waiting.next_question) if waiting and waiting.next_question else url_for(".show_answers"))


@bp.get("/questions/<key>")
@citizen_required
def show_question(key: str) -> ResponseReturnValue:
    """One question with big answers."""
    return page("screening/question.html", **_question_context(_question(key)))


@bp.post("/questions/<key>")
@citizen_required
def answer_question(key: str) -> ResponseReturnValue:
    """Saves one answer or the wish to skip, then shows the next question."""
    question = _question(key)
    skips = "skip" in request.form
    value = None if skips else posted_answer(question)
    if value is None and not skips:
        return invalid("screening/question.html", **_question_context(question, error=_("Choose an answer, or skip the question.")))
    with write():
        services.record_answer(citizen_id(), question, value, locale=choose_locale(), now=clock.now())
    return go_to(_after(question))


@bp.get("/answers")
@citizen_required
def show_answers() -> ResponseReturnValue:
    """All answers with a way to change each, the voluntary branches, and the end."""
    screening, locale = queries.get_screening(citizen_id()), choose_locale()
    health = queries.health_answers(screening.id) if _health_is_on() else {}
    branches = [(code, words, pages.answer_lines(screening, health, locale, code)) for code, words in _branches(locale)]
    firsts = {code: catalogue.questionnaire().branch(code)[0].key for code, _words in _branches(locale)}
    core = pages.answer_lines(screening, health, locale)
    return page("screening/answers.html", core=core, branches=branches, firsts=firsts, screening=screening, has_health=bool(health))


@bp.post("/finish")
@citizen_required
def finish() -> ResponseReturnValue:
    """The end; wishes for help reach a caseworker at once."""
    with write():
        services.finish_screening(citizen_id(), now=clock.now(), profile=current_profile())
    return go_to(url_for(".show_result"))


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
        services.reply(citizen_id(), form.text.data or "", now=clock.now())
    flash(_("Your words are sent. A caseworker will read them."), "good")
    return go_to(url_for(".show_result"))


@bp.post("/talk")
@citizen_required
def ask_for_talk() -> ResponseReturnValue:
    """She would rather talk to a person."""
    with write():
        services.ask_for_talk(citizen_id(), now=clock.now())
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
    queries.get_decision_for(citizen_id(), review_id)
    with write():
        services.mark_decision_seen(citizen_id(), review_id, now=clock.now())
    return page("screening/decision.html", **_decision_context(review_id, ReplyForm()))


@bp.post("/decisions/<uuid:review_id>/reply")
@citizen_required
def reply_to_decision(review_id: UUID) -> ResponseReturnValue:
    """Her words about a decision."""
    queries.get_decision_for(citizen_id(), review_id)
    form = ReplyForm.from_request()
    if not form.submitted():
        return invalid("screening/decision.html", **_decision_context(review_id, form))
    with write():
        services.reply(citizen_id(), form.text.data or "", now=clock.now(), review_id=review_id)
    flash(_("Your words are sent. A caseworker will read them."), "good")
    return go_to(url_for(".show_decision", review_id=review_id))


def _health_is_on() -> bool:
    return current_profile().screening.health.is_on


def _question(key: str) -> Question:
    return services.get_or_refuse(catalogue.questionnaire().find(key), health_is_on=_health_is_on())


def _branches(locale: str) -> list[tuple[str, dict[str, str]]]:
    return [(code, words) for code, words in catalogue.texts(locale)["branches"].items() if code != "health" or _health_is_on()]


def _question_context(question: Question, error: str = "") -> dict[str, Any]:
    screening = queries.find_screening(citizen_id())
    health = queries.health_answers(screening.id) if screening and question.is_health else {}
    shown = pages.question_page(question, screening, health, choose_locale(), search=request.args.get("search", "").strip()[:60])
    return {"shown": shown, "error": error, "from_answers": request.args.get("from") == FROM_ANSWERS}


def _after(question: Question) -> str:
    """Where a saved answer leads: the next question of the same part, or the list of answers."""
    if request.args.get("from") == FROM_ANSWERS and not question.branch:
        return url_for(".show_answers")
    screening = queries.get_screening(citizen_id())
    _before, following, _number, _total = rules.neighbours(question, catalogue.questionnaire(), queries.all_answers(screening))
    return url_for(".show_question", key=following) if following else url_for(".show_answers")


def _result_context(screening: Any, form: ReplyForm) -> dict[str, Any]:
    return {"result": pages.result(citizen_id(), screening, choose_locale()), "form": form, "answer_days": current_profile().answer_days}


def _decision_context(review_id: UUID, form: ReplyForm) -> dict[str, Any]:
    review = queries.get_decision_for(citizen_id(), review_id)
    later_on = clock.local(review.decided_at).date() + rules.LATER
    text = notices.decision_text(review.choice, choose_locale(), kind=review.offer_kind, later_on=later_on)
    codes = review.flag.params.get("reasons", ())
    told = [words for code in codes if (words := catalogue.reason_text(code, choose_locale(), "you"))]
    return {"review": review, "text": text, "told": told, "form": form, "replies": review.flag.replies}

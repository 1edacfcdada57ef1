"""Answers for interviews: all questions, one to practise aloud, and a sheet to print."""

from typing import Any

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.identity.access import current_owner_id, ensure_owner_id, visitor, working_owner_id
from jobunivers.interviews import queries, services
from jobunivers.interviews.catalogue import Question, find_question, questions
from jobunivers.interviews.forms import AnswerForm, AnswerLinesForm
from jobunivers.shared import clock
from jobunivers.shared.editing import answer as edit_answer
from jobunivers.shared.editing import filled
from jobunivers.shared.i18n import choose_locale
from jobunivers.shared.web import page

bp = Blueprint("interviews", __name__)
# Only the practice page may ask for the microphone; the recording stays in the browser's memory.
PERMISSIONS = "camera=(), microphone=(self), geolocation=(), payment=(), usb=()"


@bp.get("")
@visitor
def list_answers() -> ResponseReturnValue:
    """All questions, those with an answer first."""
    answers = [
        answer.question for answer in queries.list_answers(current_owner_id()) if answer.value
    ]
    answered = [(key, _title(key)) for key in sorted(answers, key=_place)]
    return page(
        "interviews/list.html",
        answered=answered,
        open_ones=[(q.key, _title(q.key)) for q in questions() if q.key not in answers],
    )


def _title(key: str) -> str:
    question = find_question(key)
    return question.text_in(choose_locale()) if question else str(_("My answer"))


def _place(key: str) -> int:
    """Where a question stands in the list; unknown ones at the end."""
    return next(
        (place for place, question in enumerate(questions()) if question.key == key),
        len(questions()),
    )


@bp.get("/print")
@visitor
def print_answers() -> ResponseReturnValue:
    """My answers on a sheet."""
    answers = sorted(
        (answer for answer in queries.list_answers(current_owner_id()) if answer.value),
        key=lambda answer: _place(answer.question),
    )
    return page(
        "interviews/print.html",
        answers=[(_title(answer.question), answer.value) for answer in answers],
        back_href=url_for(".list_answers"),
    )


@bp.route("/<key>", methods=["GET", "POST"])
@visitor
def practise(key: str) -> ResponseReturnValue:
    """One question: my answer, and practice with timer and recording that never leaves the phone."""
    owner_id = working_owner_id()
    answer = queries.find_answer(owner_id, key)
    question = find_question(key)
    if question is None and answer is None:
        abort(404)
    is_list = isinstance(answer.value, list) if answer else _asks_for_list(question)
    value = answer.value if answer else ([] if is_list else "")
    form = _answer_form(value, is_list)

    def stored() -> dict[str, Any]:
        kept = queries.find_answer(owner_id, key)
        return {"lines" if is_list else "answer": kept.value if kept else value}

    def save() -> Any:
        owner, seen = ensure_owner_id(), form.version.data
        return services.change_answer(owner, key, form.values(), version=seen, now=clock.now())

    context: dict[str, Any] = {
        "saved_at": answer.changed_at if answer else None,
        "title": _title(key),
        "question": question,
        "is_list": is_list,
    }
    done, template = url_for(".list_answers"), "interviews/practise.html"
    response = edit_answer(form, template, save=save, stored=stored, done=done, **context)
    response.headers["Permissions-Policy"] = PERMISSIONS
    return response


def _asks_for_list(question: Question | None) -> bool:
    return question is not None and question.kind == "list"


def _answer_form(value: Any, is_list: bool) -> AnswerLinesForm | AnswerForm:
    if is_list:
        return filled(AnswerLinesForm, {"lines": value}, lines="\n".join(value))
    return filled(AnswerForm, {"answer": value})

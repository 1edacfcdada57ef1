"""Modules and lessons, open to everybody; answers of exercises."""

from typing import Any

from flask import Blueprint, Response, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from jobunivers.identity import services as identity
from jobunivers.identity.access import current_owner_id, ensure_owner_id, public, viewer
from jobunivers.learning import catalogue, pages, queries, services
from jobunivers.learning import search_catalogue as search
from jobunivers.learning import sign_off_pages as sign_offs
from jobunivers.learning.forms import ExerciseForm, form_for
from jobunivers.learning.module_file import module_pdf
from jobunivers.learning.rules import exercises, progress
from jobunivers.learning.types import Lesson, Module
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotAllowed, Stale
from jobunivers.shared.i18n import choose_locale, keep_language
from jobunivers.shared.page_cache import same_for_everybody
from jobunivers.shared.web import download, go_to, invalid, page_or_block, saved, wants_block

bp = Blueprint("learning", __name__)
LESSON, STATE, TEXT = "learning/lesson.html", "exercise_state", "lesson_text"


@bp.get("")
@public
def list_modules() -> ResponseReturnValue:
    """The catalogue by group; with `q`, modules and lessons that fit."""
    query = request.args.get("q", "").strip()[:100]
    return _catalogue(query, search.find(query)) if query else _whole_catalogue()


@same_for_everybody
def _whole_catalogue() -> ResponseReturnValue:
    return _catalogue("", [])


def _catalogue(query: str, found: list[tuple[Module, Lesson | None]]) -> ResponseReturnValue:
    own = pages.progress_of(current_owner_id(), choose_locale())
    return page_or_block(
        "learning/modules.html",
        "results",
        groups=pages.groups(),
        courses=catalogue.guide().courses,
        progress=own,
        query=query,
        found=found,
    )


@bp.get("/<module>")
@public
@same_for_everybody
def show_module(module: str) -> ResponseReturnValue:
    """One module: what it gives, its lessons."""
    found = catalogue.get_module(module)
    return page_or_block(
        "learning/module.html",
        TEXT,
        **pages.module_context(found, current_owner_id(), choose_locale(), _danish_wanted()),
    )


@bp.get("/<module>.pdf")
@public
def module_file(module: str) -> ResponseReturnValue:
    """The module as one PDF with the reader's answers; with `danish=1` the Danish stands beside it."""
    found = catalogue.get_module(module)
    body = module_pdf(found, current_owner_id(), choose_locale(), danish=_danish_wanted())
    return download(body, "application/pdf", f"{found.slug}.pdf")


@bp.get("/<module>/<lesson>")
@public
@same_for_everybody
def show_lesson(module: str, lesson: str) -> ResponseReturnValue:
    """A lesson with its exercise; somebody with an owner comes back here next time."""
    found = catalogue.get_lesson(module, lesson)
    owner_id = current_owner_id()
    answer = queries.find_answer(owner_id, found[1])
    context = _context(found, form_for(found[1], _spoken(found), value=answer.value), answer=answer)
    if owner_id and not wants_block() and progress.is_new_visit(answer.opened_at, clock.now()):
        with write():
            services.open_lesson(owner_id, found[1], now=clock.now())
    return page_or_block(LESSON, TEXT, **context)


@bp.post("/<module>/<lesson>")
@public
def save_answer(module: str, lesson: str) -> ResponseReturnValue:
    """Keeps an answer as it is given. 422 for one that cannot be kept, 409 when the kept one
    changed since the form was opened.
    """
    found = catalogue.get_lesson(module, lesson)
    # A script that leads to the same page with an anchor would not load it anew.
    here = url_for(
        ".show_lesson", module=module, lesson=lesson, _anchor=None if wants_block() else "exercise"
    )
    form = form_for(found[1], _spoken(found), posted=request.form)
    fault = _fault(found[1], form)
    language = _switch_language(keep_old=bool(fault) and wants_block())
    if language and fault:
        form = form_for(found[1], _spoken(found), posted=request.form)
        form.validate()
    if fault:
        return _remember(invalid(LESSON, STATE, **_context(found, form, problem=fault)), language)
    if not _is_nothing_yet(found[1], form):
        try:
            _save(found[1], form)
        except Stale as stale:
            return _remember(_conflict(found, form, stale.current), language)
    if language:
        return _remember(go_to(here), language)
    return saved(LESSON, STATE, fallback=here, **_context(found, form))


def _save(lesson: Lesson, form: ExerciseForm) -> None:
    owner_id = ensure_owner_id()
    seen = request.form.get("overwrite", request.form.get("seen", "")).strip(
        "-"
    )  # "-" names an answer that was emptied
    with write():
        services.save_answer(
            owner_id, lesson, form.given(), seen=seen, locale=choose_locale(), now=clock.now()
        )


def _fault(lesson: Lesson, form: ExerciseForm) -> str:
    """'errors' when a field is wrong, 'empty' when somebody saves nothing over nothing, '' when all
    is well.
    """
    person = viewer()
    if person is not None and person.is_staff and person.owner_id is None:
        raise NotAllowed("staff keeps no answers")
    if not form.validate():
        return "errors"
    if "done" in request.form and _is_nothing_yet(lesson, form):
        return "empty"
    return ""


def _is_nothing_yet(lesson: Lesson, form: ExerciseForm) -> bool:
    """Nothing was typed where nothing is kept: no draft is made for that. No tick can be an answer
    when one says so.
    """
    if not exercises.is_blank(form.given()) or request.form.get("seen"):
        return False
    return not ("done" in request.form and exercises.may_be_blank(lesson.exercise))


def _conflict(found: tuple[Module, Lesson], form: ExerciseForm, kept: Any) -> Response:
    return page_or_block(LESSON, STATE, 409, **_context(found, form, kept=kept))


def _context(found: tuple[Module, Lesson], form: ExerciseForm, **more: Any) -> dict[str, Any]:
    """Everything of the lesson's page, the answer as it is kept now."""
    answer = more.pop("answer", None) or queries.find_answer(current_owner_id(), found[1])
    return pages.lesson_context(
        found,
        form,
        answer,
        locale=choose_locale(),
        danish=_danish_wanted(),
        said=request.args.get("said", ""),
        **more,
    )


def _spoken(found: tuple[Module, Lesson]) -> str:
    return sign_offs.reading_language(*found, choose_locale())


def _danish_wanted() -> bool:
    return request.values.get("danish") == "1" and choose_locale() != "da"


def _switch_language(*, keep_old: bool) -> str | None:
    """The language of a language button inside the form; the rest of this request speaks it."""
    code = request.form.get("lang")
    if keep_old or code not in current_app.config["LOCALES"]:
        return None
    g.locale = code
    refresh()
    return code


def _remember(response: Response, language: str | None) -> Response:
    """Sets the language for later pages, too."""
    if language is None:
        return response
    keep_language(response, language)
    person = viewer()
    if person is not None:
        with write():
            identity.choose_language(person.user_id, language)
    return response

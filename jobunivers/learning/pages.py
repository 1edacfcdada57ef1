"""What the pages of modules and lessons show, put together from catalogue, progress and answers."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.identity.access import current_owner_id, viewer
from jobunivers.learning import catalogue, queries
from jobunivers.learning import plan_pages as plan_page
from jobunivers.learning import ports as keepsakes
from jobunivers.learning import sign_off_pages as sign_offs
from jobunivers.learning.forms import ExerciseForm
from jobunivers.learning.rules import exercises
from jobunivers.learning.rules.progress import module_progress, next_open
from jobunivers.learning.types import DANISH, Answer, Lesson, Module, Progress, TranslationState
from jobunivers.learning.words import GROUP_NAMES
from jobunivers.shared import clock, device, i18n
from jobunivers.shared.content import localized
from jobunivers.shared.markdown import term_anchor
from jobunivers.shared.terms import terms
from jobunivers.shared.vault import fingerprints


def groups() -> list[tuple[str, str, list[Module]]]:
    """(code, name, modules) of the catalogue page."""
    return [(code, str(GROUP_NAMES[code]), modules) for code, modules in catalogue.by_group()]


def progress_of(owner_id: UUID | None, locale: str) -> dict[str, Progress]:
    """Progress by module, only of those that were begun."""
    rows = queries.list_progress(owner_id)
    if not rows:
        return {}
    opened, done = {row.lesson for row in rows}, {row.lesson for row in rows if row.done_at}
    found = {
        module.slug: module_progress(module, opened=opened, done=done, locale=locale)
        for module in catalogue.modules()
    }
    return {slug: progress for slug, progress in found.items() if progress.is_started}


def module_context(
    module: Module, owner_id: UUID | None, locale: str, danish: bool
) -> dict[str, Any]:
    """The page of one module."""
    rows = {row.lesson: row for row in queries.list_progress(owner_id)}
    done = {key for key, row in rows.items() if row.done_at}
    changed = {
        lesson.key
        for lesson in module.lessons
        if lesson.key in done and rows[lesson.key].content_hash != lesson.content_hash
    }
    entry = queries.find_entry(owner_id, module.slug) if owner_id else None
    started = [lesson for lesson in module.lessons if lesson.key in rows]
    upcoming = (
        next_open(module, started[-1], done)
        if started and started[-1].key in done
        else (started[-1] if started else None)
    )
    return {
        **text_context(module, module, locale=locale, danish=danish),
        "opened": set(rows),
        "done": done,
        "changed": changed,
        "course": catalogue.offered_at(module.slug),
        "is_chosen": bool(entry and entry.dismissed_at is None),
        "first_step": upcoming
        or next((lesson for lesson in module.lessons if lesson.key not in done), module.lessons[0]),
    }


def text_context(
    module: Module, piece: Module | Lesson, *, locale: str, danish: bool
) -> dict[str, Any]:
    """A text in one's own language, with the Danish beside it when asked, and what must be said
    about its state.
    """
    text, danish_text = (
        piece.text(sign_offs.reading_language(module, piece, locale)),
        piece.texts[DANISH],
    )
    return {
        "module": module,
        "text": text,
        "danish_text": danish_text,
        "show_danish": danish and text.locale != DANISH,
        "is_fallback": text.locale != locale,
        "is_withheld": text.locale != locale and piece.texts.get(locale) is not None,
        "is_outdated": text.state is TranslationState.OUTDATED,
        "is_unchecked": not sign_offs.is_checked(module, sign_offs.place_of(piece), text),
        "has_expired": module.has_expired(clock.today()),
    }


def lesson_context(
    found: tuple[Module, Lesson],
    form: ExerciseForm,
    answer: Answer,
    *,
    locale: str,
    danish: bool,
    kept: Any = None,
    problem: str = "",
    said: str = "",
) -> dict[str, Any]:
    """The page of one lesson. `kept` is the other version after a conflict."""
    module, lesson = found
    shown = sign_offs.reading_language(module, lesson, locale)
    words, text = lesson.words(shown), lesson.text(shown)
    person = viewer()
    return {
        **text_context(module, lesson, locale=locale, danish=danish),
        "lesson": lesson,
        "words": words,
        "form": form,
        "answer": answer,
        "problem": problem,
        "said": said,
        "kept_version": exercises.version_of(kept),
        "kept_lines": exercises.shown_lines(lesson.exercise, kept, words)
        if kept is not None
        else None,
        "feedback": exercises.feedback_for(lesson.exercise, answer.value, words),
        "saved_text": saved_text(answer),
        "place": place_of(lesson) if answer.saved_at else None,
        "following": module.neighbour(lesson, 1),
        "in_course": plan_page.is_in_course(queries.followed_course(current_owner_id()), lesson),
        "explained": explained(text.terms, locale),
        "is_draft": person is None and answer.saved_at is not None,
        "keeps_offline": not device.is_shared(),
        "owner_mark": owner_mark(),
        "keeps_answers": not (person is not None and person.is_staff and person.owner_id is None),
    }


def owner_mark() -> str:
    """A mark that says nothing about the person, under which answers wait on her phone; '' for
    somebody without log-in and draft.
    """
    person, owner_id = viewer(), current_owner_id()
    if person is not None:
        return _mark(f"offline:{person.user_id}:{person.citizen_id}")
    return _mark(f"offline:{owner_id}") if owner_id else ""


def _mark(text: str) -> str:
    """By the oldest signing key: what waits on a phone while keys change still finds its owner."""
    return fingerprints(text)[-1][:22]


def saved_text(answer: Answer) -> str:
    """'Saved 14.32', with the day when it was another day; '' when nothing is kept here."""
    if answer.saved_at is None:
        return ""
    time = i18n.time_of_day(answer.saved_at)
    if clock.danish_day(answer.saved_at) == clock.today():
        return str(_("Saved %(time)s", time=time))
    return str(_("Saved %(day)s, %(time)s", day=i18n.day(answer.saved_at), time=time))


def place_of(lesson: Lesson) -> tuple[str, str]:
    """(the thing where the answer lives, its page)."""
    keepsake, part = keepsakes.find_or_notes(lesson.exercise.keepsake)
    return keepsake.label(part), keepsake.link(part)


@lru_cache(maxsize=1000)
def explained(keys: tuple[str, ...], locale: str) -> list[tuple[str, str, str]]:
    """(anchor, Danish term, explanation in that language) in order of first use."""
    return [
        (term_anchor(key), key, localized(terms()[key], locale)) for key in keys if key in terms()
    ]

"""What the editor's pages show, put together from the catalogue, sign-offs and what readers said."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from jobunivers.learning import catalogue, queries
from jobunivers.learning import sign_off_pages as sign_offs
from jobunivers.learning.models import MistakeReport
from jobunivers.learning.types import DANISH, Helped, Lesson, Mistake, Module, TranslationState

ABOUT = "introduction"  # stands for a module's introduction where a lesson's name stands


def overview(locale: str, codes: Iterable[str], today: date) -> dict[str, Any]:
    """Modules with the number of texts in each state by language; those whose law has ended or ends
    soon; mistakes; helpfulness.
    """
    signed = queries.list_sign_offs()
    rows = [
        (module, {code: _states(module, code, signed) for code in codes})
        for module in catalogue.modules()
    ]
    mistakes = [_mistake(report) for report in queries.list_open_mistakes()]
    return {
        "rows": rows,
        "ended": [module for module, _counts in rows if module.has_expired(today)],
        "ending": [module for module, _counts in rows if module.ends_soon(today)],
        "codes": list(codes),
        "mistakes": mistakes,
        "titles": _titles(locale),
        "helpfulness": _helpfulness(),
    }


def _states(
    module: Module, code: str, signed: frozenset[tuple[str, str, str]]
) -> list[tuple[TranslationState, int]]:
    pieces: list[Module | Lesson] = [module, *module.lessons]
    counted = Counter(_state(piece, code, signed) for piece in pieces)
    return [(state, counted[state]) for state in TranslationState if counted[state]]


def _state(
    piece: Module | Lesson, code: str, signed: frozenset[tuple[str, str, str]]
) -> TranslationState:
    text = piece.texts.get(code)
    if text is None:
        return TranslationState.MISSING
    is_signed = (sign_offs.place_of(piece), code, text.content_hash) in signed
    return (
        TranslationState.CHECKED
        if is_signed and text.state is TranslationState.MACHINE
        else text.state
    )


def texts_of(
    module: Module, codes: Iterable[str]
) -> list[tuple[str, Module | Lesson, dict[str, TranslationState]]]:
    """(name in the address, module or lesson, state by language) of every text of a module."""
    signed = queries.list_sign_offs()
    pieces: list[tuple[str, Module | Lesson]] = [
        (ABOUT, module),
        *((lesson.slug, lesson) for lesson in module.lessons),
    ]
    return [
        (name, piece, {code: _state(piece, code, signed) for code in codes})
        for name, piece in pieces
    ]


def find_text(module: str, name: str, language: str) -> dict[str, Any] | None:
    """One text with its Danish; None when there is none in that language. Raises NotFound for an
    unknown lesson.
    """
    piece: Module | Lesson = (
        catalogue.get_module(module) if name == ABOUT else catalogue.get_lesson(module, name)[1]
    )
    text, whole = piece.texts.get(language), catalogue.get_module(module)
    if text is None:
        return None
    place = sign_offs.place_of(piece)
    return {
        "module": whole,
        "name": name,
        "place": place,
        "text": text,
        "danish_text": piece.texts[DANISH],
        "is_signed": text.state is TranslationState.CHECKED
        or queries.find_sign_off(place, language, text.content_hash) is not None,
    }


def _mistake(report: MistakeReport) -> Mistake:
    found = catalogue.find_lesson(report.lesson)
    text = found[1].texts.get(report.language) if found else None
    is_current = text is not None and text.content_hash == report.content_hash
    return Mistake(
        report.id,
        report.lesson,
        report.language,
        report.sentence,
        report.note,
        report.at,
        is_current,
    )


def _titles(locale: str) -> dict[str, str]:
    return {
        lesson.key: lesson.text(locale).title
        for module in catalogue.modules()
        for lesson in module.lessons
    }


def _helpfulness() -> list[tuple[str, dict[str, int]]]:
    """(lesson, number by answer), those where most said no or a little first."""
    counted: dict[str, dict[str, int]] = {}
    for lesson, answer, number in queries.list_helpfulness():
        counted.setdefault(lesson, dict.fromkeys(Helped, 0))[answer] = number
    return sorted(
        counted.items(), key=lambda row: (-row[1][Helped.NO] - row[1][Helped.LITTLE], row[0])
    )

"""A module as one PDF with the reader's answers (PDF/UA-1), in her language, the Danish beside it
when asked.
"""

import re
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.learning import queries
from jobunivers.learning import sign_off_pages as sign_offs
from jobunivers.learning.rules import exercises
from jobunivers.learning.types import DANISH, Lesson, Module, Text
from jobunivers.shared import figures
from jobunivers.shared.markdown import Block
from jobunivers.shared.pdf import typst_pdf

TEMPLATE = Path(__file__).parent / "pdf" / "module.typ"
ITEM = re.compile(r"<(p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")


def module_pdf(module: Module, owner_id: UUID | None, locale: str, *, danish: bool) -> bytes:
    """The file; call it outside `write()`."""
    return typst_pdf(TEMPLATE, module_data(module, owner_id, locale, danish=danish))


def module_data(
    module: Module, owner_id: UUID | None, locale: str, *, danish: bool
) -> dict[str, Any]:
    """What the template prints."""
    text = module.text(sign_offs.reading_language(module, module, locale))
    return {
        "language": text.locale,
        "title": text.title,
        "my_answer": _("My answer"),
        "note": _note(module, module, text),
        "parts": _parts(text, module.texts[DANISH], danish),
        "lessons": [_lesson(module, lesson, owner_id, locale, danish) for lesson in module.lessons],
    }


def _lesson(
    module: Module, lesson: Lesson, owner_id: UUID | None, locale: str, danish: bool
) -> dict[str, Any]:
    shown = sign_offs.reading_language(module, lesson, locale)
    text, words = lesson.text(shown), lesson.words(shown)
    value = queries.read_value(owner_id, lesson.exercise) if owner_id else None
    return {
        "title": f"{lesson.number}. {text.title}",
        "note": _note(module, lesson, text),
        "parts": _parts(text, lesson.texts[DANISH], danish),
        "turn": _("Your turn"),
        "prompt": words.prompt,
        "answer": exercises.shown_lines(lesson.exercise, value, words),
    }


def _note(module: Module, piece: Module | Lesson, text: Text) -> str:
    if sign_offs.is_checked(module, sign_offs.place_of(piece), text):
        return ""
    return str(
        _("Not yet checked by a person.")
        if text.locale == DANISH
        else _("Not yet checked by a person; the Danish text applies.")
    )


def _parts(text: Text, danish_text: Text, danish: bool) -> list[dict[str, Any]]:
    beside: list[Any] = list(danish_text.blocks) if danish and text.locale != DANISH else []
    beside += [None] * (len(text.blocks) - len(beside))
    pairs = zip(text.blocks, beside, strict=False)
    return [
        {**_part(block, text.locale), "danish": _part(other, DANISH) if other else None}
        for block, other in pairs
    ]


def _part(block: Block, code: str) -> dict[str, Any]:
    """A block as lines without marks; a figure as a drawing that is also told in words."""
    kind, _colon, name = block.kind.partition(":")
    if kind == "figure":
        return {
            "kind": kind,
            "svg": figures.on_paper(name, code),
            "alt": " ".join([block.text, *(f"{line}." for line in figures.words(name, code))]),
        }
    lines = [_plain(found[1]) for found in ITEM.findall(block.html)] or [_plain(block.html)]
    shape = {"h2": "h2", "ul": "list", "ol": "list", "p": "p"}.get(kind, "box")
    return {"kind": shape, "lines": [line for line in lines if line]}


def _plain(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html.replace("<br>", " "))).split())

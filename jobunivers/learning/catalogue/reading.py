"""Reads content/learning into frozen objects. Every complaint names file and line."""

import datetime
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations

from jobunivers.learning.catalogue.words import exercise_words, neutral_exercise
from jobunivers.learning.types import (
    DANISH,
    GROUPS,
    Exercise,
    Lesson,
    Module,
    Text,
    TranslationState,
)
from jobunivers.shared import figures, i18n, readability
from jobunivers.shared.content import (
    CONTENT,
    ContentError,
    Document,
    line_of,
    read_document,
    read_yaml,
)
from jobunivers.shared.kept import CODE, kept
from jobunivers.shared.markdown import terms_in, to_blocks
from jobunivers.shared.sheets import Fault

LEARNING = CONTENT / "learning"
# All that has a say in how a text is read.
SOURCES = (CONTENT, i18n.TRANSLATIONS, CODE / "learning", CODE / "shared")
MODULE_KEYS = {"order", "group", "legal", "checked_on", "valid_to", "lessons"}
FRONT_KEYS = {"title", "summary", "translated_from", "translator", "checked_by"}


def N_(text: str) -> str:
    """Marks a text for the catalogues; it is looked up when the content is read."""
    return text


LABELS = {
    "figure": N_("The figure in words"),
    "example": N_("Example"),
    "before": N_("Before"),
    "after": N_("After"),
    "remember": N_("Remember"),
    "money": N_("If you may receive money from the public"),
}


@dataclass
class Reading:
    """What was read and what was wrong with it."""

    modules: tuple[Module, ...] = ()
    problems: list[Fault] = field(default_factory=list)
    documents: dict[tuple[str, str, str], Document] = field(
        default_factory=dict
    )  # (module, file stem, language)


def read_all(folder: Path = LEARNING, languages: tuple[str, ...] | None = None) -> Reading:
    """Every module of the folder in its order, in every language of the interface."""
    codes = tuple(languages or i18n.locales())
    if folder != LEARNING:
        return _read_now(folder, codes)
    return kept(
        "learning." + "-".join(codes), SOURCES, lambda: _read_now(folder, codes), folder=folder
    )


def _read_now(folder: Path, languages: tuple[str, ...]) -> Reading:
    reading = Reading()
    found = []
    for path in sorted(
        path for path in folder.iterdir() if path.is_dir() and path.name != "__pycache__"
    ):
        try:
            found.append(_ModuleReader(path, languages, reading).read())
        except ContentError as error:
            reading.problems += [replace(fault, hinders=True) for fault in error.faults]
    reading.modules = tuple(sorted(found, key=lambda module: (module.order, module.slug)))
    return reading


class _ModuleReader:
    """Reads one folder."""

    def __init__(self, path: Path, languages: tuple[str, ...], reading: Reading) -> None:
        self.path, self.languages, self.reading = path, languages, reading
        self.settings = path / "module.yaml"

    def read(self) -> Module:
        data = read_yaml(self.settings)
        self._check_settings(data)
        about = self._texts("00-about", None)
        lessons = tuple(
            self._lesson(number, row) for number, row in enumerate(data["lessons"], start=1)
        )
        return Module(
            slug=self.path.name,
            order=data["order"],
            group=data["group"],
            legal=data["legal"],
            checked_on=data["checked_on"],
            valid_to=data["valid_to"],
            texts=about,
            lessons=lessons,
        )

    def _check_settings(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise ContentError(self.settings, "not a mapping")
        for key in sorted(set(data) - MODULE_KEYS):
            raise ContentError(
                self.settings, f"unknown key {key!r}", line_of(self.settings, f"{key}:")
            )
        for key, kind in (
            ("order", int),
            ("group", str),
            ("legal", bool),
            ("checked_on", datetime.date),
            ("lessons", list),
        ):
            if not isinstance(data.get(key), kind):
                raise ContentError(
                    self.settings,
                    f"{key} is missing or not a {kind.__name__}",
                    line_of(self.settings, f"{key}:"),
                )
        if data["group"] not in GROUPS:
            raise ContentError(
                self.settings,
                f"unknown group {data['group']!r}; known: {', '.join(GROUPS)}",
                line_of(self.settings, "group:"),
            )
        if not isinstance(data.setdefault("valid_to", None), datetime.date | None):
            raise ContentError(
                self.settings, "valid_to is not a date", line_of(self.settings, "valid_to:")
            )

    def _lesson(self, number: int, row: Any) -> Lesson:
        if (
            not isinstance(row, dict)
            or set(row) != {"slug", "exercise"}
            or not isinstance(row["exercise"], dict)
        ):
            raise ContentError(
                self.settings,
                f"lesson {number} needs exactly slug and exercise",
                line_of(self.settings, "lessons:"),
            )
        slug = str(row["slug"])
        try:
            exercise = neutral_exercise(row["exercise"])
        except ValueError as error:
            raise ContentError(
                self.settings, f"{slug}: {error}", line_of(self.settings, f"slug: {slug}")
            ) from None
        stem = f"{number:02d}-{slug}"
        texts = self._texts(stem, exercise)
        danish = self.reading.documents[self.path.name, stem, DANISH]
        return Lesson(self.path.name, slug, number, exercise, texts, danish.content_hash)

    def _texts(self, stem: str, exercise: Exercise | None) -> dict[str, Text]:
        texts: dict[str, Text] = {}
        for code in (DANISH, *(code for code in self.languages if code != DANISH)):
            path = self.path / f"{stem}.{code}.md"
            if code != DANISH and not path.exists():
                continue
            try:
                texts[code] = self._text(path, stem, code, exercise)
            except ContentError as error:
                if code == DANISH:
                    raise
                self.reading.problems += error.faults
        return texts

    def _text(self, path: Path, stem: str, code: str, exercise: Exercise | None) -> Text:
        document = read_document(path)
        self.reading.documents[self.path.name, stem, code] = document
        check_front(document, FRONT_KEYS | ({"exercise"} if exercise else {"keep"}))
        words = None
        if exercise:
            try:
                words = exercise_words(exercise, document.front.get("exercise"))
            except ValueError as error:
                raise ContentError(path, f"exercise: {error}", line_of(path, "exercise:")) from None
        labels = _labels(code)
        blocks = tuple(
            to_blocks(
                document.body,
                container_label=lambda name: labels.get(name, name),
                draw=lambda name, title: _drawn(name, title, code),
            )
        )
        plain = " ".join(block.text for block in blocks)
        return Text(
            locale=code,
            title=document.front["title"],
            summary=document.front["summary"],
            blocks=blocks,
            html="".join(block.html for block in blocks),
            terms=tuple(terms_in(document.body)),
            state=self._state(document, stem, code),
            minutes=readability.minutes(plain, exercise.minutes if exercise else 0),
            word_count=len(readability.words_in(plain)),
            keep=document.front.get("keep", ""),
            words=words,
            content_hash=document.content_hash,
        )

    def _state(self, document: Document, stem: str, code: str) -> TranslationState:
        danish = self.reading.documents[self.path.name, stem, DANISH]
        if code != DANISH and document.front.get("translated_from") != danish.content_hash:
            return TranslationState.OUTDATED
        return (
            TranslationState.CHECKED
            if document.front.get("checked_by")
            else TranslationState.MACHINE
        )


def check_front(document: Document, allowed: set[str]) -> None:
    """Raises ContentError for unknown keys and for a missing or empty text."""
    path = document.path
    for key in document.front:
        if key not in allowed:
            raise ContentError(
                path, f"unknown key {key!r} in the front matter", line_of(path, f"{key}:")
            )
    needed = {"title", "summary"} | (allowed & {"keep"})
    for key in sorted(needed):
        value = document.front.get(key)
        if not isinstance(value, str) or not value.strip():
            raise ContentError(
                path, f"{key} is missing in the front matter", line_of(path, f"{key}:")
            )


@lru_cache
def _labels(code: str) -> dict[str, str]:
    words: NullTranslations = Translations.load(str(i18n.TRANSLATIONS), [code])
    return {name: words.gettext(label) for name, label in LABELS.items()}


def _drawn(name: str, title: str, code: str) -> str:
    """The figure; its title alone when it cannot be drawn, which `content check` refuses."""
    try:
        return figures.on_page(name, code, title, _labels(code)["figure"])
    except ContentError:
        return f"<p>{escape(title)}</p>"

"""Reads content/learning into frozen objects. Every complaint names file and line."""

from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from pathlib import Path

from babel.support import NullTranslations, Translations

from jobunivers.learning.catalogue.words import (
    exercise_words,
    module_faults,
    neutral_exercise,
    word_faults,
)
from jobunivers.learning.exercise_types import (
    FRONTS,
    AboutFront,
    LessonFront,
    LessonRow,
    ModuleSheet,
)
from jobunivers.learning.types import (
    DANISH,
    Exercise,
    ExerciseWords,
    Lesson,
    Module,
    Text,
    TranslationState,
)
from jobunivers.shared import figures, i18n, readability, schema
from jobunivers.shared.content import (
    CONTENT,
    ContentError,
    Document,
    read_document,
    sheet,
)
from jobunivers.shared.kept import CODE, kept
from jobunivers.shared.markdown import terms_in, to_blocks
from jobunivers.shared.sheets import Fault

LEARNING = CONTENT / "learning"
# All that has a say in how a text is read.
SOURCES = (CONTENT, i18n.TRANSLATIONS, CODE / "learning", CODE / "shared")


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
        """The module with its lessons. Raises ContentError."""
        data = schema.read(ModuleSheet, sheet(self.settings), module_faults)
        about = self._texts("00-about", None)
        lessons = tuple(self._lesson(number, row) for number, row in enumerate(data.lessons, 1))
        return Module(
            slug=self.path.name,
            order=data.order,
            group=data.group,
            legal=data.legal,
            checked_on=data.checked_on,
            valid_to=data.valid_to,
            texts=about,
            lessons=lessons,
        )

    def _lesson(self, number: int, row: LessonRow) -> Lesson:
        exercise, stem = neutral_exercise(row.exercise), f"{number:02d}-{row.slug}"
        texts = self._texts(stem, exercise)
        danish = self.reading.documents[self.path.name, stem, DANISH]
        return Lesson(self.path.name, row.slug, number, exercise, texts, danish.content_hash)

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
        front, words = _front(document, exercise)
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
            title=front.title,
            summary=front.summary,
            blocks=blocks,
            html="".join(block.html for block in blocks),
            terms=tuple(terms_in(document.body)),
            state=self._state(document, stem, code),
            minutes=readability.minutes(plain, exercise.minutes if exercise else 0),
            word_count=len(readability.words_in(plain)),
            keep=front.keep if isinstance(front, AboutFront) else "",
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


def _front(
    document: Document, exercise: Exercise | None
) -> tuple[AboutFront | LessonFront, ExerciseWords | None]:
    """The front matter, with the words of the exercise. Raises ContentError."""
    if exercise is None:
        return schema.read(AboutFront, document.head), None
    front: LessonFront = schema.read(
        FRONTS[exercise.kind], document.head, lambda one: word_faults(exercise, one.exercise)
    )
    return front, exercise_words(exercise, front.exercise)


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

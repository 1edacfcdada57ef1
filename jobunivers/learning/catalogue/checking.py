"""What `content check` refuses beyond what reading refuses: differences between languages, length,
difficulty, dead links, lost keys.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast

from jobunivers.learning.catalogue.reading import LEARNING, Reading
from jobunivers.learning.file_types import Dropped, Fate
from jobunivers.learning.types import DANISH, Lesson, Module, Text, TranslationState
from jobunivers.shared import figures, i18n, readability, schema
from jobunivers.shared.content import ContentError, Document, line_of, sheet
from jobunivers.shared.markdown import Block
from jobunivers.shared.sheets import Fault
from jobunivers.shared.terms import terms as known_terms

LESSON_WORDS, ABOUT_WORDS = (350, 600), (40, 120)
LESSON_MINUTES = (3, 7)  # what a lesson promises, reading and exercise together, in each language
LIX_OF_MODULE, LIX_OF_LESSON = 35.0, 40.0
SENTENCE = 18.0  # mean words, languages other than Danish
SUMMARY = 160
LINK = re.compile(r"\]\(([^)\s]*)\)")
HTML = re.compile(r"<\s*/?\s*[a-zA-Z!?]|javascript:|&#|data:text", re.IGNORECASE)
FIGURE = re.compile(r"!\[([^\]]*)\]\(figure:([a-z0-9-]+)\)")


@dataclass(frozen=True)
class Piece:
    """One text with the file it came from and the Danish text it translates."""

    module: Module
    lesson: Lesson | None
    text: Text
    document: Document
    danish: Text
    danish_document: Document

    def problem(self, message: str, needle: str = "") -> Fault:
        """A complaint at the first line of the body that holds the needle."""
        return Fault(
            self.document.path, line_of(self.document.path, needle) if needle else 1, message
        )


def find_problems(
    reading: Reading, *, is_registered: Callable[[str], bool], folder: Path = LEARNING
) -> list[Fault]:
    """Everything that `content check` refuses, on whatever day it is asked. `is_registered` says
    whether a keepsake's name is offered by a feature.
    """
    found = list(reading.problems)
    for piece in pieces(reading):
        for check in (
            _html,
            _links,
            _terms,
            _figures,
            _same_blocks,
            _difficulty,
            _length,
            _minutes,
        ):
            found += check(piece)
    for module in reading.modules:
        found += _module_problems(module, folder / module.slug, is_registered)
    found += _key_problems(reading, folder)
    found += _figure_problems()
    return found


def pieces(reading: Reading) -> Iterator[Piece]:
    """Every text that could be read."""
    for module in reading.modules:
        for lesson, stem, texts in [
            (None, "00-about", module.texts),
            *((one, f"{one.number:02d}-{one.slug}", one.texts) for one in module.lessons),
        ]:
            for code, text in texts.items():
                documents = reading.documents
                yield Piece(
                    module,
                    lesson,
                    text,
                    documents[module.slug, stem, code],
                    texts[DANISH],
                    documents[module.slug, stem, DANISH],
                )


def _html(piece: Piece) -> Iterator[Fault]:
    if found := HTML.search(piece.document.body):
        yield piece.problem("HTML and script are not allowed in Markdown", found[0])


def _links(piece: Piece) -> Iterator[Fault]:
    own, danish = (
        [target for target in LINK.findall(one.body) if not target.startswith("figure:")]
        for one in (piece.document, piece.danish_document)
    )
    for target in own:
        if not target.startswith(("/", "https://", "tel:")) or target.startswith("//"):
            yield piece.problem(
                f"a link leads to {target!r}; allowed are paths of ours and https://", target
            )
        elif (
            target.startswith("/modules")
            and not (
                LEARNING / target.split("#")[0].removeprefix("/modules").strip("/").split("/")[0]
            ).is_dir()
        ):
            yield piece.problem(f"a link leads to a module that does not exist: {target}", target)
    inside = [
        sorted(target for target in targets if target.startswith("/")) for targets in (own, danish)
    ]
    if inside[0] != inside[1] or len(own) != len(danish):
        yield piece.problem("links differ from the Danish text", own[0] if own else "")


def _terms(piece: Piece) -> Iterator[Fault]:
    for term in piece.text.terms:
        if term not in known_terms():
            yield piece.problem(
                f"unknown term [[{term}]]: add it to content/terms.yaml", f"[[{term}"
            )
    for term in sorted(set(piece.text.terms) ^ set(piece.danish.terms)):
        yield piece.problem(f"term [[{term}]] is only in one of the languages", f"[[{term}")


def _figures(piece: Piece) -> Iterator[Fault]:
    drawn = {block.kind for block in piece.text.blocks}
    for words, name in FIGURE.findall(piece.document.body):
        if not words.strip():
            yield piece.problem(f"figure {name} has no text", f"figure:{name}")
        if not (figures.FOLDER / f"{name}.svg").exists():
            yield piece.problem(f"figure {name} does not exist", f"figure:{name}")
        if f"figure:{name}" not in drawn:
            yield piece.problem(f"figure {name} is no block of its own", f"figure:{name}")


def _figure_problems() -> Iterator[Fault]:
    for code in i18n.locales():
        for error in figures.find_problems(code):
            yield Fault(error.path, error.line, error.message)


def _same_blocks(piece: Piece) -> Iterator[Fault]:
    own, danish = piece.text.blocks, piece.danish.blocks
    for number in range(max(len(own), len(danish))):
        mine, theirs = _kind(own, number), _kind(danish, number)
        if mine != theirs:
            line = piece.document.body_line + (
                own[number].line - 1
                if number < len(own)
                else len(piece.document.body.splitlines()) - 1
            )
            yield Fault(
                piece.document.path, line, f"block {number + 1} is {mine}, in Danish {theirs}"
            )
            return


def _kind(blocks: tuple[Block, ...], number: int) -> str:
    return blocks[number].kind if number < len(blocks) else "missing"


def _difficulty(piece: Piece) -> Iterator[Fault]:
    plain = plain_text(piece.text)
    if piece.text.locale == DANISH:
        if (lix := readability.lix(plain)) > LIX_OF_LESSON:
            yield piece.problem(f"LIX {lix:.1f}, at most {LIX_OF_LESSON:.0f}")
    elif (length := readability.sentence_length(plain)) > SENTENCE:
        yield piece.problem(f"{length:.1f} words a sentence on average, at most {SENTENCE:.0f}")


def plain_text(text: Text) -> str:
    """The running text of all blocks."""
    return " ".join(block.text for block in text.blocks)


def _length(piece: Piece) -> Iterator[Fault]:
    least, most = LESSON_WORDS if piece.lesson else ABOUT_WORDS
    if piece.text.locale == DANISH and not least <= piece.text.word_count <= most:
        yield piece.problem(f"{piece.text.word_count} words, allowed {least} to {most}")
    if len(piece.text.summary) > SUMMARY and not piece.lesson:
        yield piece.problem(
            f"summary of {len(piece.text.summary)} characters, at most {SUMMARY}", "summary:"
        )


def _minutes(piece: Piece) -> Iterator[Fault]:
    least, most = LESSON_MINUTES
    if piece.lesson and not least <= piece.text.minutes <= most:
        yield piece.problem(
            f"takes {piece.text.minutes} minutes, allowed {least} to {most}: change the exercise or the text",
            "exercise:",
        )


def mean_lix(module: Module) -> float:
    """Mean LIX of the Danish lessons."""
    figures = [readability.lix(plain_text(lesson.texts[DANISH])) for lesson in module.lessons]
    return sum(figures) / max(1, len(figures))


def find_warnings(reading: Reading, languages: Sequence[str]) -> list[Fault]:
    """What readers are told on the page and an editor should mend: translations that are missing or
    older than the Danish text.
    """
    found = []
    for piece in pieces(reading):
        if piece.text.locale == DANISH:
            translated = piece.lesson.texts if piece.lesson else piece.module.texts
            missing = [code for code in languages if code not in translated]
            found += [
                piece.problem(f"is not translated into {code}; the page shows the Danish text")
                for code in missing
            ]
        elif piece.text.state is TranslationState.OUTDATED:
            found.append(
                piece.problem(
                    "the Danish text has changed: read it again, then run `content stamp`",
                    "translated_from:",
                )
            )
    return found


def find_dates(reading: Reading, *, today: date, folder: Path = LEARNING) -> list[Fault]:
    """Modules whose law has ended or ends soon: a warning, never a refusal, since a date alone
    must not stop a release. Readers of an ended one are told on its page.
    """
    found = []
    for module in reading.modules:
        settings = folder / module.slug / "module.yaml"
        if module.has_expired(today):
            word = "ended on"
        elif module.ends_soon(today):
            word = "ends on"
        else:
            continue
        found.append(
            Fault(
                settings,
                line_of(settings, "valid_to:"),
                f"what it says {word} {module.valid_to}: check the facts and set a new date",
            )
        )
    return found


def _module_problems(
    module: Module, folder: Path, is_registered: Callable[[str], bool]
) -> Iterator[Fault]:
    settings = folder / "module.yaml"
    if (lix := mean_lix(module)) > LIX_OF_MODULE:
        yield Fault(settings, 1, f"mean LIX {lix:.1f}, at most {LIX_OF_MODULE:.0f}")
    for lesson in module.lessons:
        if not is_registered(lesson.exercise.keepsake):
            yield Fault(
                settings,
                line_of(settings, f"key: {lesson.exercise.key}"),
                f"keepsake {lesson.exercise.keepsake!r} is offered by no feature",
            )
    known = {"00-about", *(f"{lesson.number:02d}-{lesson.slug}" for lesson in module.lessons)}
    for path in sorted(folder.iterdir()):
        if path.name != "module.yaml" and path.name.split(".")[0] not in known:
            yield Fault(path, 1, "belongs to no lesson of module.yaml")


def _key_problems(reading: Reading, folder: Path) -> Iterator[Fault]:
    """Answers hang on exercise keys: a key may go only with a note that says where its answers
    went.
    """
    register = folder / "exercise-keys.yaml"
    try:
        known = schema.read_keyed(cast(type[str | Dropped], Fate), sheet(register))
    except ContentError as error:
        yield from error.faults
        return
    keys = [lesson.exercise.key for module in reading.modules for lesson in module.lessons]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Fault(register, line_of(register, f"{key}:"), f"exercise key {key!r} is used twice")
    for key in sorted(set(keys) - set(known)):
        yield Fault(
            register, 1, f"exercise key {key!r} is not in the register: run `content stamp`"
        )
    for key, fate in known.items():
        if key not in keys and not isinstance(fate, Dropped):
            yield Fault(
                register,
                line_of(register, f"{key}:"),
                f"exercise key {key!r} vanished: write dropped_on and a note that says "
                "where its answers went",
            )
        if key in keys and fate != "kept":
            yield Fault(
                register,
                line_of(register, f"{key}:"),
                f"exercise key {key!r} is in use: its line must say kept",
            )

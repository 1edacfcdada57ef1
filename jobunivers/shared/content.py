"""Reads files under content/: YAML and Markdown with front matter, with file and line in every
complaint.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import escape

from jobunivers.config import ROOT
from jobunivers.shared.data_types import DANISH, languages
from jobunivers.shared.sheets import Fault, FaultyYaml, Place, Sheet

CONTENT = ROOT / "content"
T = TypeVar("T")


class ContentError(Exception):
    """Content that cannot be used: one line a fault, each beginning with file and line."""

    def __init__(self, path: Path, message: str, line: int = 1) -> None:
        self._take((Fault(path, line, message),))

    def _take(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, faults)))
        self.path, self.line, self.message = faults[0].path, faults[0].line, faults[0].message

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> "ContentError":
        """All these faults, in the order of the files."""
        ordered = sorted(dict.fromkeys(faults), key=lambda one: (str(one.path), one.line))
        error = cls(ordered[0].path, ordered[0].message, ordered[0].line)
        error._take(ordered)
        return error


@dataclass(frozen=True)
class Document:
    """A Markdown file: its front matter, its text, and the hash that tells versions apart."""

    path: Path
    front: dict[str, Any]
    body: str
    content_hash: str
    head: Sheet  # the front matter as it is written
    body_line: int = 1  # where the body begins, for complaints


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    """What a reader complains of."""
    try:
        read()
    except ContentError as error:
        return error.faults
    return ()


def digest(text: str) -> str:
    """A short stable hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sheet(path: Path) -> Sheet:
    """The file, to be read by `shared/schema.py`. Raises ContentError when it is missing."""
    return Sheet(path, read_text(path))


def read_yaml(path: Path) -> Any:
    """The file's data. Raises ContentError for a missing file or wrong YAML."""
    return parse_yaml(sheet(path))


def read_text(path: Path) -> str:
    """The file's text. Raises ContentError when it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(path, "file is missing") from None
    except UnicodeDecodeError:
        raise ContentError(path, "not UTF-8") from None


def line_of(path: Path, needle: str) -> int:
    """The first line of the file that holds the text; 1 when none does."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if needle in line:
            return number
    return 1


def parse_yaml(source: Sheet) -> Any:
    """What the sheet says. Raises ContentError."""
    try:
        return source.data
    except FaultyYaml as error:
        raise ContentError.of(error.faults) from None


def read_document(path: Path) -> Document:
    """A Markdown file with front matter between two lines of `---`."""
    text = read_text(path)
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        raise ContentError(path, "front matter between two lines of --- is missing")
    head, body = text[4:].split("\n---\n", 1)
    sheet_of_head = Sheet(path, head, first_line=2)
    front = parse_yaml(sheet_of_head)
    if not isinstance(front, dict):
        raise ContentError(path, "front matter is not a mapping")
    meaning = {
        key: value
        for key, value in front.items()
        if key not in ("translated_from", "translator", "checked_by")
    }
    first_line = head.count("\n") + 4 + len(body) - len(body.lstrip("\n"))
    return Document(
        path,
        front,
        body.strip(),
        digest(json.dumps(meaning, ensure_ascii=False, sort_keys=True, default=str) + body.strip()),
        sheet_of_head,
        first_line,
    )


class InDanish(str):
    """A Danish text for a reader whose language has none: on a page it says that it is Danish."""

    __slots__ = ()

    def __html__(self) -> str:
        return f'<span lang="{DANISH}" dir="ltr">{escape(str(self))}</span>'


def localized(texts: Mapping[str, T], code: str) -> T:
    """The text (or texts) in that language, or the Danish."""
    if found := texts.get(code):
        return found
    danish: Any = texts[DANISH]
    if isinstance(danish, str):
        danish = InDanish(danish)
    elif isinstance(danish, list | tuple):
        danish = [InDanish(one) for one in danish]
    found_in_danish: T = danish
    return found_in_danish


def languages_missing(folder: Path = CONTENT) -> list[Fault]:
    """Every text by language in the data files that lacks one of the site's languages; its readers
    get the Danish text.
    """
    found: list[Fault] = []
    for path in sorted(folder.rglob("*.yaml")):
        source = sheet(path)
        if broken := faults_of(partial(parse_yaml, source)):
            found += broken
            continue
        for place, texts in texts_in(source.data):
            line = source.at((*place, DANISH))[1]
            found += [
                Fault(path, line, f"{texts[DANISH]!r} is missing in {code}")
                for code in languages()
                if not texts.get(code)
            ]
    return found


def texts_in(data: Any, place: Place = ()) -> Iterator[tuple[Place, dict[str, str]]]:
    """Every text by language in it: a mapping with a Danish text."""
    if isinstance(data, dict) and isinstance(data.get(DANISH), str):
        yield place, data
    inside = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data if isinstance(data, list) else ())
    )
    for step, value in inside:
        yield from texts_in(value, (*place, step))

"""Reads files under content/: YAML and Markdown with front matter, with file and line in every
complaint.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from jobunivers.config import ROOT

CONTENT = ROOT / "content"
SAFE_LOADER = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the same safe dialect, ten times as fast where the library has it


class ContentError(Exception):
    """A content file that cannot be used; the message begins with file and line."""

    def __init__(self, path: Path, message: str, line: int = 1) -> None:
        shown = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        super().__init__(f"{shown}:{line}: {message}")
        self.path, self.message, self.line = path, message, line


@dataclass(frozen=True)
class Document:
    """A Markdown file: its front matter, its text, and the hash that tells versions apart."""

    path: Path
    front: dict[str, Any]
    body: str
    content_hash: str
    body_line: int = 1  # where the body begins, for complaints


def digest(text: str) -> str:
    """A short stable hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_yaml(path: Path) -> Any:
    """The file's data. Raises ContentError for a missing file or wrong YAML."""
    return parse_yaml(read_text(path), path)


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


def parse_yaml(text: str, path: Path, first_line: int = 1) -> Any:
    """YAML data. `first_line` shifts line numbers for front matter."""
    try:
        return yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506 -- both loaders are safe ones
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise ContentError(
            path,
            f"wrong YAML: {getattr(error, 'problem', error)}",
            (mark.line if mark else 0) + first_line,
        ) from None


def read_document(path: Path) -> Document:
    """A Markdown file with front matter between two lines of `---`."""
    text = read_text(path)
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        raise ContentError(path, "front matter between two lines of --- is missing")
    head, body = text[4:].split("\n---\n", 1)
    front = parse_yaml(head, path, first_line=2)
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
        first_line,
    )


@lru_cache
def terms() -> dict[str, dict[str, str]]:
    """The glossary of Danish terms: key -> {da, en, uk}."""
    path = CONTENT / "terms.yaml"
    data = read_yaml(path)
    for key, texts in data.items():
        if not isinstance(texts, dict) or not all(texts.get(code) for code in ("da", "en", "uk")):
            raise ContentError(path, f"term {key!r} needs da, en and uk")
    return dict(data)


def localized(texts: dict[str, Any], code: str) -> Any:
    """The text in that language, or the Danish one."""
    return texts.get(code) or texts["da"]

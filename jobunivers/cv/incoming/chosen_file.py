"""A file that somebody chose: which of the formats it is, and what is in it."""

import json
from dataclasses import dataclass, replace
from typing import Any

from jobunivers.cv import rules
from jobunivers.cv.catalogue import language_words
from jobunivers.cv.incoming import europass_file as europass
from jobunivers.cv.incoming import json_resume_file as json_resume
from jobunivers.cv.incoming import leftover_rules as leftover
from jobunivers.cv.incoming.parts_file import Unreadable, tidy
from jobunivers.cv.incoming.xml_file import tree
from jobunivers.cv.types import CvContent
from jobunivers.shared.text import decoded

LARGEST = 2**20  # bytes of a file, and of what is attached to a PDF; a CV as data has some 20,000
# Signs of what goes on to the next page, whose form may hold a megabyte: a Cyrillic letter
# takes six bytes there.
LARGEST_CONTENT = 150_000


@dataclass(frozen=True)
class Found:
    """What a file says. `left` names each value that has no place in the CV; `is_guessed` when the
    language was told from the words.
    """

    cv: CvContent
    left: tuple[str, ...] = ()
    is_guessed: bool = False


def read(data: bytes) -> CvContent:
    """What a file says as a CV; see `read_all`. Raises Unreadable."""
    return read_all(data).cv


def read_all(data: bytes) -> Found:
    """What a file says: JSON Resume, our own data, or Europass as XML or PDF. Raises Unreadable
    with why not.
    """
    if len(data) > LARGEST:
        raise Unreadable("large")
    if data.startswith(b"%PDF"):
        return _europass(europass.attached(data, LARGEST))
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin == b"<" or data[:4] in (b"\xff\xfe<\0", b"\xfe\xff\0<"):
        return _europass(data)
    try:
        text = decoded(data)[0].lstrip("\ufeff \t\r\n")
    except ValueError:
        raise Unreadable("kind") from None
    if not text.startswith("{"):
        raise Unreadable("kind")
    cv = read_json(text)
    left = leftover.not_taken(leftover.of_json(json.loads(text)), cv)
    return _in_language(Found(cv, tuple(left)))


def _europass(data: bytes) -> Found:
    cv = tidy(europass.read(data))
    return _in_language(Found(cv, tuple(leftover.not_taken(leftover.of_xml(tree(data)), cv))))


def _in_language(found: Found) -> Found:
    """With the language of its words when the file names none."""
    if found.cv.language:
        return found
    guess = rules.language_of(_words(found.cv), language_words())
    return replace(found, cv=replace(found.cv, language=guess), is_guessed=bool(guess))


def _words(cv: CvContent) -> str:
    entries = [e for section in cv.sections.values() for e in section]
    return " ".join((cv.title, cv.profile, *(t for e in entries for t in (e.title, *e.points))))


def read_json(text: str) -> CvContent:
    """What JSON says, in either of its shapes. Raises Unreadable."""
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("broken") from None
    if not isinstance(found, dict):
        raise Unreadable("kind")
    stored = found if isinstance(found.get("sections"), dict) else found.get("cv")
    cv = tidy(
        json_resume.read_stored(stored)
        if isinstance(stored, dict) and isinstance(stored.get("sections"), dict)
        else json_resume.read(found)
    )
    if len(as_json(cv)) > LARGEST_CONTENT:
        raise Unreadable("large")
    return cv


def as_json(cv: CvContent) -> str:
    """The content to carry from the preview to the merge; `read_json` reads it again and trusts it
    as little as any file.
    """
    sections = {
        section.value: [one.as_data() | {"unread": dict(one.unread)} for one in entries]
        for section, entries in cv.sections.items()
    }
    return json.dumps(cv.as_data() | {"sections": sections}, ensure_ascii=False)

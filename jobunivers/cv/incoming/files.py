"""A file that somebody chose: which of the formats it is, and what is in it."""

import json
from typing import Any

from jobunivers.cv.incoming import europass, json_resume
from jobunivers.cv.incoming.parts import Unreadable, tidy
from jobunivers.cv.types import CvContent

LARGEST = 2**20  # bytes of a file, and of what is attached to a PDF; a CV as data has some 20,000
# Signs of what goes on to the next page, whose form may hold a megabyte: a Cyrillic letter
# takes six bytes there.
LARGEST_CONTENT = 150_000


def read(data: bytes) -> CvContent:
    """What a file says: JSON Resume, our own data, or Europass as XML or PDF. Raises Unreadable
    with why not.
    """
    if len(data) > LARGEST:
        raise Unreadable("large")
    if data.startswith(b"%PDF"):
        return tidy(europass.read(europass.attached(data, LARGEST)))
    begin = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin == b"<" or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return tidy(europass.read(data))
    if begin != b"{":
        raise Unreadable("kind")
    return read_json(data.decode("utf-8-sig", "replace"))


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
    return json.dumps(cv.as_data(), ensure_ascii=False)

"""What stands in a file and found no place in the CV. Pure: derived from the file and from what was
read of it, so that nothing can be left out of the list by forgetting.
"""

import re
from collections.abc import Iterator
from typing import Any

from jobunivers.cv import rules
from jobunivers.cv.incoming.parts_file import long_text, plain_lines
from jobunivers.cv.incoming.xml_file import Node
from jobunivers.cv.types import CvContent

MOST, LONGEST = 60, 160  # lines of the list, signs of one
# Names of a format's own marks, which say nothing about a person.
MARKS = re.compile(r"(?:Code|ID|Id|Indicator|Ongoing|ScoreText|CountryDialing|Flag)$|^\$schema$")
Leaf = tuple[str, str]


def of_json(found: Any, name: str = "") -> Iterator[Leaf]:
    """(name, text) of every text and number in JSON, but of its `meta`."""
    if isinstance(found, dict):
        for key, value in found.items():
            if not MARKS.search(str(key)) and (name or key != "meta"):
                yield from of_json(value, str(key))
    elif isinstance(found, list):
        for value in found:
            yield from of_json(value, name)
    elif isinstance(found, str | int | float) and not isinstance(found, bool):
        yield name, str(found)


def of_xml(node: Node) -> Iterator[Leaf]:
    """(name, text) of every element with a text, but of the format's own marks."""
    if node.text and not MARKS.search(node.name):
        yield node.name, "\n".join(plain_lines(node.text))
    for child in node.children:
        yield from of_xml(child)


def not_taken(leaves: Iterator[Leaf], cv: CvContent) -> list[str]:
    """'birthDate: 1980-01-01' for each text of the file that is nowhere in the CV, shortened."""
    taken = _bare(_everything(cv))
    dates = {one for entries in cv.sections.values() for e in entries for one in _dates(e)}
    lines: dict[str, None] = {}
    for name, words in leaves:
        for line in long_text(words).splitlines():
            if (bare := _bare(line)) and bare not in taken and _month(line) not in dates:
                lines[f"{name}: {line}" if len(line) <= LONGEST else _short(name, line)] = None
    return list(lines)[:MOST]


def _short(name: str, line: str) -> str:
    is_picture = " " not in line[:LONGEST]
    return name if is_picture else f"{name}: {line[:LONGEST].rstrip()} …"


def _everything(cv: CvContent) -> str:
    entries = [e for section in cv.sections.values() for e in section]
    texts = [text for e in entries for text in (e.title, e.place, *e.points)]
    unread = [words for e in entries for _name, words in e.unread]
    head = (cv.name, cv.title, cv.email, cv.phone, cv.place, cv.profile, cv.language)
    return "\n".join((*head, *texts, *unread))


def _dates(entry: Any) -> tuple[str, ...]:
    return (entry.started, entry.ended, entry.started[:4], entry.ended[:4], "")


def _month(line: str) -> str | None:
    try:
        return rules.parse_month(line)
    except ValueError:
        return None


def _bare(text: str) -> str:
    """Letters and figures only: marks and spaces are set otherwise when lines are joined."""
    return re.sub(r"[\W_]+", "", text.casefold())

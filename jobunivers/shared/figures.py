"""Figures of the lessons: one drawing, its words in a file a language; drawn into the page, and
onto paper (docs/content-format.md).

`content/figures/<name>.svg` holds slots `<text x="60" y="40">{meeting.title 24}</text>`: a label's
name and the characters there is room
for (`{meeting.text 24x2}`: two lines of 24). `<name>.<language>.yaml` fills them. What stands
before the dot of a name is one thing that
the figure tells, so the same labels are "the figure in words". In a language from right to left the
drawing is mirrored, its words are not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from jobunivers.shared import i18n, schema
from jobunivers.shared.content import CONTENT, ContentError, line_of, read_text, sheet

FOLDER = CONTENT / "figures"
DANISH = "da"
DRAWING = re.compile(
    r'^\s*<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 (\d+) (\d+)">(.*)</svg>\s*$',
    re.DOTALL,
)
SLOT = re.compile(
    r'<text((?: [a-z-]+="[^"]*")*?) x="([\d.]+)" y="([\d.]+)">\{([a-z0-9.-]+) (\d+)(?:x(\d))?\}</text>'
)
ALLOWED = re.compile(
    r'</?(?:g|path|rect|circle)(?: (?:class|d|x|y|width|height|rx|cx|cy|r)="[\w\s.,-]*")*/?>|\s+'
)
LINE_HEIGHT = 17
PAPER = """text{font-family:'IBM Plex Sans';font-size:13px;fill:#1a1f1d}
.fig-strong{font-weight:600}.fig-soft{fill:#4c5651}
.fig-on{fill:#fff}
.fig-sheet{fill:#fff;stroke:#77827c}.fig-tint{fill:#e6f1ed}.fig-brand{fill:#0b5c4a}
.fig-sun{fill:#f2b84b}.fig-bar{fill:#d9ddd8}
.fig-line{fill:none;stroke:#77827c;stroke-width:2}"""


def _lines(value: object) -> object:
    return (value or "",) if isinstance(value, str | None) else value


Label = Annotated[
    tuple[str, ...], BeforeValidator(_lines), WithJsonSchema({"type": ["string", "array"]})
]


@dataclass(frozen=True)
class Slot:
    """A place for a label: the drawing's attributes, where its first line stands (units of the
    drawing), and the room there is.
    """

    name: str
    form: str
    x: float
    y: float
    room: int  # characters a line
    lines: int


@dataclass(frozen=True)
class Drawing:
    """A figure without words."""

    width: int
    height: int
    shapes: str
    slots: tuple[Slot, ...]


@lru_cache
def drawing(name: str, folder: Path = FOLDER) -> Drawing:
    """The drawing of that name. Raises ContentError when it is missing or holds more than shapes
    and slots.
    """
    path = folder / f"{name}.svg"
    found = DRAWING.match(read_text(path))
    if found is None:
        raise ContentError(
            path,
            'a figure begins with <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 WIDTH HEIGHT">',
        )
    width, height, inner = int(found[1]), int(found[2]), found[3]
    slots = tuple(
        Slot(name, form, float(x), float(y), int(room), int(lines or 1))
        for form, x, y, name, room, lines in SLOT.findall(inner)
    )
    shapes = SLOT.sub("", inner)
    if strange := ALLOWED.sub("", shapes):
        raise ContentError(
            path,
            f"only shapes and slots may stand in a figure, not {strange[:40]!r}",
            line_of(path, strange[:12]),
        )
    return Drawing(width, height, re.sub(r">\s+<", "><", shapes.strip()), slots)


@lru_cache
def labels(name: str, code: str, folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """Each label's lines in that language. Raises ContentError when the file is missing or wrong."""
    path = folder / f"{name}.{code}.yaml"
    return schema.read_keyed(Label, sheet(path))


def on_page(name: str, code: str, title: str, in_words: str) -> str:
    """The figure as HTML: a drawing with its title, and the same in words under the heading
    `in_words`.

    Danish labels stand in for a language that has none. Raises ContentError for an unknown or
    broken figure.
    """
    spoken = _spoken(name, code)
    picture, mark, direction = drawing(name), f"figure-{name}-{code}", i18n.text_direction(spoken)
    told = "".join(f"<li>{escape(line)}</li>" for line in words(name, code))
    language = f' lang="{spoken}"' if spoken != code else ""
    return (
        f'<figure class="figure" dir="{direction}"{language}>'
        f'<svg role="img" aria-labelledby="{mark}" viewBox="0 0 {picture.width} {picture.height}">'
        f'<title id="{mark}">{escape(title)}</title>{_inside(picture, labels(name, spoken), direction)}</svg>'
        f'<details class="details"><summary>{escape(in_words)}</summary><ul '
        f'class="details-text">{told}</ul></details></figure>'
    )


def on_paper(name: str, code: str) -> str:
    """The figure as an SVG file of its own, with the colours and the font of our PDF files."""
    picture, direction = drawing(name), i18n.text_direction(_spoken(name, code))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} '
        f'{picture.height}" direction="{direction}">'
    )
    inside = _inside(picture, labels(name, _spoken(name, code)), direction)
    return f"{head}<style>{PAPER}</style>{inside}</svg>"


def words(name: str, code: str) -> list[str]:
    """What the figure says, one line a thing: 'Profile text: three to five lines about you at
    work'.
    """
    found = labels(name, _spoken(name, code))
    things: dict[str, list[str]] = {}
    for slot in drawing(name).slots:
        things.setdefault(slot.name.partition(".")[0], []).append(
            " ".join(found.get(slot.name, ()))
        )
    return [": ".join(filter(None, (first, ", ".join(rest)))) for first, *rest in things.values()]


def _spoken(name: str, code: str) -> str:
    return code if (FOLDER / f"{name}.{code}.yaml").exists() else DANISH


def _inside(picture: Drawing, found: dict[str, tuple[str, ...]], direction: str) -> str:
    if direction == "ltr":
        return picture.shapes + "".join(_text(slot, slot.x, found) for slot in picture.slots)
    mirrored = f'<g transform="matrix(-1 0 0 1 {picture.width} 0)">{picture.shapes}</g>'
    return mirrored + "".join(_text(slot, picture.width - slot.x, found) for slot in picture.slots)


def _text(slot: Slot, x: float, found: dict[str, tuple[str, ...]]) -> str:
    lines = enumerate(found.get(slot.name, ()))
    return "".join(
        f'<text{slot.form} x="{x:g}" y="{slot.y + number * LINE_HEIGHT:g}">{escape(line)}</text>'
        for number, line in lines
    )


def find_problems(code: str, folder: Path = FOLDER) -> Iterator[ContentError]:
    """What `content check` refuses in the drawings and in the labels of one language."""
    known = sorted(path.stem for path in folder.glob("*.svg"))
    for name in known:
        try:
            yield from _label_problems(
                folder / f"{name}.{code}.yaml",
                drawing(name, folder).slots,
                labels(name, code, folder),
            )
        except ContentError as error:
            yield error
    for path in sorted(folder.glob(f"*.{code}.yaml")):
        if path.name.split(".")[0] not in known:
            yield ContentError(path, "belongs to no figure")


def _label_problems(
    path: Path, slots: tuple[Slot, ...], found: dict[str, tuple[str, ...]]
) -> Iterator[ContentError]:
    for slot in slots:
        lines = found.get(slot.name, ())
        if not lines or not all(line.strip() for line in lines):
            yield ContentError(
                path, f"label {slot.name} is missing", line_of(path, f"{slot.name}:")
            )
        if len(lines) > slot.lines:
            yield ContentError(
                path,
                f"label {slot.name} has {len(lines)} lines, there is room for {slot.lines}",
                line_of(path, f"{slot.name}:"),
            )
        for line in lines:
            if len(line) > slot.room:
                yield ContentError(
                    path,
                    f"{line!r} has {len(line)} characters, there is room for {slot.room}",
                    line_of(path, f"{slot.name}:"),
                )
    for key in sorted(set(found) - {slot.name for slot in slots}):
        yield ContentError(path, f"unknown label {key}", line_of(path, f"{key}:"))

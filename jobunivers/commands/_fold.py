"""Folds long lines of templates where the page cannot show it.

A formatter that moves tags about (we tried two) adds spaces between words that stood together, and
leaves a call of 800 characters as it is. This one only breaks a line: inside `{{ }}` and `{% %}`,
between the attributes of a tag, after a `%}` (Jinja drops that line end), between blocks, and
where a space stood in running text. A line that is short enough is never touched, so formatting
twice changes nothing. See docs/decisions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

WIDTH = 100
LONG_STRING = 80  # a text in quotes that is longer may be two texts beside each other
LEAST = 35  # columns that a line keeps before a break, where there is a choice
_BLOCKS = "p|li|ul|ol|dl|dt|dd|div|section|article|aside|nav|main|header|footer|form|fieldset|table"
_BLOCKS += "|thead|tbody|tr|td|th|caption|details|summary|figure|figcaption|h[1-6]|blockquote|hr"
_OPENS = re.compile(rf"</?(?:{_BLOCKS})(?=[\s>{{])")
_CLOSES = re.compile(rf"</(?:{_BLOCKS})>$")
_RAW = re.compile(r"<(pre|textarea|script|style|title|option)\b", re.IGNORECASE)
_AS_TYPED = re.compile(r"<(\w+)[^>]*\bas-typed\b")  # the page shows each line end
_WORDS = (" ~ ", " if ", " else ", " or ", " and ", " not in ", " in ")


@dataclass(frozen=True)
class Break:
    """Where a line may end: at `at`, the text goes on at `to`; the dearer, the less welcome."""

    at: int
    to: int
    cost: int
    indent: bool = True
    left: str = ""
    right: str = ""


class Scanner:
    """Walks through a template and names the places where a line may be broken."""

    def __init__(self, source: str) -> None:
        self.source, self.at, self.raw = source, 0, ""
        self.in_tag, self.quote = False, ""

    def breaks(self) -> Iterator[Break]:
        """All of them, from the start to the end."""
        while self.at < len(self.source):
            if self.source[self.at : self.at + 2] in ("{{", "{%", "{#"):
                yield from self._jinja()
            elif self.in_tag:
                yield from self._in_tag()
            else:
                yield from self._text()

    def _text(self) -> Iterator[Break]:
        source, at = self.source, self.at
        if self.raw:
            end = re.compile(rf"</{self.raw}\b", re.IGNORECASE).match(source, at)
            self.raw, self.in_tag = ("", True) if end else (self.raw, False)
        elif source[at] == "<" and re.match(r"</?[a-zA-Z]", source[at : at + 3]):
            if _OPENS.match(source, at):
                yield Break(at, at, 1)
            raw = _RAW.match(source, at) or _AS_TYPED.match(source, at)
            self.raw, self.in_tag = (raw[1].lower() if raw else ""), True
        elif source[at] == " " and source[at - 1 : at].strip():
            end_of_block = source[max(0, at - 2) : at] in ("%}", "#}")
            if not end_of_block and source[at + 1 : at + 2].strip():
                yield Break(at, at + 1, 2)
        self.at += 1

    def _in_tag(self) -> Iterator[Break]:
        source, at = self.source, self.at
        char = source[at]
        if self.quote:
            self.quote = "" if char == self.quote else self.quote
        elif char in "\"'":
            self.quote = char
        elif char == ">":
            self.in_tag = False
            if _CLOSES.search(source, max(0, at - 14), at + 1) and not self.raw:
                yield Break(at + 1, at + 1, 0)
        elif char == " " and source[at + 1 : at + 2].strip() and source[at + 1] not in "/>":
            yield Break(at, at + 1, 3)
        self.at += 1

    def _jinja(self) -> Iterator[Break]:
        kind = self.source[self.at : self.at + 2]
        end = {"{{": "}}", "{%": "%}", "{#": "#}"}[kind]
        start, depth, self.at = self.at, 0, self.at + 2
        while self.source[self.at : self.at + 2] != end:
            char = self.source[self.at]
            if kind == "{#":
                if char == " " and self.source[self.at + 1] not in " #-":
                    yield Break(self.at, self.at + 1, 2)
            elif char in "\"'":
                yield from self._string(depth)
                continue
            else:
                depth += (char in "([{") - (char in ")]}")
                yield from self._in_expression(char, depth, start)
            self.at += 1
        self.at += 2
        if end != "}}" and not self.in_tag and not self.raw:
            yield Break(self.at, self.at, 1, indent=False)

    def _in_expression(self, char: str, depth: int, start: int) -> Iterator[Break]:
        source, at = self.source, self.at
        if char == "," and source[at + 1] == " ":
            yield Break(at + 1, at + 2, 3 + depth)
        elif char == "(" and source[at + 1] not in ")\n":
            yield Break(at + 1, at + 1, 5 + depth)
        elif char == " ":
            if any(source.startswith(word, at) for word in _WORDS):
                yield Break(at, at + 1, 5 + depth)
            elif at - start in (2, 3) and source[start : start + 2] == "{{":
                yield Break(at, at + 1, 7)

    def _string(self, depth: int) -> Iterator[Break]:
        quote, start = self.source[self.at], self.at
        end = self.at + 1
        while self.source[end] != quote:
            end += 2 if self.source[end] == "\\" else 1
        if end - start > LONG_STRING and "\n" not in self.source[start:end]:
            for at in range(start + 20, end - 10):
                if self.source[at] == " ":
                    yield Break(at + 1, at + 1, 20 + depth, left=quote, right=quote)
        self.at = end + 1


def fold(source: str, width: int = WIDTH) -> str:
    """The template with no line longer than `width` where a break is possible."""
    for _turn in range(200):
        folded = _fold_once(source, width)
        if folded == source:
            return source
        source = folded
    return source


def _fold_once(source: str, width: int) -> str:
    """Breaks each long line once."""
    places = list(Scanner(source).breaks())
    out: list[str] = []
    begin = number = 0
    for line in source.splitlines(keepends=True):
        end = begin + len(line)
        here: list[Break] = []
        while number < len(places) and places[number].at < end:
            if places[number].at >= begin:
                here.append(places[number])
            number += 1
        out.append(_broken(source, begin, end, here, width))
        begin = end
    return "".join(out)


def _broken(source: str, begin: int, end: int, places: list[Break], width: int) -> str:
    line = source[begin:end]
    if len(line.rstrip("\n")) <= width:
        return line
    lead = len(line) - len(line.lstrip(" "))
    able = [
        place
        for place in places
        if place.at - begin > lead + 2
        and source[place.to : end].strip()
        and source[begin : place.at].strip()
    ]
    if not able:
        return line
    fitting = [place for place in able if place.at - begin + len(place.left) <= width]
    roomy = [place for place in fitting if place.at - begin >= min(lead + LEAST, width // 2)]
    choice = (
        min(roomy or fitting, key=lambda place: (place.cost, -place.at)) if fitting else able[0]
    )
    spaces = " " * (lead if lead else 2) if choice.indent else ""
    return (
        source[begin : choice.at].rstrip(" " if not choice.left else "\0")
        + choice.left
        + "\n"
        + spaces
        + choice.right
        + source[choice.to : end]
    )

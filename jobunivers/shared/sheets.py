"""YAML that cannot surprise: `true` and `false` are the only words that are not texts, a key stands
once, and of every value somebody can say in which file and line it was written.

YAML 1.1 reads no, nej-like words, 9:00 and 010 as something else than they look like; here they are
texts, as in YAML 1.2 and in editors.
"""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

import yaml

from jobunivers.config import ROOT

try:
    from yaml import CSafeLoader as SafeLoader  # ten times as fast, where the library has it
except ImportError:  # pragma: no cover -- a build without libyaml
    from yaml import SafeLoader  # type: ignore[assignment]

Place = tuple[int | str, ...]  # the way to a value: keys and numbers of rows
NAMES = ("code", "key", "slug", "landmark", "question", "factor")  # what a row is called by
WORDS = (
    ("null", r"~|null|", "~n"),
    ("bool", r"true|false|True|False|TRUE|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
)


class _Loader(SafeLoader):
    """Notes keys that stand twice, which the library would let win in silence."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.doubled: list[tuple[int, str]] = []

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        """The mapping, with a note of every key that stands in it twice."""
        seen: set[str] = set()
        for key, _value in node.value:
            if key.value in seen:
                self.doubled.append((key.start_mark.line, key.value))
            seen.add(str(key.value))
        return super().construct_mapping(node, deep=deep)

    def construct_day(self, node: yaml.ScalarNode) -> date | str:
        """The day; one that does not exist stays a text, so that who reads it can say so."""
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            return str(node.value)


for _word, _pattern, _first in WORDS:
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_word}", re.compile(f"^(?:{_pattern})$"), [*_first, ""]
    )
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file."""

    path: Path
    line: int
    message: str
    hinders: bool = False  # without this file nothing can be shown

    def __str__(self) -> str:
        shown = self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path
        return f"{shown}:{self.line}: {self.message}"


class FaultyYaml(Exception):
    """Text that is no YAML, or says something twice."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


@dataclass(frozen=True)
class Sheet:
    """One YAML text and where it stands. `first_line` is that of the text within its file."""

    path: Path
    text: str
    first_line: int = 1

    @cached_property
    def data(self) -> object:
        """What it says. Raises FaultyYaml."""
        try:
            loader = _Loader(self.text)
            try:
                data: object = loader.get_single_data()
            finally:
                loader.dispose()
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = (mark.line if mark else 0) + self.first_line
            problem = str(getattr(error, "problem", None) or error).partition("\n")[0]
            raise FaultyYaml([Fault(self.path, line, f"wrong YAML: {problem}")]) from None
        if loader.doubled:
            raise FaultyYaml(
                [
                    Fault(self.path, line + self.first_line, f"{key} stands here twice")
                    for line, key in loader.doubled
                ]
            )
        return data

    @cached_property
    def _root(self) -> yaml.Node | None:
        return yaml.compose(self.text, Loader=_Loader)

    def at(self, place: Place) -> tuple[Path, int]:
        """File and line of that place, or of the nearest thing around it."""
        node, line = self._root, 0
        for step in place:
            found = next(_inside(node, step), None)
            if found is not None:
                node, line = found
        return self.path, line + self.first_line


def _inside(node: yaml.Node | None, step: int | str) -> Iterator[tuple[yaml.Node, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                yield value, key.start_mark.line
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        yield node.value[step], node.value[step].start_mark.line


@dataclass(frozen=True)
class Layers:
    """Sheets laid over each other: keys of a mapping replace those below, rows of a list replace
    fields of the row with the same `code`, new rows come last, `leave_out: true` drops one.
    """

    sheets: tuple[Sheet, ...]
    within: tuple[Place, ...] = field(default=())  # where in each sheet the layer stands

    @property
    def path(self) -> Path:
        """The topmost file: the municipality's own."""
        return self.sheets[-1].path

    @cached_property
    def _laid(self) -> list[tuple[Sheet, Place, object]]:
        places = self.within or ((),) * len(self.sheets)
        return [
            (sheet, place, _value(sheet.data, place))
            for sheet, place in zip(self.sheets, places, strict=True)
        ]

    @property
    def _is_list(self) -> bool:
        return all(isinstance(data, list) for _sheet, _place, data in self._laid)

    @cached_property
    def data(self) -> object:
        """All layers as one; a layer of another shape than the others stands alone, to be refused.
        Raises FaultyYaml.
        """
        if self._is_list:
            if faults := list(self._faults()):
                raise FaultyYaml(faults)
            return list(self._rows.values())
        merged: dict[object, object] = {}
        for _sheet, _place, data in self._laid:
            if not isinstance(data, dict):
                return data
            merged |= data
        return merged

    @cached_property
    def _rows(self) -> dict[object, object]:
        rows: dict[object, object] = {}
        for sheet, _place, data in self._laid:
            for number, row in enumerate(data if isinstance(data, list) else ()):
                code = row.get("code") if isinstance(row, dict) else None
                name: object = code if isinstance(code, str) else (sheet.path, number)
                below = rows.get(name)
                if isinstance(row, dict) and row.get("leave_out") is True and below:
                    del rows[name]
                elif isinstance(row, dict) and isinstance(below, dict):
                    rows[name] = {**below, **row}
                else:
                    rows[name] = row
        return rows

    def _faults(self) -> Iterator[Fault]:
        """Rows of one sheet with the same code, and rows that leave out what is not there."""
        below: set[object] = set()
        for sheet, within, data in self._laid:
            here: set[object] = set()
            for number, row in enumerate(data if isinstance(data, list) else ()):
                code = _code(row)
                line = sheet.at((*within, number))
                if code in here:
                    yield Fault(*line, f"{code} stands here twice")
                if isinstance(row, dict) and "leave_out" in row:
                    if row["leave_out"] is not True:
                        yield Fault(*line, f"{code}.leave_out must be true, or stay away")
                    elif code not in below:
                        known = ", ".join(sorted(map(str, below))) or "nothing"
                        yield Fault(*line, f"{code} is not there to leave out; there is {known}")
                here |= {code} - {None}
            below |= here

    def at(self, place: Place) -> tuple[Path, int]:
        """File and line of that place: in the topmost layer that says something about it."""
        if not self._is_list:
            return self._at_deepest((sheet, within, place) for sheet, within, _ in self._laid)
        name = list(self._rows)[int(place[0])] if place else None
        return self._at_deepest(
            (sheet, within, (number, *place[1:]))
            for sheet, within, data in self._laid
            for number, row in enumerate(data if isinstance(data, list) else ())
            if name in (_code(row), (sheet.path, number))
        )

    def _at_deepest(self, places: Iterator[tuple[Sheet, Place, Place]]) -> tuple[Path, int]:
        found = list(places)
        if not found:
            return self.path, 1
        depth = [_depth(_value(sheet.data, within), place) for sheet, within, place in found]
        best = max(range(len(found)), key=lambda one: (depth[one], one))
        sheet, within, place = found[best]
        return sheet.at((*within, *place))


def _code(row: object) -> object:
    return row.get("code") if isinstance(row, dict) else None


def _value(data: object, place: Place) -> object:
    for step in place:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _depth(data: object, place: Place) -> int:
    """How many steps of the way exist."""
    for number, step in enumerate(place):
        inside = dict(enumerate(data)) if isinstance(data, list) else data
        if not isinstance(inside, dict) or step not in inside:
            return number
        data = inside[step]
    return len(place)


def name_of(data: object, place: Place) -> str:
    """The place in words: "first-meeting.minutes"; a row is called by its code, or by its
    number; a plain value in a list has no name of its own.
    """
    words = []
    for step in place:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            if isinstance(data, dict):
                given = (data.get(name) for name in NAMES)
                called = (one for one in given if isinstance(one, str))
                words.append(next(called, f"row {step + 1}"))
        elif isinstance(data, dict) and (step in data or step == place[-1]):
            data = data.get(step)
            words.append(str(step))
    return ".".join(words)

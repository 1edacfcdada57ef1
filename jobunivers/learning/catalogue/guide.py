"""Reads what leads through the modules: content/courses, and situations, order and pace of
content/learning. Every complaint names file and line.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from jobunivers.learning.catalogue.reading import LEARNING
from jobunivers.learning.types import DANISH, Course, Guide, Module, Order, Situation, Unit, Words
from jobunivers.shared import i18n
from jobunivers.shared.content import CONTENT, ContentError, line_of, localized, read_yaml
from jobunivers.shared.sheets import Fault

COURSES = CONTENT / "courses"
COURSE_KEYS = {"order", "title", "summary", "offered_at", "weeks"}
ORDER_KEYS = {"next", "new", "needed", "from_abroad"}


def read_guide(
    modules: Collection[Module],
    *,
    courses: Path = COURSES,
    folder: Path = LEARNING,
    languages: tuple[str, ...] | None = None,
) -> tuple[Guide, list[Fault]]:
    """The guide and what is missing in translations. Raises ContentError for a broken file, an
    unknown module or lesson, or a missing Danish text.
    """
    reader = _Reader(modules, languages or i18n.locales())
    found = sorted(
        (reader.course(path) for path in courses.glob("*.yaml")),
        key=lambda course: (course.order, course.slug),
    )
    guide = Guide(
        tuple(found),
        reader.situations(folder / "situations.yaml"),
        reader.order(folder / "order.yaml"),
        reader.paces(folder / "pace.yaml"),
    )
    return guide, reader.problems


class _Reader:
    """Checks while it reads; keeps complaints that hinder nobody from reading on."""

    def __init__(self, modules: Collection[Module], languages: tuple[str, ...]) -> None:
        self.lessons = {lesson.key for module in modules for lesson in module.lessons}
        self.modules = {module.slug for module in modules}
        self.languages = languages
        self.problems: list[Fault] = []

    def course(self, path: Path) -> Course:
        """One file of content/courses."""
        data = _mapping(path, read_yaml(path), COURSE_KEYS, COURSE_KEYS)
        _listed(path, data["weeks"], "weeks")
        units = tuple(self._unit(path, row) for row in data["weeks"])
        lessons = [lesson for unit in units for lesson in unit.lessons]
        for lesson in lessons:
            if lessons.count(lesson) > 1:
                raise ContentError(
                    path, f"lesson {lesson!r} stands in two weeks", line_of(path, lesson)
                )
        if not isinstance(data["order"], int):
            raise ContentError(path, "order is not a number", line_of(path, "order:"))
        _listed(path, data["offered_at"], "offered_at")
        title, summary = (
            self._words(path, data["title"], "title"),
            self._words(path, data["summary"], "summary"),
        )
        return Course(
            path.stem, data["order"], title, summary, self._known(path, data["offered_at"]), units
        )

    def _unit(self, path: Path, row: Any) -> Unit:
        row = _mapping(path, row, {"title", "lessons"}, {"title", "lessons"})
        _listed(path, row["lessons"], "lessons")
        for lesson in row["lessons"]:
            if lesson not in self.lessons:
                raise ContentError(path, f"unknown lesson {lesson!r}", line_of(path, str(lesson)))
        return Unit(self._words(path, row["title"], "title"), tuple(row["lessons"]))

    def situations(self, path: Path) -> tuple[Situation, ...]:
        """In the order in which they are asked."""
        found = tuple(
            self._situation(path, row) for row in _listed(path, read_yaml(path), "the file")
        )
        keys = [situation.key for situation in found]
        for key in keys:
            if keys.count(key) > 1:
                raise ContentError(
                    path, f"situation {key!r} stands here twice", line_of(path, f"key: {key}")
                )
        return found

    def _situation(self, path: Path, row: Any) -> Situation:
        row = _mapping(
            path, row, {"key", "label", "modules", "leaves_out"}, {"key", "label", "modules"}
        )
        if not isinstance(row["modules"], dict):
            raise ContentError(
                path, "modules is not a mapping", line_of(path, f"key: {row['key']}")
            )
        self._known(path, list(row["modules"]))
        reasons = {
            module: self._words(path, words, f"{row['key']}: {module}")
            for module, words in row["modules"].items()
        }
        return Situation(
            str(row["key"]),
            self._words(path, row["label"], f"key: {row['key']}"),
            reasons,
            self._known(path, row.get("leaves_out", [])),
        )

    def order(self, path: Path) -> Order:
        """The usual order; a circle in it is refused."""
        data = _mapping(path, read_yaml(path), ORDER_KEYS, ORDER_KEYS)
        following = {module: self._known(path, after) for module, after in data["next"].items()}
        self._known(path, [*following, data["new"], data["needed"]])
        if circle := next(_circles(following), None):
            raise ContentError(
                path,
                f"modules follow each other in a circle: {' > '.join(circle)}",
                line_of(path, f"  {circle[0]}:"),
            )
        return Order(following, data["new"], data["needed"], self._known(path, data["from_abroad"]))

    def paces(self, path: Path) -> dict[int, Words]:
        """Minutes a week with their labels."""
        rows = [
            _mapping(path, row, {"minutes", "label"}, {"minutes", "label"})
            for row in _listed(path, read_yaml(path), "the file")
        ]
        for row in rows:
            if not isinstance(row["minutes"], int) or row["minutes"] < 1:
                raise ContentError(
                    path,
                    f"minutes must be a whole number, not {row['minutes']!r}",
                    line_of(path, f"minutes: {row['minutes']}"),
                )
        return {
            row["minutes"]: self._words(path, row["label"], f"minutes: {row['minutes']}")
            for row in rows
        }

    def _known(self, path: Path, slugs: Any) -> tuple[str, ...]:
        for slug in _listed(path, slugs, "modules", may_be_empty=True):
            if slug not in self.modules:
                raise ContentError(path, f"unknown module {slug!r}", line_of(path, str(slug)))
        return tuple(slugs)

    def _words(self, path: Path, texts: Any, place: str) -> Words:
        """A text in every language; without the Danish one it is refused, another missing one is a
        complaint.
        """
        given = texts if isinstance(texts, dict) else {}
        line = line_of(path, next((str(text) for text in given.values() if text), place))
        if not given.get(DANISH):
            raise ContentError(path, f"{place}: the Danish text is missing", line)
        for code in self.languages:
            if not given.get(code):
                self.problems.append(
                    Fault(path, line, f"{localized(given, code)!r} is missing in {code}")
                )
        return {code: str(text) for code, text in given.items() if text}


def _mapping(path: Path, row: Any, allowed: set[str], needed: set[str]) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise ContentError(path, f"not a mapping: {row!r}", line_of(path, str(row)))
    for key in row:
        if key not in allowed:
            raise ContentError(path, f"unknown key {key!r}", line_of(path, f"{key}:"))
    for key in sorted(needed - set(row)):
        raise ContentError(
            path,
            f"{key} is missing",
            line_of(path, f"{next(iter(row), '')}: {next(iter(row.values()), '')}"),
        )
    return row


def _listed(path: Path, rows: Any, name: str, *, may_be_empty: bool = False) -> list[Any]:
    if not isinstance(rows, list) or not (rows or may_be_empty):
        raise ContentError(path, f"{name} is not a list", line_of(path, f"{name}:"))
    return rows


def _circles(following: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Every way along the arrows that comes back to where it began."""
    ways = [[module] for module in following]
    while ways:
        way = ways.pop()
        for after in following.get(way[-1], ()):
            if after == way[0]:
                yield [*way, after]
            elif after not in way:
                ways.append([*way, after])

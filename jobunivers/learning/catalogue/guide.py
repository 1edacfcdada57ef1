"""Reads what leads through the modules: content/courses, and situations, order and pace of
content/learning. Every complaint names file and line.
"""

from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from jobunivers.learning.catalogue.reading import LEARNING
from jobunivers.learning.file_types import CourseSheet, OrderSheet, Pace
from jobunivers.learning.types import Course, Guide, Module, Order, Situation, Words
from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, sheet
from jobunivers.shared.schema import Complaint

COURSES = CONTENT / "courses"


def read_guide(
    modules: Collection[Module], *, courses: Path = COURSES, folder: Path = LEARNING
) -> Guide:
    """The guide. Raises ContentError for a broken file, an unknown module or lesson, or a missing
    Danish text.
    """
    reader = _Reader(modules)
    found = sorted(
        (reader.course(path) for path in courses.glob("*.yaml")),
        key=lambda course: (course.order, course.slug),
    )
    return Guide(
        tuple(found),
        reader.situations(folder / "situations.yaml"),
        reader.order(folder / "order.yaml"),
        reader.paces(folder / "pace.yaml"),
    )


class _Reader:
    """Knows what may be named."""

    def __init__(self, modules: Collection[Module]) -> None:
        self.lessons = [lesson.key for module in modules for lesson in module.lessons]
        self.modules = [module.slug for module in modules]

    def course(self, path: Path) -> Course:
        """One file of content/courses."""
        data = schema.read(CourseSheet, sheet(path), self._course_faults)
        return Course(path.stem, data.order, data.title, data.summary, data.offered_at, data.weeks)

    def _course_faults(self, data: CourseSheet) -> Iterator[Complaint]:
        yield from schema.unknown(("offered_at",), data.offered_at, self.modules)
        seen: set[str] = set()
        for number, unit in enumerate(data.weeks):
            for row, lesson in enumerate(unit.lessons):
                place = ("weeks", number, "lessons", row)
                yield from schema.unknown(place, [lesson], self.lessons)
                if lesson in seen:
                    yield place, f"names {lesson}, which stands in two weeks"
                seen.add(lesson)

    def situations(self, path: Path) -> tuple[Situation, ...]:
        """In the order in which they are asked."""
        twice = partial(schema.twice, name="key")
        return schema.read_rows(Situation, sheet(path), twice, self._situation_faults)

    def _situation_faults(self, rows: tuple[Situation, ...]) -> Iterator[Complaint]:
        for number, row in enumerate(rows):
            for module in row.modules:
                yield from schema.unknown((number, "modules", module), [module], self.modules)
            yield from schema.unknown((number, "leaves_out"), row.leaves_out, self.modules)

    def order(self, path: Path) -> Order:
        """The usual order; a circle in it is refused."""
        data = schema.read(OrderSheet, sheet(path), self._order_faults)
        return Order(data.next, data.new, data.needed, data.from_abroad)

    def _order_faults(self, data: OrderSheet) -> Iterator[Complaint]:
        for module, after in data.next.items():
            yield from schema.unknown(("next", module), [module, *after], self.modules)
        yield from schema.unknown(("new",), [data.new], self.modules)
        yield from schema.unknown(("needed",), [data.needed], self.modules)
        yield from schema.unknown(("from_abroad",), data.from_abroad, self.modules)
        if circle := next(_circles(data.next), None):
            yield ("next", circle[0]), f"goes in a circle: {' > '.join(circle)}"

    def paces(self, path: Path) -> dict[int, Words]:
        """Minutes a week with their labels."""
        rows = schema.read_rows(Pace, sheet(path), partial(schema.twice, name="minutes"))
        return {row.minutes: row.label for row in rows}


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

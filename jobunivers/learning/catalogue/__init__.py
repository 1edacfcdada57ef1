"""All modules and what leads through them, read once; lookups by slug."""

from functools import lru_cache

from jobunivers.learning.catalogue.guide import read_guide
from jobunivers.learning.catalogue.reading import Reading, read_all
from jobunivers.learning.types import GROUPS, Course, Guide, Lesson, Module
from jobunivers.shared.content import ContentError
from jobunivers.shared.errors import NotFound


@lru_cache
def _reading() -> Reading:
    reading = read_all()
    danish = [problem for problem in reading.problems if problem.hinders]
    if danish:
        raise ContentError.of(danish)
    return reading


def modules() -> tuple[Module, ...]:
    """All modules in their order. Raises ContentError when a Danish text or a module.yaml is
    broken; broken translations count as missing.
    """
    return _reading().modules


@lru_cache
def _by_slug() -> dict[str, Module]:
    return {module.slug: module for module in modules()}


@lru_cache
def _by_exercise() -> dict[str, Lesson]:
    return {lesson.exercise.key: lesson for module in modules() for lesson in module.lessons}


def get_module(slug: str) -> Module:
    """The module. Raises NotFound."""
    if (module := find_module(slug)) is None:
        raise NotFound(slug)
    return module


def find_module(slug: str) -> Module | None:
    """The module, None when there is none of that name (any more)."""
    return _by_slug().get(slug)


def get_lesson(module: str, lesson: str) -> tuple[Module, Lesson]:
    """A lesson and its module. Raises NotFound."""
    found = get_module(module)
    for one in found.lessons:
        if one.slug == lesson:
            return found, one
    raise NotFound(f"{module}/{lesson}")


def find_lesson(key: str) -> tuple[Module, Lesson] | None:
    """The lesson 'cv/profile-text'; None when it is gone."""
    module = find_module(key.partition("/")[0])
    lesson = next((one for one in module.lessons if one.key == key), None) if module else None
    return (module, lesson) if module and lesson else None


def find_by_exercise(key: str) -> Lesson | None:
    """The lesson with that exercise key."""
    return _by_exercise().get(key)


def by_group() -> list[tuple[str, list[Module]]]:
    """Modules under the groups of the catalogue page; empty groups left out."""
    grouped = [
        (group, [module for module in modules() if module.group == group]) for group in GROUPS
    ]
    return [(group, found) for group, found in grouped if found]


@lru_cache
def guide() -> Guide:
    """Ready-made courses, situations, usual order and paces. Raises ContentError when a file is
    broken.
    """
    return read_guide(modules())


def find_course(slug: str | None) -> Course | None:
    """The ready-made course, None when there is none of that name (any more)."""
    return next((course for course in guide().courses if course.slug == slug), None)


def get_course(slug: str) -> Course:
    """The ready-made course. Raises NotFound."""
    if (course := find_course(slug)) is None:
        raise NotFound(slug)
    return course


def offered_at(module: str) -> Course | None:
    """The ready-made course that the module's page leads to."""
    return next((course for course in guide().courses if module in course.offered_at), None)

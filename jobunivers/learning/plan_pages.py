"""What the course page shows of weeks: a pace of one's own, or a ready-made course with dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jobunivers.learning import catalogue
from jobunivers.learning.models import LearningPlan
from jobunivers.learning.rules import plan as rules
from jobunivers.learning.types import Course, Lesson, Module
from jobunivers.shared.content import localized


@dataclass(frozen=True)
class ShownLesson:
    """A lesson in a week."""

    lesson: Lesson
    title: str
    minutes: int
    is_done: bool


@dataclass(frozen=True)
class ShownWeek:
    """One week of a course; `span` is (Monday, Sunday), None for a course that has not begun."""

    number: int
    title: str
    lessons: list[ShownLesson]
    span: tuple[date, date] | None = None

    @property
    def done(self) -> int:
        """How many of its lessons are done."""
        return sum(lesson.is_done for lesson in self.lessons)

    @property
    def minutes(self) -> int:
        """Minutes of all its lessons."""
        return sum(lesson.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class DatedCourse:
    """A ready-made course that somebody follows. `catch_up` is the week that she may move to today,
    with the start that does so.
    """

    course: Course
    title: str
    weeks: list[ShownWeek]
    shown: ShownWeek
    upcoming: ShownLesson | None
    is_before: bool
    is_after: bool
    is_done: bool
    catch_up: tuple[ShownWeek, date] | None


@dataclass(frozen=True)
class PacedWeek:
    """This week at her own pace. `last_span` is the week in which the course would be done."""

    minutes: int
    span: tuple[date, date]
    lessons: list[ShownLesson]
    upcoming: ShownLesson | None
    weeks_left: int
    last_span: tuple[date, date]


def weeks_of(
    course: Course,
    locale: str,
    *,
    starts_on: date | None = None,
    done: frozenset[str] = frozenset(),
) -> list[ShownWeek]:
    """Every week of a course, with dates when it has begun."""
    found = []
    for number, unit in enumerate(course.units, start=1):
        lessons = [shown for key in unit.lessons if (shown := _shown(key, locale, key in done))]
        span = rules.week_span(starts_on + rules.WEEK * (number - 1)) if starts_on else None
        found.append(ShownWeek(number, localized(unit.title, locale), lessons, span))
    return found


def is_in_course(followed: str | None, lesson: Lesson) -> bool:
    """True when the lesson belongs to the ready-made course that somebody follows: after it she
    goes back there, not on in its module.
    """
    course = catalogue.find_course(followed)
    return course is not None and any(lesson.key in unit.lessons for unit in course.units)


def dated_course(
    plan: LearningPlan | None, *, done: frozenset[str], today: date, locale: str
) -> DatedCourse | None:
    """The ready-made course with this week open; None when there is none (any more)."""
    course = catalogue.find_course(plan.course) if plan else None
    if plan is None or course is None or plan.starts_on is None:
        return None
    weeks = weeks_of(course, locale, starts_on=plan.starts_on, done=done)
    units = [unit.lessons for unit in course.units]
    number, behind = rules.number_of_week(plan.starts_on, today), rules.first_open(units, done)
    shown = weeks[rules.shown_week(units, starts_on=plan.starts_on, today=today, done=done) - 1]
    return DatedCourse(
        course=course,
        title=localized(course.title, locale),
        weeks=weeks,
        shown=shown,
        upcoming=next((lesson for lesson in shown.lessons if not lesson.is_done), None),
        is_before=number < 1,
        is_after=number > len(weeks),
        is_done=behind is None,
        catch_up=(weeks[behind - 1], rules.start_that_makes(behind, today))
        if behind and behind < number
        else None,
    )


def paced_week(
    plan: LearningPlan | None,
    modules: Sequence[Module],
    *,
    done_on: dict[str, date],
    today: date,
    locale: str,
) -> PacedWeek | None:
    """What belongs to this week; None without a pace, and when every lesson is done."""
    lessons = {lesson.key: lesson for module in modules for lesson in module.lessons}
    if plan is None or not plan.weekly_minutes or all(key in done_on for key in lessons):
        return None
    pieces = [
        rules.Piece(key, lesson.text(locale).minutes, done_on.get(key))
        for key, lesson in lessons.items()
    ]
    week = rules.this_week(pieces, minutes=plan.weekly_minutes, today=today)
    shown = [
        found
        for key in (*week.done, *week.open)
        if (found := _shown(key, locale, key in week.done))
    ]
    return PacedWeek(
        minutes=plan.weekly_minutes,
        span=rules.week_span(rules.monday_of(today)),
        lessons=shown,
        upcoming=next((lesson for lesson in shown if not lesson.is_done), None),
        weeks_left=week.weeks_left,
        last_span=rules.week_span(week.last_week),
    )


def _shown(key: str, locale: str, is_done: bool) -> ShownLesson | None:
    found = catalogue.find_lesson(key)
    if found is None:
        return None
    text = found[1].text(locale)
    return ShownLesson(found[1], text.title, text.minutes, is_done)

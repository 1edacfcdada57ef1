"""The contact course as pure functions: which meetings a citizen needs next, and by when. All days
are Danish days.

Rules raise, people decide: a rule opens an invitation or puts a task on a named person's list.
Nothing here, and nothing
that calls this, has a consequence for the citizen when a day passes.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from jobunivers.contact.types import (
    Course,
    MeetingState,
    NeedFact,
    NeedStatus,
    NewNeed,
    NewTask,
    OwnTime,
    TaskKind,
)
from jobunivers.shared.profile import ContactRule, ExemptionReason

# bekendtgørelse om en aktiv beskæftigelsesindsats, § on self-booking: at least 8 days' notice
LEAST_DAYS_TO_BOOK = 8
TASK_COUNTS_FOR = 5  # working days: "Next contact" in docs/booking.md
FRIDAY = 4
SOONER = timedelta(days=14)


def is_working_day(day: date, closed: Collection[date]) -> bool:
    """Monday to Friday, not a public holiday or closing day."""
    return day.weekday() <= FRIDAY and day not in closed


def next_working_day(day: date, closed: Collection[date]) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day, closed):
        day += timedelta(days=1)
    return day


def working_days_after(day: date, count: int, closed: Collection[date]) -> date:
    """The `count`-th working day after `day`."""
    for _number in range(count):
        day = next_working_day(day + timedelta(days=1), closed)
    return day


def deadline(today: date, days: int, closed: Collection[date]) -> date:
    """Last day to book: at least eight days from today, never a day on which nobody answers the
    phone.
    """
    return next_working_day(today + timedelta(days=max(days, LEAST_DAYS_TO_BOOK)), closed)


def weeks_into(course: Course, today: date) -> int:
    """Full weeks since the spell began; never negative."""
    return max(0, (today - course.started_on).days // 7)


def rules_for(course: Course, rules: Iterable[ContactRule], today: date) -> list[ContactRule]:
    """The rules in force today for this citizen's legal group, in the order of the profile."""
    in_force = (
        rule
        for rule in rules
        if rule.valid_from <= today and (rule.valid_to is None or today <= rule.valid_to)
    )
    return [rule for rule in in_force if course.target_group in rule.groups]


def reasons_in_force(reasons: Iterable[ExemptionReason], today: date) -> list[ExemptionReason]:
    """The reasons that may be chosen today."""
    return [
        each
        for each in reasons
        if each.valid_from <= today and (each.valid_to is None or today <= each.valid_to)
    ]


def own_times(rules: Iterable[ContactRule], today: date, grace_days: int) -> tuple[OwnTime, ...]:
    """The time of each rule in force today, with the profile's grace."""
    return tuple(
        OwnTime(rule.groups, "", rule.every_weeks * 7 + grace_days)
        if rule.every_weeks is not None
        else OwnTime(rule.groups, rule.kind, (rule.by_week or rule.from_week) * 7 + grace_days)
        for rule in rules
        if rule.valid_from <= today and (rule.valid_to is None or today <= rule.valid_to)
    )


def within_own_time(course: Course, times: Iterable[OwnTime], today: date) -> Course:
    """The course without coming meetings that lie further ahead than its rules let pass: they stand,
    but somebody must ask before. A group without a regular rule has no such time.
    """
    mine = [each for each in times if course.target_group in each.groups]
    if not any(each.kind == "" for each in mine):
        return course
    until = [
        (each.kind, (course.started_on if each.kind else today) + timedelta(days=each.days))
        for each in mine
    ]
    kept = tuple(
        meeting
        for meeting in course.meetings
        if meeting.state is not MeetingState.COMING
        or any(kind in ("", meeting.kind) and meeting.on <= last for kind, last in until)
    )
    return course if len(kept) == len(course.meetings) else replace(course, meetings=kept)


def _is_coming(course: Course) -> bool:
    return any(meeting.state is MeetingState.COMING for meeting in course.meetings)


def _held_days(course: Course) -> list[date]:
    return [meeting.on for meeting in course.meetings if meeting.state is MeetingState.HELD]


def _is_done(course: Course, rule: ContactRule) -> bool:
    """A rule for one meeting is done with when such a meeting is coming, was held or waits for its
    outcome, or when somebody invited to
    it or decided against it. A booking that came to nothing (missed, cancelled) leaves the need met
    but no meeting: the rule asks again.
    """
    met = any(meeting.kind == rule.kind for meeting in course.meetings)
    return met or any(
        need.kind == rule.kind and need.status is not NeedStatus.MET for need in course.needs
    )


def needs_today(
    course: Course, rules: Iterable[ContactRule], today: date, closed: Collection[date]
) -> list[NewNeed]:
    """The needs to open today.

    1. The first meeting that falls due by its week and is neither held, coming nor invited to; one
    such invitation at a time.
    2. When nothing else lies ahead: the next regular contact, or the first meeting of the course
    that is still to come.
    """
    if course.is_exempt:
        return []
    rules = rules_for(course, rules, today)
    once = [rule for rule in rules if rule.every_weeks is None and not _is_done(course, rule)]
    regular = [rule for rule in rules if rule.every_weeks is not None]
    week = weeks_into(course, today)
    due = [rule for rule in once if week >= rule.from_week]
    if due and not _is_invited_by(course, rules):
        return [_once(course, due[0], regular, today, closed)]
    if due or _lies_ahead(course):
        return []
    for rule in regular:
        if week >= rule.from_week or _held_days(course):
            return [_again(course, rule, today, closed)]
    coming = sorted(once + regular, key=lambda rule: rule.from_week)
    return [_once(course, rule, [], today, closed) for rule in coming[:1]]


def _is_invited_by(course: Course, rules: Iterable[ContactRule]) -> bool:
    """An invitation to one of the meetings that belong to a week is open already."""
    kinds = {rule.kind for rule in rules if rule.every_weeks is None}
    return any(need.is_open and need.kind in kinds for need in course.needs)


def _lies_ahead(course: Course) -> bool:
    """A coming meeting, one whose outcome is not recorded yet, or an open invitation, also past its
    deadline: a person follows it up.
    """
    return any(meeting.state is not MeetingState.HELD for meeting in course.meetings) or any(
        need.is_open for need in course.needs
    )


def _once(
    course: Course,
    rule: ContactRule,
    regular: list[ContactRule],
    today: date,
    closed: Collection[date],
) -> NewNeed:
    """The need for a meeting that belongs to a week of the spell; an unused regular invitation
    gives way to it.
    """
    earliest = max(today, course.started_on + timedelta(weeks=rule.from_week))
    last_week = (
        rule.by_week if rule.by_week is not None else rule.from_week + (rule.every_weeks or 0)
    )
    by_week = course.started_on + timedelta(weeks=last_week)
    last_day = by_week if earliest > today else today + timedelta(days=rule.deadline_days)
    codes = {each.code for each in regular}
    return NewNeed(
        kind=rule.kind,
        rule=rule.code,
        legal=rule.legal,
        earliest_on=earliest,
        deadline_on=max(
            deadline(today, LEAST_DAYS_TO_BOOK, closed), next_working_day(last_day, closed)
        ),
        key=f"{rule.code}:{course.spell_id}",
        replaces=tuple(need.id for need in course.needs if need.is_open and need.reason in codes),
    )


def _again(course: Course, rule: ContactRule, today: date, closed: Collection[date]) -> NewNeed:
    """The next of the regular meetings: at most `every_weeks` after the last one was held, and not
    more than two weeks sooner.
    """
    last = max(_held_days(course), default=course.started_on)
    due_on = last + timedelta(weeks=rule.every_weeks or 0)
    return NewNeed(
        kind=rule.kind,
        rule=rule.code,
        legal=rule.legal,
        earliest_on=max(today, due_on - SOONER),
        deadline_on=max(
            deadline(today, rule.deadline_days, closed), next_working_day(due_on, closed)
        ),
        key=f"{rule.code}:{course.spell_id}:{today.isoformat()}",
    )


def task_today(course: Course, today: date, closed: Collection[date]) -> NewTask | None:
    """What to put on a named person's list because nothing else would bring the citizen and us
    together from tomorrow on.

    `course` already holds the needs opened today. One open task is enough: a late one is a matter
    for the coordinator, not for a pile.
    """
    if course.is_exempt or course.has_task or _is_coming(course):
        return None
    invited = [
        need
        for need in course.needs
        if need.is_open
        and need.is_invited
        and need.deadline_on is not None
        and need.deadline_on > today
    ]
    if invited and course.books_herself:
        return None
    return NewTask(
        _why_task(course),
        working_days_after(today, 1, closed),
        f"next-contact:{course.citizen_id}:{today.isoformat()}",
    )


def course_after(
    course: Course, new: Sequence[NewNeed], without: Collection[str], late: Collection[UUID]
) -> Course:
    """The course when the needs of today are open and those of `late` invited to."""
    before = tuple(
        replace(need, is_invited=True) if need.id in late else need for need in course.needs
    )
    opened = tuple(
        NeedFact(
            course.spell_id,
            each.kind,
            each.rule,
            each.deadline_on,
            is_invited=each.key not in without,
        )
        for each in new
    )
    has_task = course.has_task or any(each.key in without for each in new)
    return replace(course, needs=before + opened, has_task=has_task)


def _why_task(course: Course) -> TaskKind:
    if any(meeting.state is MeetingState.UNRECORDED for meeting in course.meetings):
        return TaskKind.NO_OUTCOME
    if any(need.is_open and not need.is_invited for need in course.needs):
        return TaskKind.NO_SLOT_FOUND if course.books_herself else TaskKind.BOOK_FOR_CITIZEN
    if any(need.is_open for need in course.needs):
        return TaskKind.DEADLINE_PASSED if course.books_herself else TaskKind.BOOK_FOR_CITIZEN
    return TaskKind.NO_NEXT_CONTACT


def days_left(deadline_on: date, today: date) -> int:
    """Days until the last day to book; 0 = today, negative = passed."""
    return (deadline_on - today).days

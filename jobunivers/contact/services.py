"""Opening, meeting and closing needs; tasks of named staff; one night's run of the contact rules."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from jobunivers.caseload import queries as caseload
from jobunivers.contact import course_queries as courses
from jobunivers.contact import queries, rules
from jobunivers.contact import times_services as times
from jobunivers.contact.models import Need, Task
from jobunivers.contact.types import (
    Applied,
    Course,
    NeedStatus,
    NewNeed,
    NewTask,
    TaskKind,
)
from jobunivers.extensions import db
from jobunivers.messages import services as messages
from jobunivers.shared import audit, clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import NotFound
from jobunivers.shared.profile import ContactRule

DAYS_TO_BOOK = 10
INVITED = "need.invited"


def open_need(
    citizen_id: UUID,
    kind: str,
    *,
    reason: str,
    now: datetime,
    by_user_id: UUID | None = None,
    earliest_on: date | None = None,
    deadline_on: date | None = None,
    legal: str = "",
    key: str | None = None,
    sends_invitation: bool = True,
) -> Need:
    """A meeting of this kind is needed, and the citizen is told at once that she may book it; when
    there is no time to book, her caseworker is.

    `sends_invitation=False`: the caller's own notice tells her, with the need's deadline. Without
    `deadline_on` she has ten days, ending on a working day. The same `key` opens it once; a need
    that was met by a meeting which came to nothing is opened again under its key.
    """
    today = clock.danish_day(now)
    if deadline_on is None:
        deadline_on = rules.deadline(
            today, DAYS_TO_BOOK, queries.closed_days(today, today + timedelta(days=40))
        )
    need = find_by_key(key)
    if need is not None and need.status is not NeedStatus.MET:
        return need
    if need is None:
        need = Need(
            citizen_id=citizen_id,
            kind=kind,
            reason=reason,
            legal=legal,
            by_user_id=by_user_id,
            key=key,
        )
        try:
            with db.session.begin_nested():
                db.session.add(need)
        except IntegrityError:  # another worker opened it in the same second
            return db.session.scalars(sa.select(Need).where(Need.key == key)).one()
    need.status, need.earliest_on, need.deadline_on, need.invited_at = (
        NeedStatus.OPEN,
        earliest_on,
        deadline_on,
        now,
    )
    db.session.flush()
    _note_opened(need, by_user_id)
    if sends_invitation:
        _invite_or_ask(need, now=now, by_user_id=by_user_id)
    return need


def _note_opened(need: Need, by_user_id: UUID | None) -> None:
    audit.record(
        "need.opened",
        actor_id=by_user_id,
        actor_role="system" if by_user_id is None else "caseworker",
        citizen_id=need.citizen_id,
        kind=need.kind,
        reason=need.reason,
    )


def find_by_key(key: str | None) -> Need | None:
    """The need a rule opened under that key."""
    return db.session.scalar(sa.select(Need).where(Need.key == key)) if key else None


def _invite_or_ask(need: Need, *, now: datetime, by_user_id: UUID | None) -> None:
    today = clock.danish_day(now)
    if not queries.books_herself(need.citizen_id, today) or times.has_time(need, now):
        _invite(need, now=now, by_user_id=by_user_id)
        return
    need.invited_at = None
    key = times.task_key(need.key or need.id, today)
    ask_staff(need.citizen_id, what=TaskKind.NO_SLOT_FOUND, now=now, key=key)


def _invite(need: Need, *, now: datetime, by_user_id: UUID | None) -> None:
    is_called = not queries.books_herself(need.citizen_id, clock.danish_day(now))
    params = _params(need.kind, need.earliest_on, need.deadline_on, is_called=is_called)
    messages.notify(
        caseload.recipient_of(need.citizen_id),
        INVITED,
        params,
        now=now,
        key=_key(need.id, now),
        author_id=by_user_id,
    )


def _params(
    kind: str, earliest_on: date | None, deadline_on: date | None, *, is_called: bool
) -> dict[str, Any]:
    days = {"earliest_on": earliest_on, "deadline_on": deadline_on}
    return {
        "is_called": is_called,
        "kind": kind,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def _key(need_id: UUID, now: datetime) -> str:
    return f"{INVITED}:{need_id}:{clock.danish_day(now)}"


def get_need(need_id: UUID) -> Need:
    """The need, held until the end of the transaction. Raises NotFound."""
    need = db.session.get(Need, need_id, with_for_update=True)
    if need is None:
        raise NotFound
    return need


def is_open(need_id: UUID) -> bool:
    """Whether a meeting may still be booked for this need; it is held until the end of the
    transaction.
    """
    return get_need(need_id).status is NeedStatus.OPEN


def find_need_that_fits(
    citizen_id: UUID, kind: str, starts_at: datetime, now: datetime
) -> UUID | None:
    """Her open need for a meeting of that kind on that day, the nearest deadline first."""
    on, today = clock.danish_day(starts_at), clock.danish_day(now)
    grace = timedelta(days=current_profile().grace_days)
    for need in queries.list_open_needs(citizen_id):
        begins = need.earliest_on is None or need.earliest_on <= on
        ends = need.deadline_on is None or on <= max(need.deadline_on, today) + grace
        if need.kind == kind and begins and ends:
            return need.id
    return None


def meet_need(need_id: UUID, *, now: datetime | None = None) -> None:
    """A meeting is booked for it; whoever was asked to call because of it need not."""
    get_need(need_id).status = NeedStatus.MET
    _drop_tasks(get_need(need_id).citizen_id, now or clock.now())


def _drop_tasks(citizen_id: UUID, now: datetime) -> None:
    """Tasks that only existed because nothing was booked are done when something is."""
    kinds = (
        TaskKind.DEADLINE_PASSED,
        TaskKind.BOOK_FOR_CITIZEN,
        TaskKind.CANNOT_BEFORE_DEADLINE,
        TaskKind.NO_SLOT_FOUND,
        TaskKind.NO_TIME_FITS,
    )
    query = sa.update(Task).where(
        Task.citizen_id == citizen_id,
        Task.done_at.is_(None),
        Task.what.in_([kind.value for kind in kinds]),
    )
    db.session.execute(query.values(done_at=now))


def reopen_need(need_id: UUID, *, now: datetime | None = None) -> None:
    """The meeting came to nothing: she may book again, with at least eight days from today to do
    it.
    """
    need = get_need(need_id)
    today = clock.danish_day(now or clock.now())
    earliest_end = rules.deadline(
        today, rules.LEAST_DAYS_TO_BOOK, queries.closed_days(today, today + timedelta(days=40))
    )
    need.status = NeedStatus.OPEN
    need.deadline_on = max(need.deadline_on or earliest_end, earliest_end)
    db.session.flush()


def close_need(need_id: UUID, *, reason: str, now: datetime, by_user_id: UUID | None) -> None:
    """A person decides that the meeting is not needed, and says why."""
    need = get_need(need_id)
    need.status, need.closed_reason, need.closed_at = NeedStatus.CLOSED, reason, now
    audit.record(
        "need.closed",
        actor_id=by_user_id,
        actor_role="caseworker" if by_user_id else "system",
        citizen_id=need.citizen_id,
        kind=need.kind,
    )
    db.session.flush()


def add_task(
    citizen_id: UUID,
    user_id: UUID,
    *,
    what: str,
    due_on: date,
    note: str = "",
    key: str | None = None,
) -> Task:
    """Puts something on a named person's list. The same `key` only once: the first one is returned
    again.
    """
    if key and (found := db.session.scalar(sa.select(Task).where(Task.key == key))):
        return found
    task = Task(
        citizen_id=citizen_id, user_id=user_id, what=str(what), due_on=due_on, note=note, key=key
    )
    try:
        with db.session.begin_nested():
            db.session.add(task)
    except IntegrityError:
        if not key:
            raise
        return db.session.scalars(sa.select(Task).where(Task.key == key)).one()
    return task


def ask_staff(
    citizen_id: UUID, *, what: TaskKind, now: datetime, note: str = "", key: str | None = None
) -> Task | None:
    """Puts it on the list of whoever is responsible for the citizen, due the next working day; None
    when the house has no caseworker.
    """
    responsible = courses.responsible_for([citizen_id]).get(citizen_id)
    if responsible is None:
        return None
    today = clock.danish_day(now)
    due_on = rules.working_days_after(
        today, 1, queries.closed_days(today, today + timedelta(days=21))
    )
    return add_task(citizen_id, responsible, what=what, due_on=due_on, note=note, key=key)


def ask_to_call(
    citizen_id: UUID, user_id: UUID | None, *, now: datetime, before: date, key: str
) -> Task | None:
    """No message reaches her before something that is off or moved: this member of staff, or whoever
    is responsible for her, calls by that day. Changed once more it is the same call (`key`), open
    again. None when the house has nobody.
    """
    caller = user_id or courses.responsible_for([citizen_id]).get(citizen_id)
    if caller is None:
        return None
    today = clock.danish_day(now)
    next_day = rules.working_days_after(
        today, 1, queries.closed_days(today, today + timedelta(days=21))
    )
    task = add_task(
        citizen_id, caller, what=TaskKind.TELL_OF_CHANGE, due_on=min(next_day, before), key=key
    )
    task.done_at, task.due_on = None, min(next_day, before)
    db.session.flush()
    return task


def apply_rules(
    citizen_ids: Sequence[UUID],
    *,
    contact_rules: Iterable[ContactRule],
    closed: Collection[date],
    now: datetime,
) -> Applied:
    """Opens what is due for these citizens and gives everybody else a named person. Running it
    again the same day changes nothing.
    """
    today = clock.danish_day(now)
    contact_rules = tuple(contact_rules)
    waiting: list[tuple[Course, NewTask]] = []
    own_times = rules.own_times(contact_rules, today, current_profile().grace_days)
    all_courses = [
        rules.within_own_time(course, own_times, today)
        for course in courses.list_courses(citizen_ids, today)
    ]
    invited_late = _invite_late(all_courses, now=now)
    new_needs = [rules.needs_today(course, contact_rules, today, closed) for course in all_courses]
    due = [
        (course, each) for course, new in zip(all_courses, new_needs, strict=True) for each in new
    ]
    without = times.keys_without_times(due, now)
    waiting += [
        (course, times.new_task(new.key, today)) for course, new in due if new.key in without
    ]
    for course, new in zip(all_courses, new_needs, strict=True):
        after = rules.course_after(course, new, without, invited_late)
        if task := rules.task_today(after, today, closed):
            waiting.append((course, task))
    _open_all(due, without, now=now)
    responsible = (
        courses.responsible_for([course.citizen_id for course, _task in waiting]) if waiting else {}
    )
    given = [(course, task) for course, task in waiting if course.citizen_id in responsible]
    for course, task in given:
        add_task(
            course.citizen_id,
            responsible[course.citizen_id],
            what=task.what,
            due_on=task.due_on,
            key=task.key,
        )
    return Applied(
        looked_at=len(all_courses),
        invited=len(due) - len(without) + len(invited_late),
        without_times=len(without),
        tasks=len(given),
        nobody_responsible=len(waiting) - len(given),
    )


def _invite_late(all_courses: Sequence[Course], *, now: datetime) -> set[UUID]:
    """Invites those for whom times have come, and says for which needs."""
    found = times.needs_whose_times_came(all_courses, now)
    for need_id in sorted(found):
        need = get_need(need_id)
        times.times_came(need, now)
        _invite(need, now=now, by_user_id=None)
    return found


def plan_next(citizen_id: UUID, *, contact_rules: Iterable[ContactRule], now: datetime) -> Applied:
    """The rules for one citizen at once, when a meeting is over: she is not without a next contact
    until night.
    """
    today = clock.danish_day(now)
    closed = queries.closed_days(today, today + timedelta(days=400))
    return apply_rules([citizen_id], contact_rules=contact_rules, closed=closed, now=now)


def _open_all(
    due: Sequence[tuple[Course, NewNeed]], without: Collection[str], *, now: datetime
) -> None:
    """Opens them in a fixed number of statements: the first night of a large city opens tens of
    thousands.

    A need that was there before, and all of them when another worker opened one in the same second,
    go the long way.
    """
    known = (
        set(
            db.session.scalars(
                sa.select(Need.key).where(Need.key.in_([new.key for _course, new in due]))
            )
        )
        if due
        else set()
    )
    fresh = [(uuid4(), course, new) for course, new in due if new.key not in known]
    try:
        with db.session.begin_nested():
            _insert(fresh, without, now=now)
    except IntegrityError:
        fresh = []
    opened = {new.key for _id, _course, new in fresh}
    for course, new in due:
        if new.key not in opened:
            _open(course, new, now=now)
    for need_id, rule in [
        (replaced, new.rule) for _id, _course, new in fresh for replaced in new.replaces
    ]:
        close_need(need_id, reason=f"replaced:{rule}", now=now, by_user_id=None)


def _insert(
    fresh: Sequence[tuple[UUID, Course, NewNeed]], without: Collection[str], *, now: datetime
) -> None:
    if not fresh:
        return
    same = {"status": NeedStatus.OPEN}
    columns = ("kind", "legal", "key", "earliest_on", "deadline_on")
    rows = [
        {
            **same,
            **{name: getattr(new, name) for name in columns},
            "id": need_id,
            "citizen_id": course.citizen_id,
            "reason": new.rule,
            "invited_at": None if new.key in without else now,
        }
        for need_id, course, new in fresh
    ]
    db.session.execute(sa.insert(Need), rows)
    audit.record_all(
        "need.opened",
        [(row["citizen_id"], {"kind": row["kind"], "reason": row["reason"]}) for row in rows],
        actor_role="system",
    )
    recipients = {
        recipient.citizen_id: recipient
        for recipient in caseload.recipients_of(row["citizen_id"] for row in rows)
    }
    told = [
        (
            recipients[course.citizen_id],
            _params(new.kind, new.earliest_on, new.deadline_on, is_called=not course.books_herself),
            _key(need_id, now),
        )
        for need_id, course, new in fresh
        if new.key not in without
    ]
    messages.notify_all(INVITED, told, now=now)


def _open(course: Course, new: NewNeed, *, now: datetime) -> None:
    for need_id in new.replaces:
        close_need(need_id, reason=f"replaced:{new.rule}", now=now, by_user_id=None)
    open_need(
        course.citizen_id,
        new.kind,
        reason=new.rule,
        now=now,
        earliest_on=new.earliest_on,
        deadline_on=new.deadline_on,
        legal=new.legal,
        key=new.key,
    )

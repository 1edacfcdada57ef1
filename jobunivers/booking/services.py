"""Booking, moving, cancelling, outcomes. A time is taken by rows in `occupied_cell`: the database
refuses the second one.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError

from jobunivers.booking import asking_services as asking
from jobunivers.booking import news_services as news
from jobunivers.booking import queries, rules
from jobunivers.booking import survey_services as surveys
from jobunivers.booking.models import (
    AgendaPoint,
    Appointment,
    AppointmentHistory,
    OccupiedCell,
    Participant,
)
from jobunivers.booking.types import Actor, AppointmentStatus, Choice
from jobunivers.caseload import queries as caseload
from jobunivers.contact import services as contact
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import services as messages
from jobunivers.shared import audit
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import Conflict, NotAllowed

BOOKED, MOVED, CANCELLED, REMINDER = (
    "appointment.booked",
    "appointment.moved",
    "appointment.cancelled",
    "appointment.reminder",
)
REMIND = "booking.remind"


class EnoughComing(Conflict):
    """She has as many coming meetings of that kind as the profile lets her book herself."""


class NeedIsMet(Conflict):
    """A meeting for this invitation is booked already."""


DEADLOCK = "40P01"  # two people moved into each other's time in the same moment: one of them is told "taken"


def subject_key(appointment_id: UUID) -> str:
    """The name under which everything queued about a meeting can be cancelled."""
    return f"appointment:{appointment_id}"


# --- the three deeds
# ------------------------------------------------------------------------------


def book(
    citizen_id: UUID, choice: Choice, *, by: Actor, now: datetime, request_key: str | None = None
) -> Appointment:
    """Books the time, or raises Conflict when somebody was faster. The same `request_key` twice is
    one booking.

    In one transaction: the meeting, its cells, who takes part, the history row, the need met, her
    waiting points attached, the notice. Raises EnoughComing or NeedIsMet when there is one already.
    """
    caseload.lock_citizen(citizen_id)
    if known := queries.find_by_request_key(citizen_id, request_key):
        return known
    slot, need_id = choice.slot, _need_of(citizen_id, choice, by=by, now=now)
    meeting = Appointment(
        citizen_id=citizen_id,
        caseworker_id=slot.host_id,
        kind=choice.kind,
        form=slot.form,
        location=slot.location,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        status=AppointmentStatus.BOOKED,
        interpreter_language=choice.interpreter_language,
        has_companion=choice.has_companion,
        access_needs=choice.access_needs,
        phone=choice.phone,
        need_id=need_id,
        booked_by_id=by.user_id,
        request_key=request_key,
    )
    meeting.participants = _participants(meeting)
    try:
        with db.session.begin_nested():
            db.session.add(meeting)
            db.session.flush()
            _take_cells(meeting, choice)
    except DBAPIError as error:
        _raise_unless_taken(error)
        if known := queries.find_by_request_key(citizen_id, request_key):
            return known  # the second tap of the same thumb
        raise Conflict from error
    _attach_points(meeting)
    if need_id:
        contact.meet_need(need_id, now=now)
    _note(meeting, by=by, now=now, before=None, starts_before=None, why="")
    _tell(meeting, BOOKED, by=by, now=now, begins_at=meeting.starts_at)
    return meeting


def _need_of(citizen_id: UUID, choice: Choice, *, by: Actor, now: datetime) -> UUID | None:
    """The invitation that the meeting is for: the one she came from, else an open one of the same
    kind that the day fits, so that nobody is asked again for what she has booked.
    """
    if choice.need_id:
        if not contact.is_open(choice.need_id):
            raise NeedIsMet
        _let_go(choice.need_id)
        return choice.need_id
    if found := contact.find_need_that_fits(citizen_id, choice.kind, choice.slot.starts_at, now):
        _let_go(found)
        return found
    most = current_profile().kind_or_like(choice.kind).most_coming
    if not by.is_office and queries.count_coming(citizen_id, choice.kind, now) >= most:
        raise EnoughComing
    return None


def move(
    appointment_id: UUID, choice: Choice, *, by: Actor, now: datetime, why: str = ""
) -> Appointment:
    """Another time for the same meeting. The old time is hers until this commits; `sequence` rises,
    so that calendars follow.
    """
    meeting = queries.get_appointment_to_change(appointment_id)
    if meeting.status is not AppointmentStatus.BOOKED or meeting.starts_at <= now:
        raise Conflict
    slot, starts_before = choice.slot, meeting.starts_at
    if (slot.starts_at, slot.host_id, slot.form) == (
        meeting.starts_at,
        meeting.caseworker_id,
        meeting.form,
    ):
        return meeting  # sent twice
    try:
        with db.session.begin_nested():
            _free_cells(meeting.id)
            meeting.starts_at, meeting.ends_at = slot.starts_at, slot.ends_at
            meeting.caseworker_id, meeting.form, meeting.location = (
                slot.host_id,
                slot.form,
                slot.location,
            )
            meeting.phone = choice.phone or meeting.phone
            meeting.sequence += 1
            meeting.participants = _participants(meeting)
            db.session.flush()
            _take_cells(meeting, choice)
    except DBAPIError as error:
        _raise_unless_taken(error)
        raise Conflict from error
    _meet_need_by_moving(meeting, now)
    asking.settled(meeting.citizen_id, meeting.id, now=now)
    _note(
        meeting,
        by=by,
        now=now,
        before=AppointmentStatus.BOOKED,
        starts_before=starts_before,
        why=why,
    )
    _tell(meeting, MOVED, by=by, now=now, begins_at=min(starts_before, meeting.starts_at))
    return meeting


def _let_go(need_id: UUID) -> None:
    """The need is open though a meeting stands for it (too far ahead, or nobody said how it went):
    the one that is booked now takes its place.
    """
    standing = sa.update(Appointment).where(
        Appointment.need_id == need_id, Appointment.status.in_(queries.LIVE)
    )
    db.session.execute(standing.values(need_id=None))


def _meet_need_by_moving(meeting: Appointment, now: datetime) -> None:
    """A meeting that stood too far ahead for an invitation may be what it asks for now."""
    if meeting.need_id is None:
        found = contact.find_need_that_fits(
            meeting.citizen_id, meeting.kind, meeting.starts_at, now
        )
        if found:
            _let_go(found)
            meeting.need_id = found
            contact.meet_need(found, now=now)


def stand_again(
    meeting: Appointment, choice: Choice, *, by: Actor, now: datetime, is_silent: bool
) -> None:
    """A meeting that was cancelled by mistake takes place after all. Raises Conflict when its time
    is taken by now.
    """
    before = meeting.status
    try:
        with db.session.begin_nested():
            meeting.status = AppointmentStatus.BOOKED
            meeting.sequence += 1
            db.session.flush()
            _take_cells(meeting, choice)
    except DBAPIError as error:
        _raise_unless_taken(error)
        raise Conflict from error
    if meeting.need_id:
        contact.meet_need(meeting.need_id, now=now)
    _note(meeting, by=by, now=now, before=before, starts_before=meeting.starts_at, why="")
    begins_at = meeting.starts_at
    _tell(meeting, BOOKED, by=by, now=now, begins_at=begins_at, is_silent=is_silent)


def cancel(
    appointment_id: UUID,
    *,
    by: Actor,
    now: datetime,
    why: str = "",
    is_late: bool = False,
    is_silent: bool = False,
) -> Appointment:
    """The meeting does not take place; its time is free at once, its need is open again, her points
    wait for the next meeting, and what comes next is planned at once.

    Cancelling twice changes nothing. `is_late`: a person calls to find another time; nothing else
    follows.
    """
    meeting = queries.get_appointment_to_change(appointment_id)
    if meeting.status in rules.CANCELLED:
        return meeting
    new = (
        AppointmentStatus.CANCELLED_BY_OFFICE
        if by.is_office
        else AppointmentStatus.CANCELLED_BY_CITIZEN
    )
    if not rules.may_become(meeting.status, new) or (
        not by.is_office and not rules.may_cancel(meeting.starts_at, now)
    ):
        raise NotAllowed
    before, meeting.status = meeting.status, new
    meeting.sequence += 1
    _free_cells(meeting.id)
    asking.settled(meeting.citizen_id, meeting.id, now=now)
    db.session.execute(
        sa.update(AgendaPoint)
        .where(AgendaPoint.appointment_id == meeting.id)
        .values(appointment_id=None)
    )
    if meeting.need_id:
        contact.reopen_need(meeting.need_id, now=now)
    if is_late:
        contact.ask_staff(
            meeting.citizen_id, what=TaskKind.CANCELLED_LATE, now=now, key=f"late:{meeting.id}"
        )
    _note(meeting, by=by, now=now, before=before, starts_before=meeting.starts_at, why=why)
    begins_at = meeting.starts_at
    _tell(meeting, CANCELLED, by=by, now=now, begins_at=begins_at, is_silent=is_silent)
    contact.plan_next(meeting.citizen_id, contact_rules=current_profile().contact_rules, now=now)
    return meeting


def record_outcome(
    appointment_id: UUID, outcome: AppointmentStatus, *, by: Actor, now: datetime, why: str = ""
) -> Appointment:
    """Held, missed or not known. Held asks how it was; missed puts a call on the caseworker's list,
    and nothing else. Raises NotAllowed.
    """
    meeting = queries.get_appointment_to_change(appointment_id)
    if meeting.status is outcome:
        return meeting
    if not rules.may_record(meeting.status, outcome, starts_at=meeting.starts_at, now=now):
        raise NotAllowed
    before, meeting.status = meeting.status, outcome
    if outcome is AppointmentStatus.MISSED:
        contact.ask_staff(
            meeting.citizen_id, what=TaskKind.MISSED_MEETING, now=now, key=f"missed:{meeting.id}"
        )
    if outcome is AppointmentStatus.HELD:
        surveys.ask(meeting, now=now)
    else:
        surveys.withdraw(meeting)
    _note(meeting, by=by, now=now, before=before, starts_before=meeting.starts_at, why=why)
    return meeting


def set_video_link(appointment_id: UUID, url: str) -> None:
    """Where the video meeting takes place; the citizen sees it on the meeting's page."""
    queries.get_appointment_to_change(appointment_id).video_url = url
    db.session.flush()


# --- cells
# ------------------------------------------------------------------------------


def _take_cells(meeting: Appointment, choice: Choice) -> None:
    """Rows for the caseworker (with her minutes before and after), the citizen, and a room. Sorted,
    so that two bookings never deadlock.
    """
    around = (
        meeting.starts_at - timedelta(minutes=choice.before),
        meeting.ends_at + timedelta(minutes=choice.after),
    )
    own = rules.cells(meeting.starts_at, meeting.ends_at)
    wanted = [(f"user:{meeting.caseworker_id}", cell) for cell in rules.cells(*around)]
    wanted += [(f"citizen:{meeting.citizen_id}", cell) for cell in own]
    if meeting.location:
        room = _free_room(meeting.location, own, choice.rooms)
        wanted += [(room, cell) for cell in own]
    rows = [
        {"resource": resource, "cell": cell, "appointment_id": meeting.id}
        for resource, cell in sorted(wanted)
    ]
    db.session.execute(sa.insert(OccupiedCell), rows)


def _free_room(location: str, own: range, rooms: int) -> str:
    """The first room that is free all the time; the last one when none is, so that the database
    refuses.
    """
    names = [f"room:{location}:{number}" for number in range(1, max(rooms, 1) + 1)]
    query = sa.select(OccupiedCell.resource).where(
        OccupiedCell.resource.in_(names),
        OccupiedCell.cell >= own.start,
        OccupiedCell.cell < own.stop,
    )
    taken = set(db.session.scalars(query.distinct()))
    return next((name for name in names if name not in taken), names[-1])


def _free_cells(appointment_id: UUID) -> None:
    db.session.execute(sa.delete(OccupiedCell).where(OccupiedCell.appointment_id == appointment_id))


def _raise_unless_taken(error: DBAPIError) -> None:
    if not isinstance(error, IntegrityError) and getattr(error.orig, "sqlstate", None) != DEADLOCK:
        raise error


# --- what belongs to every change
# ------------------------------------------------------------------------------


def _participants(meeting: Appointment) -> list[Participant]:
    """As the meeting itself says: whoever moves it keeps interpreter and companion."""
    people = [
        Participant(role="citizen", citizen_id=meeting.citizen_id),
        Participant(role="caseworker", user_id=meeting.caseworker_id),
    ]
    if meeting.interpreter_language:
        people.append(Participant(role="interpreter"))
    if meeting.has_companion:
        people.append(Participant(role="companion"))
    return people


def _attach_points(meeting: Appointment) -> None:
    owner_id = queries.find_owner_id(meeting.citizen_id)
    waiting = sa.update(AgendaPoint).where(
        AgendaPoint.owner_id == owner_id, AgendaPoint.appointment_id.is_(None)
    )
    db.session.execute(waiting.values(appointment_id=meeting.id))


def _note(
    meeting: Appointment,
    *,
    by: Actor,
    now: datetime,
    before: AppointmentStatus | None,
    starts_before: datetime | None,
    why: str,
) -> None:
    """History and audit: who, when, from, to, why."""
    db.session.add(
        AppointmentHistory(
            appointment_id=meeting.id,
            at=now,
            by_user_id=by.user_id,
            by_role=by.role,
            from_status=before,
            to_status=meeting.status,
            from_starts_at=starts_before,
            to_starts_at=meeting.starts_at,
            why=why,
        )
    )
    audit.record(
        f"appointment.{meeting.status.value}",
        actor_id=by.user_id,
        actor_role=by.role,
        citizen_id=meeting.citizen_id,
        appointment=str(meeting.id),
    )
    db.session.flush()


def _tell(
    meeting: Appointment,
    kind: str,
    *,
    by: Actor,
    now: datetime,
    begins_at: datetime,
    is_silent: bool = False,
) -> None:
    """One notice about the newest state; what was queued about an older one is cancelled. Reminders
    only for a meeting that takes place. `begins_at`: she must know before then, where that can be.
    `is_silent`: there is nobody to tell.
    """
    subject = subject_key(meeting.id)
    outbox.cancel_about(subject)
    params: dict[str, Any] = {
        "appointment_id": str(meeting.id),
        "sequence": meeting.sequence,
        "starts_at": meeting.starts_at.isoformat(),
    }
    params |= {"kind": meeting.kind, "form": meeting.form.value}
    if is_silent:
        return
    author_id = by.user_id if by.is_office else None
    told = messages.notify(
        caseload.recipient_of(meeting.citizen_id),
        kind,
        params,
        now=now,
        key=f"{kind}:{meeting.id}:{meeting.sequence}",
        author_id=author_id,
        subject_key=subject,
        not_after=meeting.ends_at if kind != CANCELLED and meeting.ends_at > now else None,
        begins_at=begins_at,
    )
    if kind != BOOKED:
        news.ask_to_call(meeting, told.id, begins_at=begins_at, by=by, now=now)
    if meeting.status is AppointmentStatus.BOOKED:
        quiet = current_profile().quiet_hours
        for number, moment in enumerate(rules.reminders(meeting.starts_at, now, quiet)):
            key = f"{REMIND}:{meeting.id}:{meeting.sequence}:{number}"
            outbox.enqueue(
                REMIND,
                params,
                run_at=moment,
                key=key,
                subject_key=subject,
                not_after=meeting.starts_at,
                begins_at=meeting.starts_at,
            )


# --- looks for times, and what to do when there is none
# -------------------------------------------------------------------


# --- windows and absences
# ------------------------------------------------------------------------------

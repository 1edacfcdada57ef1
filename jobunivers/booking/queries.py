"""Questions about meetings, windows and free times. Whose they are is decided here."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from jobunivers.booking import rules
from jobunivers.booking.models import (
    AgendaPoint,
    Appointment,
    AppointmentHistory,
    SlotSearch,
)
from jobunivers.booking.types import (
    AppointmentStatus,
    MeetingLine,
    PointLine,
)
from jobunivers.caseload.models import Assignment, Citizen, TeamMember
from jobunivers.contact import queries as contact
from jobunivers.extensions import db
from jobunivers.identity.models import Owner, User
from jobunivers.shared.errors import NotFound

LIVE = (AppointmentStatus.BOOKED, AppointmentStatus.REQUESTED)


def meetings_for_contact() -> sa.Subquery:
    """What the contact rules read of appointments (registered in wiring.py)."""
    status = sa.cast(Appointment.status, sa.String).label("status")
    return sa.select(
        Appointment.citizen_id, Appointment.kind, Appointment.starts_at, Appointment.ends_at, status
    ).subquery()


# --- meetings
# ------------------------------------------------------------------------------


def _lines(
    load_points: Callable[..., Any] = selectinload,
) -> "sa.Select[Appointment, str, str, str]":
    host = sa.orm.aliased(User)
    has_left = sa.and_(host.disabled_at.is_not(None), Appointment.status.in_(LIVE))
    name = sa.case((has_left, ""), else_=host.name)  # nobody reads "with" somebody who is gone
    return (
        sa.select(Appointment, Citizen.name, Citizen.locale, name)
        .join(Citizen, Citizen.id == Appointment.citizen_id)
        .join(host, host.id == Appointment.caseworker_id)
        .options(load_points(Appointment.points))
    )


def _line(row: Any) -> MeetingLine:
    meeting, citizen_name, locale, host_name = row
    names = (
        "id citizen_id kind form location starts_at ends_at status sequence "
        "interpreter_language has_companion access_needs phone video_url need_id survey_open"
    )
    return MeetingLine(
        **{name: getattr(meeting, name) for name in names.split()},
        citizen_name=citizen_name,
        locale=locale,
        host_id=meeting.caseworker_id,
        host_name=host_name,
        points=tuple(PointLine(point.id, point.text) for point in meeting.points),
    )


def _one(query: "sa.Select[Appointment, str, str, str]") -> MeetingLine:
    row = db.session.execute(query).first()
    if row is None:
        raise NotFound
    return _line(row)


def get_meeting(citizen_id: UUID, appointment_id: UUID) -> MeetingLine:
    """A meeting of this citizen; anybody else's is NotFound."""
    return _one(
        _lines().where(Appointment.id == appointment_id, Appointment.citizen_id == citizen_id)
    )


def get_meeting_by_id(appointment_id: UUID) -> MeetingLine:
    """A meeting, for background work and signed links. Raises NotFound."""
    return _one(_lines().where(Appointment.id == appointment_id))


def find_meeting_by_code(code: str) -> MeetingLine | None:
    """The meeting that the short link of an SMS opens."""
    found = db.session.scalar(sa.select(Appointment.id).where(Appointment.link_code == code))
    return get_meeting_by_id(found) if found else None


def link_code_of(appointment_id: UUID) -> str | None:
    """The code of its short link; None for a meeting from before there were any."""
    query = sa.select(Appointment.link_code).where(Appointment.id == appointment_id)
    return db.session.scalar(query)


def get_meeting_for(viewer_user_id: UUID, appointment_id: UUID) -> MeetingLine:
    """A meeting of this caseworker, or of a citizen in her caseload or teams; anybody else's is
    NotFound.
    """
    return _one(_lines().where(Appointment.id == appointment_id, may_see(viewer_user_id)))


def whose_meeting(viewer_user_id: UUID, appointment_id: UUID) -> tuple[UUID, UUID]:
    """(citizen, who holds it) of the same, before anybody's name is read. Raises NotFound."""
    row = db.session.execute(
        sa.select(Appointment.citizen_id, Appointment.caseworker_id)
        .join(Citizen, Citizen.id == Appointment.citizen_id)
        .where(Appointment.id == appointment_id, may_see(viewer_user_id))
    ).first()
    if row is None:
        raise NotFound
    return row.citizen_id, row.caseworker_id


def may_see(viewer_user_id: UUID) -> sa.ColumnElement[bool]:
    """True for meetings she holds, and for those of citizens in her caseload or teams; the
    statement has Citizen in it.
    """
    teams = sa.select(TeamMember.team_id).where(TeamMember.user_id == viewer_user_id)
    own = sa.exists().where(
        Assignment.citizen_id == Citizen.id,
        Assignment.user_id == viewer_user_id,
        Assignment.ended_at.is_(None),
    )
    return sa.or_(Appointment.caseworker_id == viewer_user_id, own, Citizen.team_id.in_(teams))


def list_meetings(citizen_id: UUID, *, limit: int = 40) -> list[MeetingLine]:
    """The citizen's meetings, coming and earlier, the newest first."""
    query = (
        _lines(joinedload)
        .where(Appointment.citizen_id == citizen_id)
        .order_by(Appointment.starts_at.desc(), Appointment.id)
        .limit(limit)
    )
    return [_line(row) for row in db.session.execute(query).unique()]


def find_next_appointment(citizen_id: UUID, now: datetime) -> MeetingLine | None:
    """The citizen's next meeting."""
    row = (
        db.session.execute(_next_appointment(), {"citizen": citizen_id, "now": now})
        .unique()
        .first()
    )
    return _line(row) if row else None


@cache
def _next_appointment() -> Any:
    """One statement, put together once: this stands on the home page."""
    query = _lines(joinedload).where(
        Appointment.citizen_id == sa.bindparam("citizen"), Appointment.status.in_(LIVE)
    )
    return (
        query.where(Appointment.ends_at > sa.bindparam("now"))
        .order_by(Appointment.starts_at, Appointment.id)
        .limit(1)
    )


def count_held(*, since: datetime, until: datetime) -> int:
    """How many meetings were held in that time, in the whole municipality."""
    held = (
        sa.select(sa.func.count())
        .select_from(Appointment)
        .where(
            Appointment.status == AppointmentStatus.HELD,
            Appointment.starts_at >= since,
            Appointment.starts_at < until,
        )
    )
    return db.session.scalar(held) or 0


def list_meetings_of_staff(user_id: UUID, first: date, last: date) -> list[MeetingLine]:
    """A caseworker's meetings from the first to the last Danish day, without cancelled ones, in
    order of time.
    """
    span = {
        "user": user_id,
        "first": contact.start_of(first),
        "end": contact.start_of(last + timedelta(days=1)),
    }
    return [_line(row) for row in db.session.execute(_meetings_of_staff(), span).unique()]


@cache
def _meetings_of_staff() -> Any:
    return (
        _lines(joinedload)
        .where(
            Appointment.caseworker_id == sa.bindparam("user"),
            Appointment.status.not_in(rules.CANCELLED),
            Appointment.starts_at >= sa.bindparam("first"),
            Appointment.starts_at < sa.bindparam("end"),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )


def list_todays_appointments(user_id: UUID, today: date) -> list[MeetingLine]:
    """A caseworker's meetings of one Danish day, each with the citizen's own points."""
    return list_meetings_of_staff(user_id, today, today)


def list_without_outcome(user_id: UUID, now: datetime) -> list[MeetingLine]:
    """Meetings that are over and of which nobody has said yet whether they took place, the oldest
    first.
    """
    query = _lines().where(
        Appointment.caseworker_id == user_id,
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.ends_at <= now,
    )
    return [
        _line(row)
        for row in db.session.execute(
            query.order_by(Appointment.starts_at, Appointment.id).limit(50)
        )
    ]


def count_without_outcome(user_id: UUID, now: datetime) -> int:
    """How many that list has."""
    return db.session.scalar(_without_outcome(), {"user": user_id, "now": now}) or 0


@cache
def _without_outcome() -> Any:
    query = (
        sa.select(sa.func.count())
        .select_from(Appointment)
        .where(Appointment.caseworker_id == sa.bindparam("user"))
    )
    return query.where(
        Appointment.status == AppointmentStatus.BOOKED, Appointment.ends_at <= sa.bindparam("now")
    )


def list_coming(citizen_id: UUID, kind: str, now: datetime) -> list[MeetingLine]:
    """The citizen's coming meetings of that kind, the next one first."""
    query = _lines().where(
        Appointment.citizen_id == citizen_id,
        Appointment.kind == kind,
        Appointment.status.in_(LIVE),
        Appointment.ends_at > now,
    )
    ordered = query.order_by(Appointment.starts_at, Appointment.id)
    return [_line(row) for row in db.session.execute(ordered)]


def count_coming(citizen_id: UUID, kind: str, now: datetime) -> int:
    """How many that list has."""
    query = sa.select(sa.func.count(Appointment.id)).where(
        Appointment.citizen_id == citizen_id,
        Appointment.kind == kind,
        Appointment.status.in_(LIVE),
        Appointment.ends_at > now,
    )
    return db.session.scalar(query) or 0


def count_coming_of(citizen_ids: Iterable[UUID], now: datetime) -> int:
    """How many meetings of any kind these citizens have before them, with somebody who is still here."""
    query = (
        sa.select(sa.func.count(Appointment.id))
        .join(User, User.id == Appointment.caseworker_id)
        .where(
            Appointment.citizen_id.in_(list(citizen_ids)),
            Appointment.status.in_(LIVE),
            Appointment.ends_at > now,
            User.disabled_at.is_(None),
        )
    )
    return db.session.scalar(query) or 0


def find_by_need(citizen_id: UUID, need_id: UUID) -> UUID | None:
    """The coming meeting that an invitation led to."""
    query = sa.select(Appointment.id).where(
        Appointment.citizen_id == citizen_id,
        Appointment.need_id == need_id,
        Appointment.status.in_(LIVE),
    )
    return db.session.scalar(query)


def find_by_request_key(citizen_id: UUID, request_key: str | None) -> Appointment | None:
    """What the same form has booked already."""
    if not request_key:
        return None
    return db.session.scalar(
        sa.select(Appointment).where(
            Appointment.request_key == request_key, Appointment.citizen_id == citizen_id
        )
    )


def get_appointment_to_change(appointment_id: UUID) -> Appointment:
    """The row, held until the end of the transaction. Raises NotFound."""
    found = db.session.scalar(
        sa.select(Appointment).where(Appointment.id == appointment_id).with_for_update()
    )
    if found is None:
        raise NotFound
    return found


# --- the citizen's own points
# ------------------------------------------------------------------------------


def list_waiting_points(owner_id: UUID | None) -> list[PointLine]:
    """The owner's points that wait for her next meeting, in the order she wrote them."""
    query = sa.select(AgendaPoint).where(
        AgendaPoint.owner_id == owner_id, AgendaPoint.appointment_id.is_(None)
    )
    return [
        PointLine(point.id, point.text)
        for point in db.session.scalars(query.order_by(AgendaPoint.created_at, AgendaPoint.id))
    ]


def get_point(owner_id: UUID, point_id: UUID) -> PointLine:
    """A point of this owner; anybody else's is NotFound."""
    point = db.session.scalar(
        sa.select(AgendaPoint).where(AgendaPoint.id == point_id, AgendaPoint.owner_id == owner_id)
    )
    if point is None:
        raise NotFound
    return PointLine(point.id, point.text)


# --- windows, absences, free times
# ------------------------------------------------------------------------------


# --- everything
# ------------------------------------------------------------------------------


def everything_about_owner(owner_id: UUID) -> dict[str, Any]:
    """The owner's points for meetings."""
    points = db.session.scalars(
        sa.select(AgendaPoint)
        .where(AgendaPoint.owner_id == owner_id)
        .order_by(AgendaPoint.created_at, AgendaPoint.id)
    )
    return {
        "meeting_points": [
            {
                "text": point.text,
                "for_meeting": str(point.appointment_id) if point.appointment_id else None,
            }
            for point in points
        ]
    }


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """Meetings with their history, and looks for times that found none."""
    meetings = db.session.scalars(
        sa.select(Appointment)
        .where(Appointment.citizen_id == citizen_id)
        .order_by(Appointment.starts_at, Appointment.id)
    )
    ids = sa.select(Appointment.id).where(Appointment.citizen_id == citizen_id)
    changes = db.session.scalars(
        sa.select(AppointmentHistory)
        .where(AppointmentHistory.appointment_id.in_(ids))
        .order_by(AppointmentHistory.at)
    )
    searches = db.session.scalars(
        sa.select(SlotSearch)
        .where(SlotSearch.citizen_id == citizen_id)
        .order_by(SlotSearch.at, SlotSearch.id)
    )
    fields = (
        "kind form location starts_at ends_at status sequence interpreter_language "
        "has_companion access_needs phone survey_open"
    )
    return {
        "meetings": [{"id": str(row.id), **_plain(row, fields)} for row in meetings],
        "meeting_changes": [
            {
                "meeting": str(row.appointment_id),
                **_plain(row, "at by_role from_status to_status from_starts_at to_starts_at why"),
            }
            for row in changes
        ],
        "looks_for_times": [_plain(row, "at kind form deadline_on found") for row in searches],
    }


def _plain(row: Any, names: str) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names.split()}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
    }


def find_owner_id(citizen_id: UUID) -> UUID | None:
    """The owner of the citizen's own points."""
    return db.session.scalar(sa.select(Owner.id).where(Owner.citizen_id == citizen_id))

"""The citizen's own points for a meeting: written by her, shown to the caseworker before and at the
meeting.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking.models import AgendaPoint, Appointment
from jobunivers.booking.types import AppointmentStatus
from jobunivers.extensions import db
from jobunivers.identity.models import Owner
from jobunivers.shared.errors import Conflict, NotFound

MOST_POINTS = 20


def add_point(
    owner_id: UUID, text: str, *, appointment_id: UUID | None, source: str = ""
) -> AgendaPoint:
    """A new point for that meeting, or for the next one. The same words twice are one point. Raises
    Conflict past twenty.
    """
    points = _points(owner_id, appointment_id)
    if same := [point for point in points if point.text == text]:
        return same[0]
    if len(points) >= MOST_POINTS:
        raise Conflict
    point = AgendaPoint(owner_id=owner_id, appointment_id=appointment_id, text=text, source=source)
    db.session.add(point)
    db.session.flush()
    return point


def add_to_next(owner_id: UUID, text: str, *, now: datetime) -> UUID | None:
    """A point for the meeting that comes next; without one it waits. Returns the meeting. Raises
    Conflict past twenty.
    """
    meeting_id = _next_meeting(owner_id, now)
    add_point(owner_id, text, appointment_id=meeting_id)
    return meeting_id


def change_point(owner_id: UUID, point_id: UUID, text: str) -> None:
    """Other words; no words remove the point. Somebody else's is NotFound."""
    point = db.session.scalar(
        sa.select(AgendaPoint).where(AgendaPoint.id == point_id, AgendaPoint.owner_id == owner_id)
    )
    if point is None:
        raise NotFound
    if text:
        point.text = text
    else:
        db.session.delete(point)
    db.session.flush()


def _points(owner_id: UUID, appointment_id: UUID | None) -> list[AgendaPoint]:
    where = (
        AgendaPoint.appointment_id == appointment_id
        if appointment_id
        else AgendaPoint.appointment_id.is_(None)
    )
    return list(
        db.session.scalars(
            sa.select(AgendaPoint)
            .where(AgendaPoint.owner_id == owner_id, where)
            .order_by(AgendaPoint.created_at, AgendaPoint.id)
        )
    )


def _of_source(owner_id: UUID, source: str) -> sa.Select[AgendaPoint]:
    """Points of an exercise that are still to be talked about: waiting, or of a meeting that is
    booked.
    """
    booked = sa.exists().where(
        Appointment.id == AgendaPoint.appointment_id, Appointment.status == AppointmentStatus.BOOKED
    )
    is_ahead = sa.or_(AgendaPoint.appointment_id.is_(None), booked)
    return (
        sa.select(AgendaPoint)
        .where(AgendaPoint.owner_id == owner_id, AgendaPoint.source == source, is_ahead)
        .order_by(AgendaPoint.created_at, AgendaPoint.id)
    )


def lines_of(owner_id: UUID, source: str) -> list[str]:
    """The texts of an exercise's points."""
    return [point.text for point in db.session.scalars(_of_source(owner_id, source))]


def replace_lines(owner_id: UUID, lines: list[str], *, source: str, now: datetime) -> None:
    """The exercise's points are now these lines, for the meeting that comes next if one is booked."""
    old = list(db.session.scalars(_of_source(owner_id, source)))
    for point, line in zip(old, lines, strict=False):
        point.text = line
    for point in old[len(lines) :]:
        db.session.delete(point)
    meeting_id = _next_meeting(owner_id, now)
    for line in lines[len(old) :]:
        db.session.add(
            AgendaPoint(owner_id=owner_id, appointment_id=meeting_id, text=line, source=source)
        )
        db.session.flush()  # one by one, so that they keep their order


def _next_meeting(owner_id: UUID, now: datetime) -> UUID | None:
    query = sa.select(Appointment.id).join(Owner, Owner.citizen_id == Appointment.citizen_id)
    coming = query.where(
        Owner.id == owner_id,
        Appointment.status == AppointmentStatus.BOOKED,
        Appointment.starts_at > now,
    )
    return db.session.scalar(coming.order_by(Appointment.starts_at, Appointment.id).limit(1))


def adopt(from_owner_id: UUID, to_owner_id: UUID, *, now: datetime) -> None:
    """A draft's points become the citizen's; a point she already has is not doubled."""
    meeting_id = _next_meeting(to_owner_id, now)
    mine = {point.text for point in _points(to_owner_id, meeting_id)}
    for point in db.session.scalars(
        sa.select(AgendaPoint)
        .where(AgendaPoint.owner_id == from_owner_id)
        .order_by(AgendaPoint.created_at)
    ):
        if point.text in mine:
            db.session.delete(point)
        else:
            point.owner_id, point.appointment_id = to_owner_id, meeting_id
    db.session.flush()

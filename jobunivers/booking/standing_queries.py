"""Meetings that stand where they cannot be held: on a day to be closed, or while their host is away
or gone. Closing days and absences ask here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking.models import Appointment
from jobunivers.booking.queries import LIVE, may_see
from jobunivers.booking.types import Form
from jobunivers.caseload.models import Absence, Citizen
from jobunivers.extensions import db
from jobunivers.identity.models import User


@dataclass(frozen=True)
class Standing:
    """A meeting that stands in the way. Who the citizen is stays with those who may see her
    (`is_mine`).
    """

    id: UUID
    citizen_id: UUID
    host_id: UUID
    host_name: str
    form: Form
    location: str | None
    starts_at: datetime
    ends_at: datetime
    is_mine: bool


def list_standing(
    *,
    viewer_id: UUID,
    after: datetime,
    first: datetime | None = None,
    end: datetime | None = None,
    location: str = "",
    host_id: UUID | None = None,
) -> list[Standing]:
    """Meetings that are not over at `after`, touch the time from `first` to `end`, are at that place
    and with that host, each where it is given; in order of time.
    """
    query = _standing(may_see(viewer_id), after)
    if first is not None:
        query = query.where(Appointment.ends_at > first)
    if end is not None:
        query = query.where(Appointment.starts_at < end)
    if location:
        query = query.where(Appointment.location == location)
    if host_id is not None:
        query = query.where(Appointment.caseworker_id == host_id)
    ordered = query.order_by(Appointment.starts_at, Appointment.id)
    return [Standing(*row) for row in db.session.execute(ordered)]


def list_without_host(now: datetime) -> list[tuple[Standing, bool]]:
    """Coming meetings of everybody who is away then, or has left (True), in order of time."""
    is_away = sa.exists().where(
        Absence.user_id == Appointment.caseworker_id,
        Absence.starts_at < Appointment.ends_at,
        Absence.ends_at > Appointment.starts_at,
    )
    has_left = User.disabled_at.is_not(None)
    query = _standing(sa.false(), now).add_columns(has_left).where(sa.or_(has_left, is_away))
    ordered = query.order_by(Appointment.starts_at, Appointment.id)
    return [(Standing(*row[:-1]), bool(row[-1])) for row in db.session.execute(ordered)]


def _standing(
    is_mine: sa.ColumnElement[bool], after: datetime
) -> "sa.Select[UUID, UUID, UUID, str, Form, str | None, datetime, datetime, bool]":
    return (
        sa.select(
            Appointment.id,
            Appointment.citizen_id,
            Appointment.caseworker_id,
            User.name,
            Appointment.form,
            Appointment.location,
            Appointment.starts_at,
            Appointment.ends_at,
            is_mine,
        )
        .join(User, User.id == Appointment.caseworker_id)
        .join(Citizen, Citizen.id == Appointment.citizen_id)
        .where(Appointment.status.in_(LIVE), Appointment.ends_at > after)
    )

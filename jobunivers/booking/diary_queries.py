"""Diaries of staff: when they can be booked, when they are away, and what is taken."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import rules
from jobunivers.booking.models import (
    Appointment,
    OpeningWindow,
    SlotSearch,
)
from jobunivers.booking.queries import LIVE
from jobunivers.booking.types import (
    Busy,
    Diary,
    Form,
    Hosts,
    Place,
    Window,
    Wish,
)
from jobunivers.caseload.models import Absence, Assignment, Citizen, TeamMember
from jobunivers.contact import queries as contact
from jobunivers.extensions import db
from jobunivers.identity.models import User, UserGrant
from jobunivers.identity.types import Grant
from jobunivers.shared.errors import NotFound
from jobunivers.shared.profile import MeetingKind

AROUND = timedelta(hours=12)  # no meeting is longer


def list_windows(user_id: UUID, today: date) -> list[OpeningWindow]:
    """A caseworker's windows that are in force or to come, by weekday and time."""
    query = sa.select(OpeningWindow).where(
        OpeningWindow.user_id == user_id,
        sa.or_(OpeningWindow.valid_to.is_(None), OpeningWindow.valid_to >= today),
    )
    return list(
        db.session.scalars(
            query.order_by(OpeningWindow.weekday, OpeningWindow.starts_minute, OpeningWindow.id)
        )
    )


def get_window(user_id: UUID, window_id: UUID) -> OpeningWindow:
    """A window of this caseworker; anybody else's is NotFound."""
    found = db.session.scalar(
        sa.select(OpeningWindow).where(
            OpeningWindow.id == window_id, OpeningWindow.user_id == user_id
        )
    )
    if found is None:
        raise NotFound
    return found


def read_hosts(citizen_id: UUID, kind: MeetingKind) -> Hosts:
    """Who could hold such a meeting: her own caseworker, then colleagues of her team; for a kind
    that demands a right, whoever has it.
    """
    is_own = (
        sa.exists()
        .where(
            Assignment.citizen_id == Citizen.id,
            Assignment.user_id == User.id,
            Assignment.ended_at.is_(None),
        )
        .correlate(Citizen, User)
    )
    right = Grant(kind.requires_grant) if kind.requires_grant else Grant.CASEWORKER
    able: sa.ColumnElement[bool] = (
        sa.exists().where(UserGrant.user_id == User.id, UserGrant.grant == right).correlate(User)
    )
    if not kind.requires_grant:
        in_team = (
            sa.exists()
            .where(TeamMember.user_id == User.id, TeamMember.team_id == Citizen.team_id)
            .correlate(Citizen, User)
        )
        able = sa.and_(able, sa.or_(in_team, is_own))
    query = (
        sa.select(
            User.id,
            User.name,
            is_own.label("is_own"),
            Citizen.interpreter_language,
            Citizen.phone,
            Citizen.access_needs,
        )
        .select_from(Citizen)
        .outerjoin(User, sa.and_(User.disabled_at.is_(None), able))
        .where(Citizen.id == citizen_id)
        .order_by(User.name, User.id)
    )
    rows = db.session.execute(query).all()
    if not rows:
        raise NotFound
    staff = [row for row in rows if row.id is not None]
    return Hosts(
        own=tuple(row.id for row in staff if row.is_own),
        others=tuple(row.id for row in staff if not row.is_own),
        names={row.id: row.name for row in staff},
        interpreter_language=rows[0].interpreter_language,
        phone=rows[0].phone or "",
        access_needs=rows[0].access_needs or "",
    )


def read_diary(
    citizen_id: UUID,
    hosts: Sequence[UUID],
    wish: Wish,
    *,
    places: dict[str, Place],
    kinds: Iterable[MeetingKind],
    without: UUID | None = None,
) -> Diary:
    """Windows, absences, closed days and everything booked that could stand in the way. `without`
    is the meeting that is being moved.
    """
    first, last = (
        moment.astimezone(rules.COPENHAGEN).date() for moment in (wish.earliest_at, wish.latest_at)
    )
    windows = sa.select(OpeningWindow).where(
        OpeningWindow.user_id.in_(hosts), OpeningWindow.valid_from <= last
    )
    windows = windows.where(
        sa.or_(OpeningWindow.valid_to.is_(None), OpeningWindow.valid_to >= first)
    ).order_by(OpeningWindow.starts_minute, OpeningWindow.id)
    busy, citizen_busy, room_busy = _taken(citizen_id, hosts, wish, kinds, places, without)
    absences = sa.select(Absence).where(
        Absence.user_id.in_(hosts),
        Absence.ends_at > wish.earliest_at,
        Absence.starts_at < contact.start_of(last + timedelta(days=1)),
    )
    closed = contact.closed_between(first, last)
    absent: dict[UUID, tuple[Busy, ...]] = {}
    for absence in db.session.scalars(absences.order_by(Absence.starts_at)):
        absent[absence.user_id] = (
            *absent.get(absence.user_id, ()),
            Busy(absence.starts_at, absence.ends_at),
        )
    return Diary(
        hosts=tuple(hosts),
        windows=tuple(_window(row) for row in db.session.scalars(windows)),
        busy=busy,
        absent=absent,
        citizen_busy=citizen_busy,
        room_busy=room_busy,
        places=places,
        closed=closed.days,
        closed_places=closed.places,
    )


def _window(row: OpeningWindow) -> Window:
    return Window(
        row.user_id,
        row.weekday,
        row.starts_minute,
        row.ends_minute,
        frozenset(row.forms),
        row.location,
        row.valid_from,
        row.valid_to,
    )


def _taken(
    citizen_id: UUID,
    hosts: Sequence[UUID],
    wish: Wish,
    kinds: Iterable[MeetingKind],
    places: dict[str, Place],
    without: UUID | None,
) -> tuple[dict[UUID, tuple[Busy, ...]], tuple[Busy, ...], dict[str, tuple[Busy, ...]]]:
    """Live meetings of these caseworkers, of the citizen, and in the rooms of the wished form: one
    statement.
    """
    around = {
        kind.code: (timedelta(minutes=kind.before), timedelta(minutes=kind.after)) for kind in kinds
    }
    rooms_of_form = [place.code for place in places.values() if place.form is wish.form]
    concerned = sa.or_(
        Appointment.caseworker_id.in_(hosts),
        Appointment.citizen_id == citizen_id,
        Appointment.location.in_(rooms_of_form),
    )
    columns = (
        Appointment.caseworker_id,
        Appointment.citizen_id,
        Appointment.kind,
        Appointment.location,
        Appointment.starts_at,
        Appointment.ends_at,
    )
    query = sa.select(*columns).where(Appointment.status.in_(LIVE), concerned)
    query = query.where(
        Appointment.starts_at.between(wish.earliest_at - AROUND, wish.latest_at + AROUND)
    )
    if without is not None:
        query = query.where(Appointment.id != without)
    busy: dict[UUID, list[Busy]] = {}
    own: list[Busy] = []
    rooms: dict[str, list[Busy]] = {}
    for meeting in db.session.execute(query.order_by(Appointment.starts_at, Appointment.id)):
        before, after = around.get(meeting.kind, (timedelta(), timedelta()))
        busy.setdefault(meeting.caseworker_id, []).append(
            Busy(meeting.starts_at - before, meeting.ends_at + after)
        )
        if meeting.citizen_id == citizen_id:
            own.append(Busy(meeting.starts_at, meeting.ends_at))
        if meeting.location:
            rooms.setdefault(meeting.location, []).append(Busy(meeting.starts_at, meeting.ends_at))
    return (
        {user: tuple(times) for user, times in busy.items()},
        tuple(own),
        {code: tuple(times) for code, times in rooms.items()},
    )


def has_searched_in_vain(citizen_id: UUID, kind: str, form: Form, since: datetime) -> bool:
    """True when such a look is on record since then."""
    query = sa.exists().where(
        SlotSearch.citizen_id == citizen_id,
        SlotSearch.kind == kind,
        SlotSearch.form == form.value,
        SlotSearch.at >= since,
    )
    return bool(db.session.scalar(sa.select(query)))

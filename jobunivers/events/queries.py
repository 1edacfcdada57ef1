"""Questions about events and who comes."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from jobunivers.events.models import Event, EventSignUp
from jobunivers.events.types import OwnEvent, OwnSignUp
from jobunivers.extensions import db
from jobunivers.shared.errors import NotFound

MOST = 100


def list_events(now: datetime) -> list[Event]:
    """Events that are not over, also cancelled ones, the first to begin first; at most a hundred."""
    return list(
        db.session.scalars(
            sa.select(Event)
            .where(Event.ends_at > now)
            .order_by(Event.starts_at, Event.id)
            .limit(MOST)
        )
    )


def get_event(event_id: UUID) -> Event:
    """An event. Raises NotFound."""
    found = db.session.get(Event, event_id)
    if found is None:
        raise NotFound
    return found


def count_coming() -> dict[UUID, int]:
    """Event -> how many have a seat, for events that somebody signed up for."""
    query = (
        sa.select(EventSignUp.event_id, sa.func.count())
        .where(EventSignUp.has_seat.is_(True))
        .group_by(EventSignUp.event_id)
    )
    return {
        event_id: count
        for event_id, count in db.session.execute(query.order_by(EventSignUp.event_id))
    }


def count_line(event_id: UUID) -> tuple[int, int]:
    """(how many have a seat, how many wait)."""
    query = (
        sa.select(EventSignUp.has_seat, sa.func.count())
        .where(EventSignUp.event_id == event_id)
        .group_by(EventSignUp.has_seat)
    )
    found: dict[bool, int] = {
        bool(has_seat): count
        for has_seat, count in db.session.execute(query.order_by(EventSignUp.has_seat))
    }
    return found.get(True, 0), found.get(False, 0)


def find_sign_up(event_id: UUID, citizen_id: UUID) -> EventSignUp | None:
    """That this citizen comes or waits."""
    return db.session.scalar(
        sa.select(EventSignUp).where(
            EventSignUp.event_id == event_id, EventSignUp.citizen_id == citizen_id
        )
    )


def find_own(event_id: UUID, citizen_id: UUID) -> OwnSignUp | None:
    """The same with how many wait before her."""
    own = find_sign_up(event_id, citizen_id)
    if own is None:
        return None
    before = sa.select(sa.func.count()).where(
        EventSignUp.event_id == event_id,
        EventSignUp.has_seat.is_(False),
        EventSignUp.number < own.number,
    )
    return OwnSignUp(
        own.id, own.has_seat, 0 if own.has_seat else int(db.session.scalar(before) or 0)
    )


def list_sign_ups(event_id: UUID) -> list[EventSignUp]:
    """Everybody in the line, in order."""
    return list(
        db.session.scalars(
            sa.select(EventSignUp)
            .where(EventSignUp.event_id == event_id)
            .order_by(EventSignUp.number)
        )
    )


def find_standing(sign_up_id: UUID) -> tuple[Event, UUID] | None:
    """(event, citizen) of a sign-up that has its seat at an event that takes place."""
    query = sa.select(Event, EventSignUp.citizen_id).join(
        EventSignUp, EventSignUp.event_id == Event.id
    )
    found = db.session.execute(
        query.where(
            EventSignUp.id == sign_up_id,
            EventSignUp.has_seat.is_(True),
            Event.cancelled_at.is_(None),
        )
    ).first()
    return (found[0], found[1]) if found else None


def list_own(citizen_id: UUID, now: datetime) -> list[OwnEvent]:
    """Events to come that she signed up for and that take place."""
    query = (
        sa.select(Event.id, Event.title, Event.starts_at, EventSignUp.has_seat)
        .join(EventSignUp, EventSignUp.event_id == Event.id)
        .where(
            EventSignUp.citizen_id == citizen_id, Event.ends_at > now, Event.cancelled_at.is_(None)
        )
    )
    return [OwnEvent(*row) for row in db.session.execute(query.order_by(Event.starts_at, Event.id))]


def stamp(now: datetime) -> str:
    """Changes whenever the public list does."""
    columns = (
        sa.func.max(Event.changed_at),
        sa.func.min(sa.case((Event.ends_at > now, Event.ends_at))),
    )
    changed, next_end = db.session.execute(sa.select(*columns)).one()
    signed, last = db.session.execute(
        sa.select(sa.func.count(EventSignUp.id), sa.func.max(EventSignUp.created_at))
    ).one()
    return f"{changed}:{next_end}:{signed}:{last}"


def everything_about_citizen(citizen_id: UUID) -> dict[str, Any]:
    """The events she signed up for."""
    query = (
        sa.select(Event.title, Event.starts_at, EventSignUp.has_seat, EventSignUp.created_at)
        .join(EventSignUp, EventSignUp.event_id == Event.id)
        .where(EventSignUp.citizen_id == citizen_id)
    )
    rows = db.session.execute(query.order_by(Event.starts_at, Event.id)).all()
    events = [
        {
            "title": title["da"],
            "starts_at": starts.isoformat(),
            "has_seat": seat,
            "written_at": at.isoformat(),
        }
        for title, starts, seat, at in rows
    ]
    return {"signed_up": events} if events else {}

"""Rows of made-up people, collected and stored many at once, for the synthetic city and the
demonstration's town.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import rules as booking_rules
from jobunivers.booking.models import (
    Appointment,
    AppointmentHistory,
    OccupiedCell,
    OpeningWindow,
    Participant,
)
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.caseload.models import Absence, Assignment, Citizen, Spell, Team, TeamMember
from jobunivers.contact.models import Exemption, Need, Task
from jobunivers.extensions import db
from jobunivers.identity.models import Owner, User, UserGrant
from jobunivers.messages.models import Message
from jobunivers.screening.models import Answer, Flag, Review, Screening
from jobunivers.shared import clock
from jobunivers.shared.db import Base

AROUND = 5  # minutes of a caseworker before and after a meeting


@dataclass
class City:
    """The state of the making: random numbers, staff, used times, and rows that wait to be stored."""

    random: Random
    now: datetime
    staff: list[UUID] = field(default_factory=list)
    teams: list[UUID] = field(default_factory=list)
    used: set[tuple[int, date, int]] = field(default_factory=set)
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return clock.danish_day(self.now)

    def new_id(self) -> UUID:
        """A random id that the seed decides."""
        return UUID(int=self.random.getrandbits(128), version=4)

    def add(self, model: type[Base], **values: Any) -> UUID:
        """A row to be stored; its id."""
        values["id"] = row_id = self.new_id()
        values.setdefault("created_at", self.now)
        self.rows.setdefault(model, []).append(values)
        return row_id

    def add_meeting(
        self,
        citizen_id: UUID,
        user_id: UUID,
        starts_at: datetime,
        ends_at: datetime,
        status: AppointmentStatus,
        *,
        form: Form,
        kind: str = "follow-up",
    ) -> UUID:
        """A meeting with who takes part and its history; what is to come takes its time. Its id."""
        meeting_id = self.add(
            Appointment,
            citizen_id=citizen_id,
            caseworker_id=user_id,
            kind=kind,
            form=form,
            location=None,
            starts_at=starts_at,
            ends_at=ends_at,
            status=status,
            sequence=0,
        )
        for role, staff, citizen in (
            ("caseworker", user_id, None),
            ("citizen", None, citizen_id),
        ):
            self.add(
                Participant,
                appointment_id=meeting_id,
                role=role,
                user_id=staff,
                citizen_id=citizen,
            )
        booked_at = min(self.now, starts_at - timedelta(days=7))
        for at, before, after in _history(status, booked_at, ends_at):
            self.add(
                AppointmentHistory,
                appointment_id=meeting_id,
                at=at,
                by_role="caseworker",
                from_status=before,
                to_status=after,
                to_starts_at=starts_at,
            )
        if status is AppointmentStatus.BOOKED:
            room = timedelta(minutes=AROUND)
            for resource, first, last in (
                (f"user:{user_id}", starts_at - room, ends_at + room),
                (f"citizen:{citizen_id}", starts_at, ends_at),
            ):
                for cell in booking_rules.cells(first, last):
                    self.add(OccupiedCell, resource=resource, cell=cell, appointment_id=meeting_id)
        return meeting_id

    def store(self) -> dict[str, int]:
        """Stores the rows that wait, in the caller's transaction; how many each table got."""
        counts = {}
        for model in ORDER:
            if rows := self.rows.pop(model, []):
                db.session.execute(sa.insert(cast(sa.Table, model.__table__)), rows)
                counts[model.__tablename__] = len(rows)
        return counts

    def pick(self, shares: dict[Any, float]) -> Any:
        """One of the keys by its share."""
        return self.random.choices(list(shares), list(shares.values()))[0]


ORDER: tuple[type[Base], ...] = (
    Team,
    Citizen,
    User,
    UserGrant,
    TeamMember,
    OpeningWindow,
    Spell,
    Assignment,
    Owner,
    Absence,
    Exemption,
    Message,
    Screening,
    Answer,
    Flag,
    Review,
    Need,
    Task,
    Appointment,
    Participant,
    AppointmentHistory,
    OccupiedCell,
)


def _history(
    status: AppointmentStatus, booked_at: datetime, ended_at: datetime
) -> Iterator[tuple[datetime, AppointmentStatus | None, AppointmentStatus]]:
    yield booked_at, None, AppointmentStatus.BOOKED
    if status is not AppointmentStatus.BOOKED:
        yield ended_at, AppointmentStatus.BOOKED, status

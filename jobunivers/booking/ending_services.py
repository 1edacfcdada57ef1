"""What becomes of coming meetings when a spell ends, and when that is taken back."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.booking import offer_queries as offers
from jobunivers.booking import services
from jobunivers.booking.models import Appointment, AppointmentHistory
from jobunivers.booking.queries import LIVE
from jobunivers.booking.types import Actor, AppointmentStatus, Choice, Slot
from jobunivers.caseload.types import Outcome, SpellEnd, Undoing
from jobunivers.contact import course_services
from jobunivers.contact import services as contact
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.messages import services as messages
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import Conflict


def _actor(user_id: UUID | None) -> Actor:
    return Actor(user_id, "caseworker" if user_id else "system")


def spell_ended(end: SpellEnd) -> None:
    """Cancels what is to come, but for meetings to be kept; their times are free at once. After a
    death nobody is told, and nothing that waits is sent.
    """
    coming = sa.select(Appointment.id).where(
        Appointment.citizen_id == end.citizen_id,
        Appointment.status.in_(LIVE),
        Appointment.starts_at > end.now,
    )
    for meeting_id in db.session.scalars(coming.order_by(Appointment.starts_at, Appointment.id)):
        if end.is_death or meeting_id not in end.keep:
            services.cancel(
                meeting_id, by=_actor(end.by_user_id), now=end.now, is_silent=end.is_death
            )
    course_services.end_course(end.citizen_id, now=end.now)
    if end.is_death:
        messages.withdraw_unsent(end.citizen_id)


def end_undone(undoing: Undoing, by_user_id: UUID, now: datetime) -> None:
    """Invitations and tasks are open again, meetings stand again where their time is still free;
    for the others a person finds a new one.
    """
    course_services.resume_course(undoing.citizen_id, ended_at=undoing.ended_at)
    query = (
        sa.select(Appointment)
        .join(AppointmentHistory, AppointmentHistory.appointment_id == Appointment.id)
        .where(
            Appointment.citizen_id == undoing.citizen_id,
            Appointment.status == AppointmentStatus.CANCELLED_BY_OFFICE,
            AppointmentHistory.to_status == AppointmentStatus.CANCELLED_BY_OFFICE,
            AppointmentHistory.at == undoing.ended_at,
            Appointment.starts_at > now,
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    for meeting in db.session.scalars(query).unique().all():
        try:
            services.stand_again(
                meeting,
                _choice(meeting),
                by=_actor(by_user_id),
                now=now,
                is_silent=undoing.outcome is Outcome.DEATH,
            )
        except Conflict:
            contact.ask_staff(
                meeting.citizen_id,
                what=TaskKind.FIND_ANOTHER_TIME,
                now=now,
                key=f"undone:{meeting.id}",
            )


def _choice(meeting: Appointment) -> Choice:
    """The time as it was taken when it was booked."""
    kind, place = (
        current_profile().kind_or_like(meeting.kind),
        offers.places().get(meeting.location or ""),
    )
    slot = Slot(
        meeting.starts_at, meeting.ends_at, meeting.caseworker_id, meeting.form, meeting.location
    )
    rooms = place.rooms if place else 0
    return Choice(meeting.kind, slot, kind.before, kind.after, rooms=rooms)

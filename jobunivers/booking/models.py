"""When caseworkers offer time, what is booked, and the cells that make a double booking impossible."""

from datetime import date, datetime
from secrets import token_urlsafe
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.shared.db import Base, enum_type


class OpeningWindow(Base):
    """A weekly time (Danish wall clock, minutes after midnight) in which a caseworker offers
    meetings of these forms.
    """

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int]  # Monday = 0
    starts_minute: Mapped[int]
    ends_minute: Mapped[int]
    forms: Mapped[list[str]]
    location: Mapped[str | None]  # code of the profile's location, for office and library
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


LINK_CODE_BYTES = 9  # twelve signs: nobody guesses one of 2^72


class Appointment(Base):
    """A meeting between a citizen and the municipality. `sequence` rises with every change
    (calendar files).
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    caseworker_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id"))
    kind: Mapped[str]
    form: Mapped[Form] = mapped_column(enum_type(Form))
    location: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[AppointmentStatus] = mapped_column(
        enum_type(AppointmentStatus), default=AppointmentStatus.BOOKED
    )
    sequence: Mapped[int] = mapped_column(default=0)
    interpreter_language: Mapped[str | None]
    has_companion: Mapped[bool] = mapped_column(default=False)
    access_needs: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")  # the number to call, for this meeting
    video_url: Mapped[str] = mapped_column(default="")  # the caseworker's link to the video room
    need_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("need.id", ondelete="SET NULL"))
    survey_open: Mapped[
        bool | None
    ]  # None: not asked how it was; False: answered, declined or too late, which is not told apart
    booked_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    request_key: Mapped[str | None] = mapped_column(
        unique=True
    )  # the same form sent twice books once
    link_code: Mapped[str | None] = mapped_column(
        unique=True, default=lambda: token_urlsafe(LINK_CODE_BYTES)
    )  # opens the meeting from an SMS, where the signed link is too long
    participants: Mapped[list["Participant"]] = relationship(cascade="all, delete-orphan")
    points: Mapped[list["AgendaPoint"]] = relationship(order_by="AgendaPoint.created_at")
    history: Mapped[list["AppointmentHistory"]] = relationship(
        order_by="AppointmentHistory.at", cascade="all, delete-orphan"
    )
    __table_args__ = (
        sa.Index("ix_appointment_caseworker_id_starts_at", "caseworker_id", "starts_at"),
        sa.Index(
            "ix_appointment_caseworker_id_status_ends_at", "caseworker_id", "status", "ends_at"
        ),
        sa.Index("ix_appointment_starts_at", "starts_at"),
        sa.Index(  # one meeting for one invitation, also when two windows book at once
            "uq_appointment_need_id_live",
            "need_id",
            unique=True,
            sqlite_where=sa.text("status IN ('booked', 'requested')"),
            postgresql_where=sa.text("status IN ('booked', 'requested')"),
        ),
    )


class Participant(Base):
    """Everybody at the meeting, from the first migration on: group and joint meetings need no
    change of table.
    """

    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointment.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[str]  # citizen, caseworker, interpreter, companion, a-kasse
    user_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    citizen_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )


class AppointmentHistory(Base):
    """Every change of a meeting: who, when, from, to, why."""

    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointment.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    by_user_id: Mapped[UUID | None]
    by_role: Mapped[str]
    from_status: Mapped[AppointmentStatus | None] = mapped_column(enum_type(AppointmentStatus))
    to_status: Mapped[AppointmentStatus] = mapped_column(enum_type(AppointmentStatus))
    from_starts_at: Mapped[datetime | None]
    to_starts_at: Mapped[datetime]
    why: Mapped[str] = mapped_column(default="")


class OccupiedCell(Base):
    """Five minutes of a resource ("user:<id>", "citizen:<id>", "room:<location>:<n>"), unique: the
    guard both engines have. Future only.
    """

    resource: Mapped[str]
    cell: Mapped[int]  # epoch seconds // 300
    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointment.id", ondelete="CASCADE"), index=True
    )
    __table_args__ = (
        sa.UniqueConstraint("resource", "cell"),
        sa.Index("ix_occupied_cell_cell", "cell"),
    )


class AgendaPoint(Base):
    """The citizen's own point for a meeting. Without an appointment it waits for the next one;
    owned so that a draft can come along.
    """

    owner_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("owner.id", ondelete="CASCADE"), index=True
    )
    appointment_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("appointment.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str]
    source: Mapped[str] = mapped_column(
        default=""
    )  # exercise key, so that an exercise rewrites only its own points


class MeetingJob(Base):
    """An open job that a caseworker lays on the table for a meeting."""

    appointment_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("appointment.id", ondelete="CASCADE")
    )
    vacancy_id: Mapped[UUID] = mapped_column(sa.ForeignKey("vacancy.id", ondelete="CASCADE"))
    by_user_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user.id", ondelete="SET NULL"))
    __table_args__ = (sa.UniqueConstraint("appointment_id", "vacancy_id"),)


class SlotSearch(Base):
    """A look for free times that found none before the deadline: evidence in the citizen's favour."""

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    kind: Mapped[str]
    form: Mapped[str]
    deadline_on: Mapped[date | None]
    found: Mapped[int]


class SurveyCount(Base):
    """How often an answer was given after meetings. No person, no meeting, no moment: an answer
    adds one, and nothing else is kept of it.
    """

    created_at = None  # type: ignore[assignment]  # the first answer's moment would tell whose it was
    team: Mapped[str]  # the team's id; "" for people without one
    kind: Mapped[str]  # "" for kinds that only a few people hold
    form: Mapped[Form] = mapped_column(enum_type(Form))
    month: Mapped[str]  # 2026-11, of answering: a month that is over does not change any more
    question: Mapped[str]
    answer: Mapped[str]
    count: Mapped[int]
    __table_args__ = (
        sa.UniqueConstraint("team", "kind", "form", "month", "question", "answer"),
        {"sqlite_with_rowid": False},  # no order of arrival
    )


class SurveyLine(Base):
    """A line somebody wrote after a meeting, with nothing that leads to her."""

    created_at = None  # type: ignore[assignment]
    team: Mapped[str]
    month: Mapped[str]
    text: Mapped[str]
    __table_args__ = ({"sqlite_with_rowid": False},)

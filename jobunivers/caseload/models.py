"""Citizens, their spells out of work, teams, and who is whose caseworker."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from jobunivers.caseload.rules import name_key
from jobunivers.caseload.types import Answer, AwayFor, WayIn
from jobunivers.messages.types import Channel
from jobunivers.shared.db import Base, enum_type
from jobunivers.shared.seen import PersonName

BYTE_ORDER = sa.String().with_variant(sa.String(collation="C"), "postgresql")


class Team(Base):
    """A group of caseworkers who stand in for each other."""

    name: Mapped[str] = mapped_column(unique=True)
    target_groups: Mapped[list[str]] = mapped_column(
        default=list
    )  # assignment rule: new citizens of these groups come here


class TeamMember(Base):
    """A caseworker's place in a team."""

    team_id: Mapped[UUID] = mapped_column(sa.ForeignKey("team.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    __table_args__ = (sa.UniqueConstraint("team_id", "user_id"),)


class Citizen(Base):
    """A person the municipality is responsible for. She need not have a log-in."""

    name: Mapped[str] = mapped_column(PersonName())
    name_key: Mapped[str] = mapped_column(
        BYTE_ORDER, default="", index=True
    )  # for search and Danish order, the same on both engines
    email: Mapped[str | None]
    phone: Mapped[str | None]
    address: Mapped[str | None]  # for letters on paper
    locale: Mapped[str] = mapped_column(default="da")
    interpreter_language: Mapped[str | None]
    cpr_sealed: Mapped[bytes | None]
    cpr_fingerprint: Mapped[str | None] = mapped_column(unique=True)
    person_uuid: Mapped[str | None] = mapped_column(unique=True)  # the log-in broker's identifier
    team_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("team.id", ondelete="SET NULL"))
    channel: Mapped[Channel] = mapped_column(enum_type(Channel), default=Channel.EMAIL)
    digital_post_exempt: Mapped[bool] = mapped_column(default=False)
    name_protected: Mapped[bool] = mapped_column(default=False)
    access_needs: Mapped[str | None]
    last_seen_at: Mapped[datetime | None]
    spells: Mapped[list["Spell"]] = relationship(
        order_by="Spell.started_on.desc()", cascade="all, delete-orphan"
    )
    # With the id, so that "everybody in my teams" is answered without a look at a single citizen.
    __table_args__ = (sa.Index("ix_citizen_team_id_id", "team_id", "id"),)

    @validates("name")
    def _follow_name(self, _key: str, name: str) -> str:
        self.name_key = name_key(name)
        return name


class Spell(Base):
    """One unbroken period out of work."""

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    started_on: Mapped[date]
    ended_on: Mapped[date | None]
    target_group: Mapped[str]
    outcome: Mapped[
        str | None
    ]  # job, education, sick_leave, parental_leave, pension, moved, death, other
    __table_args__ = (
        sa.Index(
            "uq_spell_open",
            "citizen_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
        sa.Index("ix_spell_started_on", "started_on"),
    )


class Assignment(Base):
    """From when to when a caseworker is a citizen's own."""

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        sa.Index(
            "uq_assignment_open",
            "citizen_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )


class Absence(Base):
    """A time in which a member of staff is away: she offers nothing, and what is hers is done by the
    substitute. Never why in matters of health.
    """

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    reason: Mapped[AwayFor] = mapped_column(enum_type(AwayFor), default=AwayFor.OTHER)
    substitute_id: Mapped[UUID | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="SET NULL")
    )


class CitizenChange(Base):
    """Who changed what of a citizen's master record (contact details, spell, caseworker); codes
    only, no values.
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    by_user_id: Mapped[UUID | None]
    what: Mapped[str]
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)


class WayInWish(Base):
    """Staff wants to open or move a way into a case: in force only when the citizen herself or a
    second member of staff has said yes. What it was about is forgotten once it is answered.
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    way: Mapped[WayIn] = mapped_column(enum_type(WayIn))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str]
    by_user_id: Mapped[UUID | None]
    expires_at: Mapped[datetime]
    answer: Mapped[Answer] = mapped_column(enum_type(Answer), default=Answer.WAITING)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None]
    answered_as: Mapped[str] = mapped_column(default="")  # citizen, old_address, caseworker ...


class NameProtection(Base):
    """Protected name and address was set or lifted, by whom and why. Whether it holds stands on the
    citizen.
    """

    citizen_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("citizen.id", ondelete="CASCADE"), index=True
    )
    is_protected: Mapped[bool]
    reason: Mapped[str]
    by_user_id: Mapped[UUID | None]

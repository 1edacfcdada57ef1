"""What a member of staff sees of one citizen, collected from the features."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.booking import queries as booking
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload import queries as caseload
from jobunivers.caseload import rules
from jobunivers.caseload.forms import interpreter_choices, target_group_choices
from jobunivers.caseload.words import CHANNELS
from jobunivers.contact import exemption_services as exemptions
from jobunivers.contact import queries as contact
from jobunivers.contact.notices import kind_name
from jobunivers.contact.types import ExemptionScope
from jobunivers.contact.words import Task, tasks_in_words
from jobunivers.identity.types import Grant, Viewer
from jobunivers.messages import queries as messages
from jobunivers.portal import desk_pages as desk
from jobunivers.screening import flag_queries
from jobunivers.shared import clock, i18n, vault
from jobunivers.shared.addresses import show_phone

if TYPE_CHECKING:
    from jobunivers.caseload.models import Citizen, Spell


@dataclass(frozen=True)
class Row:
    """One line of a summary."""

    label: str
    value: str


@dataclass(frozen=True)
class Invitation:
    """A meeting the citizen may book, and until when."""

    what: str
    deadline: str


@dataclass(frozen=True)
class CitizenRecord:
    """Everything on the page."""

    citizen_id: UUID
    name: str
    weeks: int | None
    is_open: bool
    last_held_at: datetime | None
    meetings: list[desk.Meeting]
    invitations: list[Invitation]
    flags: list[desk.FlagRow]
    tasks: list[Task]
    unanswered_since: datetime | None
    about: list[Row]
    contact: list[Row]
    is_protected: bool

    @property
    def has_next_contact(self) -> bool:
        return bool(self.meetings or self.invitations or self.tasks)


def read(
    viewer: Viewer, citizen: "Citizen", caseworker: tuple[UUID, str] | None, now: datetime
) -> CitizenRecord:
    """The page's content; the caller has checked that the viewer may see the citizen and has logged
    the look.
    """
    today = clock.danish_day(now)
    spell = next((one for one in citizen.spells if one.ended_on is None), None)
    unanswered = messages.list_unanswered([citizen.id])
    flags = flag_queries.list_open_flags_about(
        viewer.user_id, citizen.id, sees_health=viewer.may(Grant.HEALTH_ANSWERS)
    )
    needs = contact.list_open_needs(citizen.id)
    lines = booking.list_meetings(citizen.id)
    coming = sorted(
        (line for line in lines if line.is_booked and line.ends_at > now),
        key=lambda line: line.starts_at,
    )
    about = [
        *_spell_rows(spell),
        Row(_("Caseworker"), caseworker[1] if caseworker else _("Nobody yet")),
        *_about(citizen),
        *(
            Row(_("Exempt from"), exempt_words(line))
            for line in exemptions.list_in_force(today, citizen_id=citizen.id)
        ),
        *(Row(_("Helper"), helper.name) for helper in caseload.list_helpers(citizen.id)),
    ]
    return CitizenRecord(
        citizen_id=citizen.id,
        name=citizen.name,
        weeks=rules.weeks_out_of_work(spell, today) if spell else None,
        is_open=spell is not None,
        last_held_at=next(
            (line.starts_at for line in lines if line.status is AppointmentStatus.HELD), None
        ),
        meetings=desk.in_words(coming, now),
        invitations=[
            Invitation(
                kind_name(need.kind, i18n.choose_locale()),
                i18n.day(need.deadline_on) if need.deadline_on else "",
            )
            for need in needs
        ],
        flags=[desk.flag_row(row, now) for row in flags],
        tasks=tasks_in_words(contact.list_tasks_about(citizen.id), today),
        unanswered_since=unanswered[0].since if unanswered else None,
        about=about,
        is_protected=citizen.name_protected,
        contact=_contact(citizen) if caseload.reads_contact(viewer.user_id, citizen) else [],
    )


def _spell_rows(spell: "Spell | None") -> list[Row]:
    if spell is None:
        return []
    groups = dict(target_group_choices())
    return [
        Row(_("Target group"), groups.get(spell.target_group, spell.target_group)),
        Row(_("Since"), i18n.day(spell.started_on, year=True)),
    ]


def exempt_words(line: exemptions.ExemptionLine) -> str:
    """From what, and until when."""
    day = i18n.day(line.ends_on, year=True) if line.ends_on else ""
    if line.scope is ExemptionScope.SELF_BOOKING:
        return str(
            _("booking meetings, until %(day)s", day=day)
            if day
            else _("booking meetings, until further notice")
        )
    return str(
        _("meetings, until %(day)s", day=day) if day else _("meetings, until further notice")
    )


def _about(citizen: "Citizen") -> list[Row]:
    interpreters = dict(interpreter_choices())
    rows = [Row(_("Language"), i18n.own_name(citizen.locale))]
    if citizen.interpreter_language:
        rows.append(
            Row(
                _("Interpreter"),
                interpreters.get(citizen.interpreter_language, citizen.interpreter_language),
            )
        )
    if citizen.access_needs:
        rows.append(Row(_("Makes it easier to come"), citizen.access_needs))
    if citizen.cpr_sealed:
        rows.append(Row(_("CPR number"), rules.masked_cpr(vault.unseal(citizen.cpr_sealed))))
    if citizen.last_seen_at:
        rows.append(Row(_("Last seen here"), i18n.day(citizen.last_seen_at)))
    return rows


def _contact(citizen: "Citizen") -> list[Row]:
    rows = [
        Row(label, value)
        for label, value in (
            (_("Phone"), show_phone(citizen.phone)),
            (_("E-mail"), citizen.email),
            (_("Address"), citizen.address),
        )
        if value
    ]
    rows.append(Row(_("Gets news by"), str(CHANNELS[citizen.channel])))
    if citizen.digital_post_exempt:
        rows.append(Row(_("Digital Post"), _("Exempt: letters on paper")))
    return rows

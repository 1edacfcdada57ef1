"""What a member of staff sees of one citizen, collected from the features."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.caseload import queries as caseload
from jobunivers.caseload import rules
from jobunivers.caseload.forms import CHANNELS, interpreter_choices, target_group_choices
from jobunivers.shared import clock, i18n, vault


@dataclass(frozen=True)
class Row:
    """One line of a summary."""

    label: str
    value: str


@dataclass(frozen=True)
class CitizenRecord:
    """Everything on the page."""

    citizen_id: UUID
    name: str
    weeks: int | None
    is_open: bool
    about: list[Row]
    contact: list[Row]


def read(viewer_id: UUID, citizen_id: UUID, now: datetime) -> CitizenRecord:
    """The page's content; the caller has checked that the viewer may see it and has logged the look."""
    citizen = caseload.get_citizen_for(viewer_id, citizen_id)
    spell = caseload.current_spell(citizen_id)
    caseworker = caseload.caseworker_of(citizen_id)
    groups, interpreters = dict(target_group_choices()), dict(interpreter_choices())
    about = [
        Row(_("Caseworker"), caseworker[1] if caseworker else _("Nobody yet")),
        Row(_("Language"), i18n.own_name(citizen.locale)),
    ]
    if spell:
        about.insert(0, Row(_("Target group"), groups.get(spell.target_group, spell.target_group)))
        about.insert(1, Row(_("Out of work since"), i18n.day(spell.started_on, year=True)))
    if citizen.interpreter_language:
        about.append(Row(_("Interpreter"), interpreters.get(citizen.interpreter_language, citizen.interpreter_language)))
    if citizen.access_needs:
        about.append(Row(_("Makes it easier to come"), citizen.access_needs))
    if citizen.cpr_sealed:
        about.append(Row(_("CPR number"), rules.masked_cpr(vault.unseal(citizen.cpr_sealed))))
    for helper in caseload.list_helpers(citizen_id):
        about.append(Row(_("Helper"), helper.name))
    contact = [Row(label, value) for label, value in ((_("Phone"), citizen.phone), (_("E-mail"), citizen.email), (_("Address"), citizen.address)) if value]
    contact.append(Row(_("Is told news by"), str(CHANNELS[citizen.channel])))
    if citizen.digital_post_exempt:
        contact.append(Row(_("Digital Post"), _("Exempt: letters on paper")))
    weeks = rules.weeks_out_of_work(spell, clock.local(now).date()) if spell else None
    return CitizenRecord(citizen_id=citizen.id, name=citizen.name, weeks=weeks, is_open=spell is not None, about=about, contact=contact)

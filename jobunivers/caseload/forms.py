"""Shape and wording of intake, settings and helpers."""

from datetime import date
from typing import Any, Self
from uuid import UUID, uuid4

from babel import Locale
from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

from jobunivers.caseload import rules
from jobunivers.caseload.intake_services import EARLIEST, LATEST
from jobunivers.caseload.types import PICKED_PURPOSES
from jobunivers.caseload.words import CHANNELS, OUTCOMES, PURPOSES, SCOPES
from jobunivers.messages.types import Channel
from jobunivers.shared import clock, i18n
from jobunivers.shared.addresses import show_phone
from jobunivers.shared.editing import VersionedForm, version_of
from jobunivers.shared.forms import (
    LINE,
    SHORT,
    BaseForm,
    PhoneField,
    at_most,
    mail_address,
    one_of_these,
    options,
    required,
)


def language_choices() -> list[tuple[str, str]]:
    """The site's languages, each in its own words."""
    return i18n.language_list(current_app.config["LOCALES"])


def interpreter_choices() -> list[tuple[str, str]]:
    """The profile's interpreter languages by name in the reader's language; '' means none."""
    names = Locale.parse(i18n.choose_locale()).languages
    codes = current_app.config["PROFILE"].languages_of_interpreters
    named = [(code, str(names.get(code, code)).capitalize()) for code in codes]
    return [
        ("", str(_l("No, I do not need an interpreter"))),
        *sorted(named, key=lambda pair: rules.name_key(pair[1])),
    ]


def target_group_choices() -> list[tuple[str, str]]:
    """The profile's legal groups."""
    profile, code = current_app.config["PROFILE"], i18n.choose_locale()
    return [(group.code, profile.text(group.name, code)) for group in profile.target_groups]


def good_cpr(_form: Any, field: Field) -> None:
    """Ten digits beginning with a date."""
    if field.data and not rules.is_plausible_cpr(field.data):
        raise ValidationError(
            str(_l("Please check the CPR number. It has ten digits and begins with a date."))
        )


def good_start(_form: Any, field: Field) -> None:
    """A day within five years back and a month ahead."""
    if field.data and not clock.today() - EARLIEST <= field.data <= clock.today() + LATEST:
        raise ValidationError(str(_l("Please choose a day within the last five years.")))


class IntakeFileForm(BaseForm):
    """A table of citizens; what it holds is read by intake_services."""

    file = FileField(_l("The file"))


class RecordForm(VersionedForm):
    """A part of a citizen's record, which she and staff may change at the same time."""

    def opened_with(self, citizen: Any) -> Self:
        """Remembers what is stored while the form is open."""
        self.version.data = version_of({name: getattr(citizen, name) for name in self.values()})
        return self

    def show_both(self, stored: dict[str, Any]) -> None:
        """Somebody saved something else meanwhile: what is stored stands at each field, what was
        typed stays in it, and sending again keeps it.
        """
        for name, mine in self.values().items():
            if mine != stored[name]:
                self[name].errors = [
                    _(
                        "This was changed in the meantime. Saved now: %(value)s. Save "
                        "again if yours is right.",
                        value=_words(self[name], stored[name]),
                    )
                ]
        self.version.data = version_of(stored)


def _words(field: Field, value: Any) -> str:
    if isinstance(field, PhoneField):
        return show_phone(value) or _("nothing")
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    labels = {option.value: option.label for option in getattr(field, "choices", None) or ()}
    return str(labels.get(value or "", value)) or _("nothing")


class ContactForm(RecordForm):
    """Where a citizen can be reached."""

    email = StringField(_l("E-mail"), [Optional(), at_most(LINE), mail_address])
    phone = PhoneField(_l("Phone"), [Optional(), at_most(40)])
    address = TextAreaField(_l("Address for letters"), [at_most(LINE)])

    def values(self) -> dict[str, Any]:
        """What is stored; empty means none."""
        return {
            "email": self.email.data or None,
            "phone": self.phone.data or None,
            "address": self.address.data or None,
        }


class StaffContactForm(ContactForm):
    """The same, written down by staff: another address in the place of one needs a reason."""

    reason = StringField(_l("Why does the e-mail address change?"), [at_most(LINE)])
    stored_email: str | None = None

    def validate_reason(self, field: Field) -> None:
        """Whoever says yes to it must know why."""
        email = self.email.data
        if self.stored_email and email and email != self.stored_email and not field.data:
            raise ValidationError(
                str(_l("Write why the address changes, for example that she called."))
            )


class ChannelForm(RecordForm):
    """The safe way to tell somebody that there is news."""

    channel = RadioField(
        _l("How may we tell you that there is news?"), choices=[], validators=[one_of_these()]
    )
    digital_post_exempt = BooleanField(_l("I am exempt from Digital Post"))
    known: dict[Channel, str | None] = {}

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.channel.choices = options((channel.value, text) for channel, text in CHANNELS.items())

    def reachable_by(
        self, *, email: str | None, phone: str | None, address: str | None
    ) -> "ChannelForm":
        """Tells the form which ways there are."""
        self.known = {Channel.EMAIL: email, Channel.SMS: phone, Channel.LETTER: address}
        return self

    def validate_channel(self, field: Field) -> None:
        """A way can be chosen only when we know the address or number for it."""
        missing = {
            Channel.EMAIL: _l(
                "We do not have your e-mail address. Write it under “How we reach you” first."
            ),
            Channel.SMS: _l(
                "We do not have your phone number. Write it under “How we reach you” first."
            ),
            Channel.LETTER: _l(
                "We do not have your address. Write it under “How we reach you” first."
            ),
        }
        if field.data in [channel.value for channel, value in self.known.items() if not value]:
            raise ValidationError(str(missing[Channel(field.data)]))

    def values(self) -> dict[str, Any]:
        """What is stored."""
        return {
            "channel": Channel(self.channel.data),
            "digital_post_exempt": self.digital_post_exempt.data,
        }


class MeetingNeedsForm(RecordForm):
    """What a meeting needs to be a good one."""

    interpreter_language = SelectField(_l("Interpreter"), choices=[], validators=[Optional()])
    access_needs = TextAreaField(
        _l("Is there anything that makes it easier for you to come?"), [at_most(LINE)]
    )

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.interpreter_language.choices = options(interpreter_choices())

    def values(self) -> dict[str, Any]:
        """What is stored; empty means none."""
        return {
            "interpreter_language": self.interpreter_language.data or None,
            "access_needs": self.access_needs.data or None,
        }


class LanguageForm(BaseForm):
    """The language of pages, messages and letters."""

    locale = RadioField(_l("Language"), choices=[], validators=[one_of_these()])

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.locale.choices = options(language_choices())


class IntakeForm(ContactForm):
    """A new citizen. `key` becomes her id, so that a form sent twice registers once."""

    key = HiddenField()
    name = StringField(_l("Name"), [required(), at_most(SHORT)])
    cpr = StringField(_l("CPR number"), [Optional(), at_most(20), good_cpr])
    target_group = SelectField(_l("Target group"), choices=[], validators=[one_of_these()])
    started_on = DateField(_l("First day out of work"), [required(), good_start])
    team_id = SelectField(_l("Team"), choices=[], validators=[Optional()])
    locale = SelectField(_l("Language"), choices=[])
    interpreter_language = SelectField(_l("Interpreter"), choices=[], validators=[Optional()])

    def __init__(self, *arguments: Any, teams: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.target_group.choices = options([("", _l("Choose")), *target_group_choices()])
        self.team_id.choices = options([("", _l("By target group")), *teams])
        self.locale.choices = options(language_choices())
        self.interpreter_language.choices = options([("", _l("None")), *interpreter_choices()[1:]])
        self.key.data = self.key.data or str(uuid4())

    def validate_key(self, field: Field) -> None:
        """The hidden id must be one."""
        try:
            UUID(field.data or "")
        except ValueError:
            field.data = str(uuid4())

    def intake(self) -> dict[str, Any]:
        """Arguments of services.register_citizen."""
        return {
            **self.values(),
            "name": self.name.data,
            "cpr": self.cpr.data or None,
            "target_group": self.target_group.data,
            "started_on": self.started_on.data,
            "team_id": UUID(self.team_id.data) if self.team_id.data else None,
            "locale": self.locale.data,
            "interpreter_language": self.interpreter_language.data or None,
            "request_key": UUID(self.key.data or ""),
        }


class EndSpellForm(BaseForm):
    """A period out of work ends."""

    outcome = RadioField(
        _l("Why does it end?"),
        choices=options((outcome.value, text) for outcome, text in OUTCOMES.items()),
        validators=[one_of_these()],
    )
    ended_on = DateField(_l("Last day out of work"), [required()])
    earliest: date | None = None

    def validate_ended_on(self, field: Field) -> None:
        """Not before it began and not in the future."""
        if field.data and (
            (self.earliest and field.data < self.earliest) or field.data > clock.today()
        ):
            raise ValidationError(
                str(_l("The day must be between the first day out of work and today."))
            )


class HelperForm(BaseForm):
    """Somebody who acts for a citizen."""

    name = StringField(_l("Name of the helper"), [required(), at_most(SHORT)])
    email = StringField(_l("E-mail of the helper"), [required(), at_most(LINE), mail_address])
    scope = RadioField(
        _l("What may the helper do?"), choices=options(SCOPES.items()), validators=[one_of_these()]
    )
    valid_to = DateField(_l("Until and including"), [Optional()])
    reason = StringField(
        _l("Why, and how do you know that she wants it?"), [required(), at_most(LINE)]
    )

    def validate_valid_to(self, field: Field) -> None:
        """An end in the past would be no power at all."""
        if field.data and field.data < clock.today():
            raise ValidationError(str(_l("This day is in the past.")))


class EmailLogInForm(BaseForm):
    """Whether a link by e-mail may open the case."""

    is_allowed = BooleanField(_l("She may log in with a link that is sent to this address"))
    why_mail = StringField(_l("Why can she not use MitID?"), [at_most(LINE)])

    def validate_why_mail(self, field: Field) -> None:
        """Whoever says yes to it must know why."""
        if self.is_allowed.data and not field.data:
            raise ValidationError(str(_l("Please fill in this field.")))


class MatchForm(BaseForm):
    """Which citizen a log-in is, and how that is known."""

    citizen_id = HiddenField()
    reason = StringField(_l("How do you know who it is?"), [required(), at_most(LINE)])


class ProtectionForm(BaseForm):
    """Protected name and address, set or lifted by the button that was pressed."""

    wanted = HiddenField()
    reason = StringField(_l("Why?"), [required(), at_most(LINE)])


class PurposeForm(BaseForm):
    """Why a colleague's citizen is opened."""

    because = RadioField(
        _l("Why do you open this page?"),
        choices=options((purpose.value, PURPOSES[purpose]) for purpose in PICKED_PURPOSES),
    )


class TeamForm(BaseForm):
    """A team: its name, who works in it, and whose new cases come to it."""

    name = StringField(_l("Name of the team"), [required(), at_most(SHORT)])
    members = SelectMultipleField(_l("Caseworkers in the team"), choices=[])
    target_groups = SelectMultipleField(_l("New citizens of these groups come here"), choices=[])

    def values(self) -> dict[str, Any]:
        """What `teams.save_team` takes."""
        members = [UUID(member) for member in self.members.data or ()]
        return {
            "name": self.name.data,
            "members": members,
            "target_groups": list(self.target_groups.data or ()),
        }

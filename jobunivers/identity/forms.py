"""Forms of log-in. Passwords are taken as typed: no stripping, no normalising, nothing cut off."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    Form,
    PasswordField,
    RadioField,
    SelectMultipleField,
    StringField,
    ValidationError,
)

from jobunivers.identity import rules
from jobunivers.identity.types import STAFF_GRANTS, Grant, Withheld
from jobunivers.identity.words import GRANT_WORDS, PROBLEMS, WITHHELD_WORDS
from jobunivers.shared.forms import LINE, BaseForm, at_most, mail_address, options, required


class EmailForm(BaseForm):
    """Whom to send the link."""

    email = StringField(
        _l("Your e-mail address"),
        [required(_l("Write your e-mail address.")), at_most(LINE), mail_address],
    )


class PasswordForm(BaseForm):
    """Staff's address and password."""

    email = StringField(
        _l("Work e-mail"), [required(_l("Write your e-mail address.")), at_most(LINE)]
    )
    password = PasswordField(
        _l("Password"), [required(_l("Write your password.")), at_most(rules.PASSWORD_LONGEST)]
    )


class CodeForm(BaseForm):
    """Six digits, or a recovery code."""

    code = StringField(_l("Code"), [required(_l("Write the code.")), at_most(60)])


class NewPasswordForm(BaseForm):
    """A password of one's own; `own_words` are what an attacker would try first."""

    password = PasswordField(_l("New password"), [required(_l("Write a new password."))])

    def __init__(self, *args: Any, own_words: tuple[str, ...] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.own_words = own_words

    def validate_password(self, field: Field) -> None:
        """Long enough, and not easy."""
        problem = rules.password_problem(field.data, own_words=self.own_words)
        if problem:
            raise ValidationError(str(PROBLEMS[problem]))


class ChangePasswordForm(NewPasswordForm):
    """The old one proves who sits here."""

    current = PasswordField(
        _l("Your password now"), [required(_l("Write the password that you have now."))]
    )


def one_role(_form: Form, field: Field) -> None:
    """Single rights alone open no page: a colleague needs a role."""
    if not STAFF_GRANTS & set(field.data or ()):
        raise ValidationError(
            str(_l("Choose at least one role: caseworker, coordinator or administrator."))
        )


class GrantsForm(BaseForm):
    """Roles and rights of a colleague."""

    grants = SelectMultipleField(
        _l("Roles and rights"),
        [one_role],
        choices=options((grant.value, words) for grant, words in GRANT_WORDS.items()),
    )

    def chosen(self) -> list[Grant]:
        """The roles and rights ticked."""
        return [Grant(value) for value in self.grants.data or ()]


class NameForm(BaseForm):
    """How citizens read of a colleague in their log."""

    name_withheld = RadioField(
        _l("How citizens read of this colleague under “Who has looked”"),
        choices=options((code.value, words) for code, words in WITHHELD_WORDS.items()),
        default=Withheld.NOT.value,
    )


class NewStaffForm(GrantsForm):
    """A new colleague."""

    name = StringField(_l("Name"), [required(), at_most(LINE)])
    email = StringField(_l("Work e-mail"), [required(), at_most(LINE), mail_address])

"""The base of all forms: strips text, refuses control characters, speaks the reader's language,
never lets the browser block.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Self

from flask import current_app, request
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from markupsafe import Markup
from wtforms import (
    DateField,
    Field,
    Form,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its type stubs
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from jobunivers.shared import addresses, csrf, i18n
from jobunivers.shared.addresses import AddressProblem, BadAddress, BadNumber
from jobunivers.shared.text import LINE as LINE
from jobunivers.shared.text import LONG as LONG
from jobunivers.shared.text import SHORT as SHORT
from jobunivers.shared.text import clean_line, clean_text
from jobunivers.shared.web import split_address

YEARS = range(1900, 2200)  # weeks and time zones reckon beyond the first and last year of Python


def clean(text: str | None) -> str | None:
    """A text of several lines as `clean_text` makes it; nothing stays nothing."""
    return None if text is None else clean_text(text)


def clean_one_line(text: str | None) -> str | None:
    """A text of one line as `clean_line` makes it; nothing stays nothing."""
    return None if text is None else clean_line(text)


class Translations:
    """WTForms' own few messages in our words; validators below give their own text anyway."""

    def gettext(self, string: str) -> str:
        return (
            str(_l("Please check this field."))
            if string.startswith(("Not a valid", "This field"))
            else string
        )

    def ngettext(self, _singular: str, _plural: str, _number: int) -> str:
        return str(_l("Please choose from the list."))


class BaseForm(Form):
    """All forms inherit from this. `submitted()` is the one question a view asks."""

    class Meta:
        def bind_field(self, form: Form, unbound_field: Any, options: dict[str, Any]) -> Field:
            filters = unbound_field.kwargs.get("filters", [])
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, (HiddenField, PasswordField)):
                is_long = issubclass(kind, TextAreaField)
                filters = [clean if is_long else clean_one_line, *filters]
            bound: Field = unbound_field.bind(form=form, filters=filters, **options)
            return bound

        def get_translations(self, form: Form) -> Translations:
            return Translations()

    @classmethod
    def from_request(cls, **defaults: Any) -> Self:
        """Filled from the posted form; on GET with the defaults."""
        return cls(request.form if request.method == "POST" else None, data=defaults)

    def process(self, *arguments: Any, **more: Any) -> None:
        """As WTForms does; a day that no calendar can reckon with is no day, and a choice that is
        sent twice is one choice.
        """
        super().process(*arguments, **more)
        for field in self:
            if (
                isinstance(field, DateField)
                and isinstance(field.data, date)
                and field.data.year not in YEARS
            ):
                field.data = None
                field.process_errors = [str(_l("Please check this field."))]
            if isinstance(field, SelectMultipleField) and field.data:
                field.data = list(dict.fromkeys(field.data))

    def submitted(self) -> bool:
        """True when this is a post and every field is good."""
        return request.method == "POST" and self.validate()

    def validate(self, *arguments: Any, **more: Any) -> bool:
        """As WTForms does; lazy messages become text here, in the reader's language, because
        templates show text only.
        """
        is_good = super().validate(*arguments, **more)
        for field in self:
            if isinstance(field.errors, list | tuple) and any(
                isinstance(error, LazyString) for error in field.errors
            ):
                field.errors = [
                    str(error) if isinstance(error, LazyString) else error for error in field.errors
                ]
        return is_good

    def hidden_tag(self) -> Markup:
        """The hidden field that proves the form is ours."""
        return csrf_field()


def csrf_field() -> Markup:
    """The hidden token for forms without fields of their own."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(csrf.FIELD, csrf.token())


class Filled(InputRequired):
    """As InputRequired, and a text of nothing but spaces does not count."""

    def __call__(self, form: Any, field: Field) -> None:
        super().__call__(form, field)
        if field.data == "":
            raise StopValidation(self.message or "")


def required(message: Any = None) -> InputRequired:
    """The field must be filled; prints no `required` attribute that would keep our error page away
    (forms are novalidate).
    """
    validator = Filled(message or _l("Please fill in this field."))
    validator.field_flags = {}
    return validator


def at_most(characters: int) -> Length:
    """The text may be this long."""
    validator = Length(max=characters, message=_l("Please write at most %(max)d characters."))
    validator.field_flags = {}
    return validator


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """(value, words) pairs as choices of a radio or select field."""
    return [SelectChoice(value=value, label=label) for value, label in pairs]


def one_of_these(message: Any = None) -> Callable[[Form, Field], None]:
    """For choice fields without a default: one must be picked."""

    def check(_form: Form, field: Field) -> None:
        if not field.data:
            raise ValidationError(str(message or _l("Please choose one.")))

    return check


MAIL_PROBLEMS = {
    AddressProblem.NOT_WHOLE: _l("Write the whole e-mail address, for example anna@example.org."),
    AddressProblem.SEVERAL: _l("Write one e-mail address only."),
    AddressProblem.FOREIGN_LETTERS: _l(
        "We cannot send mail to an address with letters such as æ, ø, å or й before the @. "
        "Write another address, or choose another way."
    ),
}


def mail_address(_form: Form, field: Field) -> None:
    """One address that our mail can reach, as it is stored; nobody is asked whether it exists."""
    if not field.data:
        return
    takes_utf8 = current_app.config["SETTINGS"].takes_utf8_mail
    try:
        field.data = addresses.read_email(field.data, takes_utf8=takes_utf8)
    except BadAddress as bad:
        raise ValidationError(str(MAIL_PROBLEMS[bad.problem])) from None


class PhoneField(StringField):
    """A telephone number: taken as people write it, stored as E.164, shown in groups."""

    def __init__(self, label: Any, validators: list[Any] | None = None, **more: Any) -> None:
        super().__init__(label, [*(validators or []), _phone_number], **more)

    def _value(self) -> str:
        return addresses.show_phone(self.data)


def _phone_number(_form: Form, field: Field) -> None:
    try:
        field.data = addresses.read_phone(field.data) if field.data else field.data
    except BadNumber:
        raise ValidationError(
            str(_l("Please check the phone number. For example 20 30 40 50 or +45 20 30 40 50."))
        ) from None


def https_only() -> Callable[[Form, Field], None]:
    """A link must lead to an https address with a host, and not pretend to be another one."""

    def check(_form: Form, field: Field) -> None:
        url, parts = field.data or "", split_address(field.data)
        is_plain = not any(character in url for character in ' \\"<>') and "@" not in parts.netloc
        if url and not (is_plain and parts.scheme == "https" and "." in parts.netloc):
            raise ValidationError(str(_l("The link must begin with https:// and be whole.")))

    return check


def stamp(moment: datetime) -> str:
    """An instant as a hidden form value."""
    return moment.isoformat()


def in_every_language(
    name: str, kind: type[Field], label: LazyString, *, at_most_signs: int
) -> Callable[[type[BaseForm]], type[BaseForm]]:
    """Gives a form the fields `name_da`, `name_en`, ...: one for each language of the house, before
    its others. The Danish text is a must; whoever reads another language sees it where hers is left
    out.
    """

    def add(form: type[BaseForm]) -> type[BaseForm]:
        for place, code in enumerate(i18n.locales()):
            must = required() if code == i18n.DEFAULT_LOCALE else Optional()
            in_language = _l(
                "%(what)s (%(language)s)", what=label, language=LazyString(i18n.name_of, code)
            )
            field: Any = kind(in_language, [must, at_most(at_most_signs)])
            field.creation_counter = place - BEFORE_OTHERS
            setattr(form, f"{name}_{code}", field)
        return form

    return add


BEFORE_OTHERS = 10**6


def texts_of(form: BaseForm, name: str) -> dict[str, str]:
    """Language -> text of such fields, without those that were left out."""
    found = {code: form[f"{name}_{code}"].data for code in i18n.locales()}
    return {code: text for code, text in found.items() if text}

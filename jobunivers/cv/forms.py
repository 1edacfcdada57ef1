"""What is typed into a CV."""

import re
from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    Field,
    FileField,
    Form,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

from jobunivers.cv import rules
from jobunivers.cv.types import LANGUAGES
from jobunivers.shared.editing import LinesForm, VersionedForm, lines_at_most, lines_of
from jobunivers.shared.forms import LINE, LONG, SHORT, BaseForm, at_most, options, required
from jobunivers.shared.i18n import own_name

MONTH_HELP = _l("Please write a month and a year, like 03-2019, or only the year.")


def _looks_like_mail(_form: Form, field: Field) -> None:
    if field.data and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", field.data):
        raise ValidationError(
            str(_l("Please check the e-mail address: it needs an @ and a dot after it."))
        )


def _looks_like_phone(_form: Form, field: Field) -> None:
    if field.data and not re.fullmatch(r"[\d\s()+./-]{4,25}", field.data):
        raise ValidationError(str(_l("Please check the phone number: figures only.")))


def month() -> Callable[[Form, Field], None]:
    """A month as people type it; see rules.parse_month."""

    def check(_form: Form, field: Field) -> None:
        try:
            rules.parse_month(field.data or "")
        except ValueError:
            raise ValidationError(str(MONTH_HELP)) from None

    return check


def _not_before_start(form: Form, field: Field) -> None:
    try:
        ends, begins = (
            rules.parse_month(field.data or ""),
            rules.parse_month(form["started"].data or ""),
        )
    except ValueError:
        return  # said at the field itself
    if rules.is_before(ends, begins):
        raise ValidationError(str(_l("The end is before the start. Please check both.")))


class HeadForm(VersionedForm):
    """The top of the CV."""

    name = StringField(_l("Your name"), [at_most(SHORT)])
    title = StringField(_l("Job title: your trade, or the job you go for"), [at_most(SHORT)])
    email = StringField(_l("E-mail"), [at_most(SHORT), _looks_like_mail])
    phone = StringField(_l("Phone"), [at_most(SHORT), _looks_like_phone])
    place = StringField(_l("Town"), [at_most(SHORT)])
    language = SelectField(
        _l("Language of the CV"), choices=options((code, own_name(code)) for code in LANGUAGES)
    )


class ProfileForm(VersionedForm):
    """The text under the name."""

    profile = TextAreaField(_l("Your profile text"), [at_most(LONG)])


class EntryForm(VersionedForm):
    """A job or an education."""

    title = StringField(_l("Title"), [required(_l("Please write what it was.")), at_most(LINE)])
    place = StringField(_l("Where"), [at_most(LINE)])
    started = StringField(_l("From"), [Optional(), at_most(SHORT), month()])
    ended = StringField(_l("To"), [Optional(), at_most(SHORT), month(), _not_before_start])
    points = TextAreaField(_l("What you did, one thing on each line"), [lines_at_most()])

    def value_of(self, field: Field) -> Any:
        """Months as stored, points as lines."""
        if field.name in ("started", "ended"):
            return rules.parse_month(field.data or "")
        return lines_of(field.data) if field.name == "points" else super().value_of(field)


class LineForm(VersionedForm):
    """One line of a section without dates."""

    title = StringField(
        _l("Line"),
        [required(_l("Please write something, or delete the line below.")), at_most(LINE)],
    )


class NewLinesForm(LinesForm):
    """Several new lines at once."""

    lines = TextAreaField(
        _l("One on each line"), [required(_l("Please write at least one line.")), lines_at_most()]
    )


class NewVersionForm(VersionedForm):
    """Only the name, which nobody but her sees: all else comes from the full CV."""

    name = StringField(
        _l("Name of this version"),
        [required(_l("Please give it a name, for example the job you go for.")), at_most(SHORT)],
    )


class VersionForm(NewVersionForm):
    """The name of a version, and what stands at its top."""

    title = StringField(_l("Job title: your trade, or the job you go for"), [at_most(SHORT)])
    profile = TextAreaField(_l("Your profile text"), [at_most(LONG)])


class ChoiceForm(VersionedForm):
    """What of the full CV goes into a version."""

    entries = SelectMultipleField(_l("What goes in"))

    def value_of(self, field: Field) -> Any:
        """The ids in one order, however the browser sent them."""
        return sorted(field.data or [])

    def in_words(self, field: Any, value: Any) -> Any:
        """The titles instead of ids."""
        return [words for entry_id, words, *_rest in field.iter_choices() if entry_id in value]


class WordsForm(VersionedForm):
    """A job or an education in the words of one version; its place and dates stay those of the full
    CV.
    """

    title = StringField(_l("Title"), [at_most(LINE)])
    points = TextAreaField(_l("What you did, one thing on each line"), [lines_at_most()])

    def value_of(self, field: Field) -> Any:
        """Points as lines."""
        return lines_of(field.data) if field.name == "points" else super().value_of(field)


class FileForm(BaseForm):
    """A file with a CV from elsewhere; what it holds is read by incoming.files."""

    file = FileField(_l("Your file"))


class MergeForm(VersionedForm):
    """What of the file comes in (keys of incoming.preview; one that is no longer offered is passed
    over), and the content itself.
    """

    content = HiddenField()
    take = SelectMultipleField(_l("What comes in"), choices=[], validate_choice=False)

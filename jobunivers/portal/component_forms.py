"""A form with every kind of field, to look at on /demo/components."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)

from jobunivers.shared.editing import VersionedForm
from jobunivers.shared.forms import at_most, options, required

FORMS = (("office", _l("At our office")), ("phone", _l("By phone")), ("online", _l("Online")))


class ExampleForm(VersionedForm):
    """Nothing of it is ever kept."""

    name = StringField(_l("Your name"), [required()])
    note = TextAreaField(_l("Note"), [required(), at_most(2000)])
    on = DateField(_l("Day"), [required()])
    meeting = SelectField(_l("Meeting"), [required()], choices=options((("", ""), *FORMS)))
    way = RadioField(_l("When"), [required()], choices=options(FORMS))
    ways = SelectMultipleField(_l("Meetings"), [required()], choices=options(FORMS))
    yes = BooleanField(_l("Remember"), [required()])
    lines = FieldList(StringField(_l("Message")), _l("Your message"), min_entries=2)
    send = SubmitField(_l("Save"))

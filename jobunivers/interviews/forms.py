"""What is typed as an answer."""

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from jobunivers.shared.editing import LinesForm, VersionedForm
from jobunivers.shared.forms import LONG, at_most


class AnswerForm(VersionedForm):
    """An answer as a text."""

    answer = TextAreaField(_l("My answer"), [at_most(LONG)])


class AnswerLinesForm(LinesForm):
    """An answer as a list, in the inherited field `lines`."""

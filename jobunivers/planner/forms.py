"""What is typed into the planner."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from jobunivers.shared.editing import VersionedForm
from jobunivers.shared.forms import LINE, SHORT, at_most, required


class EntryForm(VersionedForm):
    """One line."""

    what = StringField(_l("What"), [required(_l("Please write what it is.")), at_most(LINE)])
    when = StringField(_l("When"), [at_most(SHORT)])

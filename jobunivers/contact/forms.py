"""A task that one gives oneself about a citizen."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, StringField, ValidationError

from jobunivers.shared import clock
from jobunivers.shared.forms import LINE, BaseForm, at_most, required

LONGEST = timedelta(days=31)


class TaskForm(BaseForm):
    """What I shall do, and by when."""

    note = StringField(_l("What I shall do"), validators=[required(), at_most(LINE)])
    due_on = DateField(_l("By when"), validators=[required(_l("Choose a day."))])

    def validate_due_on(self, field: Field) -> None:
        """From today to a month ahead: later is no next contact."""
        day: date | None = field.data
        if day is not None and not clock.today() <= day <= clock.today() + LONGEST:
            raise ValidationError(str(_l("Choose a day from today and at most a month ahead.")))

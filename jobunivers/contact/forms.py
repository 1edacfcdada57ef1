"""A task that one gives oneself about a citizen; an exemption."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, StringField, ValidationError
from wtforms.validators import Optional

from jobunivers.contact import rules
from jobunivers.shared import clock, i18n
from jobunivers.shared.calendar_rules import a_year_after
from jobunivers.shared.current import current_profile
from jobunivers.shared.forms import LINE, BaseForm, at_most, one_of_these, options, required
from jobunivers.shared.profile import ExemptionReason

LONGEST = timedelta(days=31)


class ExemptionForm(BaseForm):
    """Why somebody is exempt, and until when we look again."""

    reason = RadioField(_l("Why"), validators=[one_of_these(_l("Choose a reason."))])
    ends_on = DateField(_l("Until"), validators=[required(_l("Choose a day."))])
    note = StringField(_l("Note"), validators=[Optional(), at_most(LINE)])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        profile, code = current_profile(), i18n.choose_locale()
        self.reasons = {
            each.code: each
            for each in rules.reasons_in_force(profile.exemption_reasons, clock.today())
        }
        self.reason.choices = options(
            (each.code, profile.text(each.name, code)) for each in self.reasons.values()
        )

    def validate_ends_on(self, field: Field) -> None:
        """From tomorrow to a year ahead: somebody looks again."""
        day: date | None = field.data
        if day is not None and not clock.today() < day <= a_year_after(clock.today()):
            raise ValidationError(
                str(
                    _l(
                        "Choose a day from tomorrow and at most a year ahead, so that somebody looks again."
                    )
                )
            )

    def chosen(self) -> ExemptionReason:
        """The reason picked."""
        return self.reasons[str(self.reason.data)]


class TaskForm(BaseForm):
    """What I shall do, and by when."""

    note = StringField(_l("What I shall do"), validators=[required(), at_most(LINE)])
    due_on = DateField(_l("By when"), validators=[required(_l("Choose a day."))])

    def validate_due_on(self, field: Field) -> None:
        """From today to a month ahead: later is no next contact."""
        day: date | None = field.data
        if day is not None and not clock.today() <= day <= clock.today() + LONGEST:
            raise ValidationError(str(_l("Choose a day from today and at most a month ahead.")))

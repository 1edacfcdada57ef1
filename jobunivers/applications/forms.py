"""What is typed into a letter."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import Optional

from jobunivers.applications.types import PAIRS
from jobunivers.shared.editing import LinesForm, VersionedForm, lines_at_most
from jobunivers.shared.forms import LINE, LONG, SHORT, at_most


class JobForm(VersionedForm):
    """The job that a letter is for."""

    job_title = StringField(_l("Job title, as it is written in the advert"), [at_most(SHORT)])
    employer = StringField(_l("Workplace"), [at_most(SHORT)])
    apply_by = DateField(_l("Apply by"), [Optional()])


class LetterForm(JobForm, LinesForm):
    """The whole letter: the job, demands with proofs, the phone call, and three parts of text."""

    lines = TextAreaField(
        _l("What you want to say and ask on the phone, one thing on each line"), [lines_at_most()]
    )
    opening = TextAreaField(_l("Opening"), [at_most(LONG)])
    middle = TextAreaField(_l("Middle"), [at_most(LONG)])
    closing = TextAreaField(_l("Closing"), [at_most(LONG)])

    def pairs(self, count: int) -> list[tuple[Any, Any]]:
        """The first fields for demands, each with the field for its proof."""
        return [(self[f"demand_{number}"], self[f"proof_{number}"]) for number in range(count)]


for _number in range(PAIRS):
    setattr(LetterForm, f"demand_{_number}", StringField(_l("They ask for"), [at_most(LINE)]))
    setattr(LetterForm, f"proof_{_number}", TextAreaField(_l("My proof"), [at_most(LINE * 2)]))

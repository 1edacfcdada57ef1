"""Shape and wording of what is posted: one answer, the review, a reply."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField, ValidationError

from jobunivers.labour_market import catalogue as occupations
from jobunivers.screening import rules
from jobunivers.screening.types import Choice, Kind, Question, Reason, Route
from jobunivers.screening.words import CHOICES, REASONS
from jobunivers.shared.forms import LONG, BaseForm, at_most, one_of_these, options, required

MESSAGE_MAX = 600


def posted_answer(question: Question) -> Any | None:
    """The posted answer as it is stored; None when nothing, or nothing that was offered, came."""
    grid = (
        {item: request.form.get(f"item-{item}", "") for item in question.items}
        if question.kind is Kind.GRID
        else {}
    )
    return rules.read_answer(
        question, request.form.getlist("answer"), grid, occupations.occupations()
    )


class ReviewForm(BaseForm):
    """The four choices of a review. None is chosen beforehand; a reason is needed when the
    suggested offer is not given.
    """

    choice = RadioField(
        _l("Your decision"),
        choices=options((code.value, label) for code, label in CHOICES.items()),
        validators=[one_of_these()],
    )
    offer_kind = SelectField(_l("Meeting to offer"), choices=[])
    reason = SelectField(
        _l("Reason"),
        choices=options(
            [("", _l("Choose a reason")), *((code.value, label) for code, label in REASONS.items())]
        ),
    )
    message = TextAreaField(
        _l("A few words of your own to the citizen"), validators=[at_most(MESSAGE_MAX)]
    )
    note = TextAreaField(_l("Note for colleagues"), validators=[at_most(LONG)])
    seen = HiddenField()
    has_reply = False  # she has written something that this decision answers
    route = Route.POINTS  # why the flag was raised

    def validate_message(self, field: TextAreaField) -> None:
        """What she wrote is answered in writing."""
        if self.has_reply and not (field.data or "").strip():
            raise ValidationError(str(_l("She has written to you. Answer her in a few words.")))
        is_unsaid = self.reason.data == Reason.OTHER.value and self.is_not_offered
        if is_unsaid and not (field.data or "").strip():
            raise ValidationError(str(_l("Write to her what the reason is.")))

    def validate_reason(self, field: SelectField) -> None:
        """Not offering needs a reason."""
        if self.is_not_offered and not field.data:
            raise ValidationError(str(_l("Choose why the suggested offer is not given.")))
        reason = Reason(field.data) if field.data in set(Reason) else None
        if self.decision and not rules.is_kept_promise(self.route, self.decision, reason):
            raise ValidationError(
                str(
                    _l(
                        "She asked for this herself, and we promise an offer. Offer it now, later, or "
                        "other support, unless she does not want it or already has it."
                    )
                )
            )

    @property
    def is_not_offered(self) -> bool:
        """The suggested offer is not given."""
        return self.decision is not None and rules.needs_reason(self.decision)

    @property
    def decision(self) -> Choice | None:
        """The choice made, or None."""
        return Choice(self.choice.data) if self.choice.data in set(Choice) else None

    @property
    def seen_reviews(self) -> int:
        """With how many decisions the form was opened; a forged value counts as none."""
        text = self.seen.data or ""
        return int(text) if text.isdecimal() and len(text) < 6 else -1


class ReplyForm(BaseForm):
    """The citizen's own words."""

    text = TextAreaField(
        _l("What do you see differently?"),
        validators=[required(_l("Please write a few words.")), at_most(2000)],
    )

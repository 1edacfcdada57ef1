"""Shape and wording of booking."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import AnyOf, Optional, Regexp

from jobunivers.booking import rules, words
from jobunivers.booking.types import AppointmentStatus
from jobunivers.booking.types import Form as How
from jobunivers.caseload.forms import interpreter_choices
from jobunivers.caseload.types import AwayFor
from jobunivers.shared import clock, i18n
from jobunivers.shared.current import current_profile
from jobunivers.shared.forms import (
    LINE,
    SHORT,
    BaseForm,
    PhoneField,
    at_most,
    one_of_these,
    options,
    required,
)

REQUEST_KEY = re.compile(r"^[0-9a-f]{32}$")


class SlotForm(BaseForm):
    """A time to take."""

    slot = HiddenField(validators=[required(_l("Choose a time."))])


class MoveForm(SlotForm):
    """Another time, perhaps in another way: a call needs a number."""

    form = HiddenField(validators=[Optional(), AnyOf([form.value for form in How])])
    phone = PhoneField(_l("Which number shall we call?"), [at_most(SHORT)])
    has_number = False  # a number is on record, and need not be shown

    def validate_phone(self, field: Field) -> None:
        """Moving to a call asks for a number when we have none."""
        if self.form.data == How.PHONE.value and not field.data and not self.has_number:
            raise ValidationError(str(_l("Write the number we shall call.")))


class BookForm(SlotForm):
    """The confirm page: everything that belongs to the meeting. What and when travel along as
    hidden fields.
    """

    request_key = HiddenField(validators=[required(), Regexp(REQUEST_KEY)])
    need = HiddenField()
    kind = HiddenField(validators=[required()])
    form = HiddenField(validators=[AnyOf([form.value for form in How])])
    interpreter = HiddenField()
    phone = PhoneField(_l("Which number shall we call?"), [at_most(SHORT)])
    interpreter_language = SelectField(
        _l("The interpreter’s language"), filters=[lambda value: value or ""]
    )
    has_companion = BooleanField(_l("Somebody comes with me"))
    access_needs = TextAreaField(
        _l("What do you need to take part well?"), validators=[Optional(), at_most(LINE)]
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.interpreter_language.choices = options(
            [("", _l("Choose a language")), *interpreter_choices()[1:]]
        )

    def validate_phone(self, field: Field) -> None:
        """A call needs a number."""
        if self.form.data == How.PHONE.value and not field.data:
            raise ValidationError(str(_l("Write the number we shall call.")))

    def wishes(self) -> dict[str, Any]:
        """What goes with the time into the booking."""
        has_interpreter = self.interpreter.data == "yes"
        return {
            "interpreter_language": (self.interpreter_language.data or None)
            if has_interpreter
            else None,
            "has_companion": bool(self.has_companion.data),
            "access_needs": self.access_needs.data or "",
            "phone": self.phone.data or "",
        }

    def validate_interpreter_language(self, field: Field) -> None:
        """An interpreter needs a language."""
        if self.interpreter.data == "yes" and not field.data:
            raise ValidationError(str(_l("Choose the interpreter’s language.")))

    @staticmethod
    def new_key() -> str:
        """A fresh key: the same form sent twice is one booking."""
        return uuid4().hex


class PointForm(BaseForm):
    """One point for the meeting."""

    text = StringField(
        _l("Your point or question"),
        validators=[required(_l("Write your point first.")), at_most(LINE)],
    )


class CancelForm(BaseForm):
    """Why, if one wants to say it."""

    why = TextAreaField(_l("Do you want to say why?"), validators=[Optional(), at_most(LINE)])


class StaffCancelForm(BaseForm):
    """Why we cancel; it stands in the history of the meeting, which the citizen can read."""

    why = TextAreaField(
        _l("Why do we cancel?"),
        validators=[required(_l("Write why, so that it can be read later.")), at_most(LINE)],
    )


class SurveyForm(BaseForm):
    """How a meeting was; `survey_form` adds the profile's questions. Everything may be left out,
    but not everything at once.
    """

    line = StringField(_l("Is there more you want to say?"), validators=[at_most(LINE)])

    def validate(self, *arguments: Any, **more: Any) -> bool:
        """One answer, or the line."""
        is_good = super().validate(*arguments, **more)
        if not self.answers() and not self.line.data:
            self.form_errors = [str(_l("Answer one of the questions, or choose “No, thank you”."))]
            return False
        return is_good

    def answers(self) -> dict[str, str]:
        """Question -> answer, of those that were answered."""
        return {
            field.name.removeprefix("q-"): field.data for field in self.questions() if field.data
        }

    def questions(self) -> list[Field]:
        """The fields of the questions, in their order."""
        return [field for field in self if field.name.startswith("q-")]


def survey_form() -> SurveyForm:
    """The form with the questions of the profile, in the reader's language."""
    may_skip = Optional()
    may_skip.field_flags = {}  # the page says once that everything may be left out
    fields = {
        f"q-{question.code}": RadioField(
            words.text(question.text),
            choices=options((answer.code, words.text(answer.text)) for answer in question.answers),
            validators=[may_skip],
        )
        for question in current_profile().survey.questions
    }
    asked: type[SurveyForm] = type("AskedForm", (SurveyForm,), fields)
    return asked.from_request()


# --- staff
# ------------------------------------------------------------------------------


def _quarters() -> list[tuple[str, str]]:
    return [(str(minute), i18n.wall_time(minute)) for minute in range(7 * 60, 20 * 60 + 1, 15)]


class WindowForm(BaseForm):
    """A weekly time in which meetings are offered."""

    weekday = SelectField(_l("Weekday"), coerce=int)
    starts_minute = SelectField(_l("From"), coerce=int)
    ends_minute = SelectField(_l("To"), coerce=int)
    forms = SelectMultipleField(
        _l("How"), validators=[one_of_these(_l("Choose at least one way to meet."))]
    )
    location = SelectField(_l("Place for meetings in person"))
    valid_from = DateField(_l("First day"), validators=[required()])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.weekday.choices = options((str(number), name) for number, name in words.weekdays())
        self.starts_minute.choices = self.ends_minute.choices = options(_quarters())
        self.forms.choices = options((form.value, words.form(form)) for form in How)
        self.location.choices = options(
            [
                ("", _l("No place")),
                *((each.code, words.text(each.name)) for each in current_profile().locations),
            ]
        )

    def validate_ends_minute(self, field: Field) -> None:
        """It must hold at least one short meeting."""
        if (
            field.data is not None
            and self.starts_minute.data is not None
            and field.data - self.starts_minute.data < 30
        ):
            raise ValidationError(str(_l("The time must be at least half an hour.")))

    def validate_location(self, field: Field) -> None:
        """Meetings in person need a place of that form."""
        needed = {
            form for form in (How.OFFICE, How.LIBRARY) if form.value in (self.forms.data or [])
        }
        place = words.place(field.data)
        if len(needed) > 1:
            raise ValidationError(
                str(_l("Make one window for the office and another for the library."))
            )
        if needed and (place is None or place.form not in needed):
            raise ValidationError(str(_l("Choose the place that fits the way to meet.")))

    def values(self) -> dict[str, Any]:
        """What the window is made of."""
        names = ("weekday", "starts_minute", "ends_minute", "forms", "valid_from")
        return {name: self[name].data for name in names} | {"location": self.location.data or None}


LONGEST_CLOSING = timedelta(days=92)


class ClosingForm(BaseForm):
    """Days on which the office, or one place, is closed."""

    first_on = DateField(_l("First day"), validators=[required(_l("Choose a day."))])
    last_on = DateField(_l("Last day, when there are several"), validators=[Optional()])
    location = SelectField(_l("What is closed"), filters=[lambda value: value or ""])
    label = StringField(_l("Why"), validators=[required(), at_most(SHORT)])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.location.choices = options(
            [
                ("", _l("The whole office")),
                *((each.code, words.text(each.name)) for each in current_profile().locations),
            ]
        )

    def validate_first_on(self, field: Field) -> None:
        """From today on."""
        if field.data is not None and field.data < clock.today():
            raise ValidationError(str(_l("Choose a day from today on.")))

    def validate_last_on(self, field: Field) -> None:
        """Not before the first day, and at most three months after it."""
        first = self.first_on.data
        if (
            first is not None
            and field.data is not None
            and not first <= field.data <= first + LONGEST_CLOSING
        ):
            raise ValidationError(
                str(_l("The last day must be after the first one, and at most three months later."))
            )

    def values(self) -> dict[str, Any]:
        """Arguments of closing.days_to_close and closing.close; dates are Danish days."""
        first = self.first_on.data
        return {"first": first, "last": self.last_on.data or first, "location": self.location.data}


class AbsenceForm(BaseForm):
    """Days away, whole days, and who stands in."""

    first_on = DateField(_l("First day away"), validators=[required()])
    last_on = DateField(_l("Last day away"), validators=[required()])
    reason = RadioField(
        _l("Why"),
        description=_l("Nothing about health is stored: choose Other when somebody is ill."),
        choices=options(
            [
                (AwayFor.HOLIDAY.value, _l("Holiday")),
                (AwayFor.COURSE.value, _l("Course")),
                (AwayFor.OTHER.value, _l("Other")),
            ]
        ),
        default=AwayFor.OTHER.value,
        filters=[lambda value: value or AwayFor.OTHER.value],
        validators=[one_of_these()],
    )
    substitute = SelectField(
        _l("Who stands in"),
        choices=[],
        filters=[lambda value: value or ""],
        coerce=lambda value: value,
    )

    def offer(self, colleagues: Iterable[tuple[UUID, str]]) -> "AbsenceForm":
        """The colleagues who may be asked to stand in."""
        nobody = ("", _l("The team decides"))
        self._names = {str(user_id): name for user_id, name in colleagues}
        self.substitute.choices = options([nobody, *self._names.items()])
        return self

    def substitute_name(self) -> str:
        """The colleague who was chosen; nobody when the team decides."""
        return self._names.get(self.substitute.data or "", "")

    def chosen(self) -> dict[str, Any]:
        """What the service asks for."""
        starts_at, ends_at = self.times()
        return {
            "starts_at": starts_at,
            "ends_at": ends_at,
            "reason": AwayFor(self.reason.data or AwayFor.OTHER),
            "substitute_id": UUID(self.substitute.data) if self.substitute.data else None,
        }

    def validate_last_on(self, field: Field) -> None:
        """Not before the first, and not for years."""
        if (
            field.data
            and self.first_on.data
            and not self.first_on.data <= field.data <= self.first_on.data + timedelta(days=400)
        ):
            raise ValidationError(str(_l("The last day must be the first day or later.")))

    def times(self) -> tuple[datetime, datetime]:
        """From the first midnight to the last, Danish time."""
        first, last = self.first_on.data or clock.today(), self.last_on.data or clock.today()
        return rules.instant(first, 0), rules.instant(last, rules.DAY_MINUTES)


class OutcomeForm(BaseForm):
    """Whether the meeting took place."""

    outcome = RadioField(
        _l("Did the meeting take place?"),
        choices=options(
            [
                (AppointmentStatus.HELD.value, _l("Yes, we met")),
                (AppointmentStatus.MISSED.value, _l("No, the citizen did not come")),
                (AppointmentStatus.UNKNOWN.value, _l("I do not know")),
            ]
        ),
        validators=[one_of_these()],
    )


class VideoForm(BaseForm):
    """The link to the video room."""

    video_url = StringField(_l("Link to the video room"), validators=[Optional(), at_most(LINE)])

    def validate_video_url(self, field: Field) -> None:
        """A whole https address, nothing else."""
        parts = urlsplit(field.data or "")
        if field.data and (parts.scheme != "https" or not parts.hostname):
            raise ValidationError(str(_l("Write the whole address, beginning with https://.")))

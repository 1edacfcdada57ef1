"""What an administrator types about an event."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    Field,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms.validators import NumberRange, Optional

from jobunivers.shared import clock, i18n
from jobunivers.shared.forms import (
    LINE,
    LONG,
    SHORT,
    BaseForm,
    at_most,
    https_only,
    in_every_language,
    options,
    required,
    texts_of,
)

if TYPE_CHECKING:
    from jobunivers.events.models import Event


@in_every_language("text", TextAreaField, _l("What it is"), at_most_signs=LONG)
@in_every_language("title", StringField, _l("Title"), at_most_signs=SHORT)
class EventForm(BaseForm):
    """An event; times are Danish clock time."""

    on = DateField(_l("Day"), [required(_l("Choose a day."))])
    begins = TimeField(_l("Begins"), [required(_l("Write a time, for example 14:00."))])
    ends = TimeField(_l("Ends"), [required(_l("Write a time, for example 14:00."))])
    place = StringField(_l("Place and address"), [Optional(), at_most(LINE)])
    url = StringField(_l("Link"), [Optional(), at_most(LINE), https_only()])
    language = SelectField(_l("Language spoken there"))
    seats = IntegerField(
        _l("Seats"),
        [Optional(), NumberRange(1, 9999, _l("Write a number from 1 to 9999, or nothing."))],
    )
    sign_up_by = DateField(_l("Last day to sign up"), [Optional()])

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.language.choices = options((code, i18n.own_name(code)) for code in i18n.locales())

    def validate_on(self, field: Field) -> None:
        """From today on."""
        if field.data is not None and field.data < clock.today():
            raise ValidationError(str(_l("Choose a day from today on.")))

    def validate_ends(self, field: Field) -> None:
        """After it begins, on the same day."""
        if field.data and self.begins.data and field.data <= self.begins.data:
            raise ValidationError(str(_l("It must end after it begins, on the same day.")))

    def validate_sign_up_by(self, field: Field) -> None:
        """Not after the event."""
        if field.data and self.on.data and field.data > self.on.data:
            raise ValidationError(
                str(_l("The last day to sign up is the day of the event at the latest."))
            )

    def values(self) -> dict[str, Any]:
        """The event's columns; instants are aware."""
        day = cast(date, self.on.data)
        found: dict[str, Any] = {kind: texts_of(self, kind) for kind in ("title", "text")}
        found |= {
            name: datetime.combine(day, self[field].data, clock.COPENHAGEN)
            for name, field in (("starts_at", "begins"), ("ends_at", "ends"))
        }
        found |= {
            "place": self.place.data or "",
            "url": self.url.data or "",
            "language": self.language.data,
            "seats": self.seats.data,
        }
        return {**found, "sign_up_by": self.sign_up_by.data or day}


def form_values(event: "Event") -> dict[str, Any]:
    """An event as its form has it."""
    starts, ends = clock.local(event.starts_at), clock.local(event.ends_at)
    texts = {
        f"{kind}_{code}": text
        for kind, all_texts in (("title", event.title), ("text", event.text))
        for code, text in all_texts.items()
    }
    times = {
        "on": clock.danish_day(event.starts_at),
        "begins": starts.time(),
        "ends": ends.time(),
        "sign_up_by": event.sign_up_by,
    }
    return {
        **texts,
        **times,
        "place": event.place,
        "url": event.url,
        "language": event.language,
        "seats": event.seats,
    }

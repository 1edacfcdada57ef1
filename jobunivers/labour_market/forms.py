"""What an administrator types about the labour market."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import NumberRange

from jobunivers.labour_market import catalogue, words
from jobunivers.labour_market.types import Danish, Demand, Worktime
from jobunivers.shared import clock
from jobunivers.shared.forms import (
    LINE,
    LONG,
    SHORT,
    BaseForm,
    at_most,
    https_only,
    in_every_language,
    one_of_these,
    options,
    required,
    texts_of,
)

NOT_ASSESSED = "none"


class MoveForm(BaseForm):
    """Where an occupation stands."""

    category = RadioField(_l("Category"), validators=[one_of_these()], validate_choice=False)
    after = SelectField(_l("Behind"), filters=[lambda value: value or ""], validate_choice=False)

    def __init__(self, *args: Any, titles: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.category.choices = options(
            [
                *((each.value, words.category_name(each)) for each in Demand),
                (NOT_ASSESSED, _l("Not assessed")),
            ]
        )
        self.after.choices = options([("", _l("First in its category")), *titles])

    def place(self) -> tuple[Demand | None, str]:
        """(category, or None when it is not assessed; the occupation it stands behind, or "")."""
        is_known = self.category.data in set(Demand)
        return (Demand(self.category.data) if is_known else None), self.after.data


@in_every_language("source", StringField, _l("What it is based on"), at_most_signs=LINE)
class PublishForm(BaseForm):
    """What the assessment rests on, in words for the public."""

    is_example = BooleanField(_l("These are example data"))

    def source(self) -> dict[str, str]:
        """Language -> text; languages without a text are left out and show the Danish one."""
        return texts_of(self, "source")


class VacancyForm(BaseForm):
    """A concrete job."""

    title = StringField(
        _l("Job title, as it is written in the advert"), [required(), at_most(SHORT)]
    )
    workplace = StringField(_l("Workplace"), [required(), at_most(SHORT)])
    place = StringField(_l("Town or district"), [required(), at_most(SHORT)])
    occupation = SelectField(_l("Occupation"), [required(_l("Please choose one."))])
    worktime = RadioField(_l("Working time"), validators=[one_of_these()])
    hours = StringField(_l("Hours in words"), [at_most(SHORT)])
    danish = RadioField(_l("How much Danish"), validators=[one_of_these()])
    needs_licence = BooleanField(_l("A driving licence is needed"))
    places = IntegerField(
        _l("How many people"),
        [required(), NumberRange(1, 999, _l("Write a number from 1 to 999."))],
        default=1,
    )
    text = TextAreaField(_l("What the job is, in Danish"), [at_most(LONG)])
    url = StringField(_l("Link to the advert"), [at_most(LINE), https_only()])
    apply_by = DateField(_l("Apply by"), [required(_l("Choose a day."))])

    def __init__(self, *args: Any, locale: str, **more: Any) -> None:
        super().__init__(*args, **more)
        titles = [(code, catalogue.title(code, locale)) for code in catalogue.occupations()]
        self.occupation.choices = options(
            [("", _l("Choose")), *sorted(titles, key=lambda pair: pair[1])]
        )
        self.worktime.choices = options(
            (each.value, words.worktime_name(each)) for each in Worktime
        )
        self.danish.choices = options((each.value, words.danish_name(each)) for each in Danish)

    def validate_apply_by(self, field: Field) -> None:
        """From today on."""
        if field.data is not None and field.data < clock.today():
            raise ValidationError(str(_l("Choose a day from today on.")))

    def values(self) -> dict[str, Any]:
        """The job's columns."""
        texts = {field.name: field.data or "" for field in self if isinstance(field, StringField)}
        return {
            **self.data,
            **texts,
            "worktime": Worktime(self.worktime.data),
            "danish": Danish(self.danish.data),
        }

"""What an administrator types about the labour market."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField

from jobunivers.labour_market import words
from jobunivers.labour_market.types import Demand
from jobunivers.shared.forms import LINE, BaseForm, at_most, one_of_these, options, required

NOT_ASSESSED = "none"


class MoveForm(BaseForm):
    """Where an occupation stands."""

    category = RadioField(_l("Category"), validators=[one_of_these()], validate_choice=False)
    after = SelectField(_l("Behind"), filters=[lambda value: value or ""], validate_choice=False)

    def __init__(self, *args: Any, titles: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.category.choices = options([*((each.value, words.category_name(each)) for each in Demand), (NOT_ASSESSED, _l("Not assessed"))])
        self.after.choices = options([("", _l("First in its category")), *titles])

    def place(self) -> tuple[Demand | None, str]:
        """(category, or None when it is not assessed; the occupation it stands behind, or "")."""
        is_known = self.category.data in set(Demand)
        return (Demand(self.category.data) if is_known else None), self.after.data


class PublishForm(BaseForm):
    """What the assessment rests on, in words for the public."""

    source_da = StringField(_l("What it rests on, in Danish"), validators=[required(), at_most(LINE)])
    source_en = StringField(_l("The same in English"), validators=[at_most(LINE)])
    source_uk = StringField(_l("The same in Ukrainian"), validators=[at_most(LINE)])
    is_example = BooleanField(_l("These are example data"))

    def source(self) -> dict[str, str]:
        """Language -> text; languages without a text are left out and show the Danish one."""
        found = {"da": self.source_da.data, "en": self.source_en.data, "uk": self.source_uk.data}
        return {code: text for code, text in found.items() if text}

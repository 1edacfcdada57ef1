"""Forms of exercises, built from content: one class for each exercise, language and number of rows,
made once.
"""

from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    DateField,
    Field,
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from jobunivers.learning import catalogue
from jobunivers.learning.rules.plan import may_start_on
from jobunivers.learning.types import Exercise, ExerciseKind, ExerciseWords, Lesson
from jobunivers.shared import clock
from jobunivers.shared.content import localized
from jobunivers.shared.forms import LINE, BaseForm, at_most, options, required

MOST_ROWS = 60
UNNAMED = "answer"


class ExerciseForm(BaseForm):
    """The base of all exercises. `given()` is the value as docs/content-format.md says."""

    exercise: Exercise
    has_headings = False

    def given(self) -> Any:
        """The value to keep. Blank lines are left out, but a line under a heading of its own keeps
        its place.
        """
        return _ANSWERS[self.exercise.kind](self)

    def named(self, prefix: str) -> list[Field]:
        """Fields line-0, line-1, ... in order."""
        return [field for name, field in self._fields.items() if name.startswith(f"{prefix}-")]


def among(keys: Collection[str]) -> Callable[[Form, Field], None]:
    """What was chosen must be one of these; nothing chosen is fair while one is still reading."""

    def check(_form: Form, field: Field) -> None:
        chosen = field.data if isinstance(field.data, list) else [field.data or ""]
        if set(chosen) - {"", *keys}:
            raise ValidationError(str(_l("Please choose one of these.")))

    return check


def _one_of(label: str, words: dict[str, str]) -> RadioField:
    return RadioField(label, [among(words)], choices=options(words.items()), validate_choice=False)


def form_for(
    lesson: Lesson, locale: str, *, value: Any = None, posted: MultiDict[str, str] | None = None
) -> ExerciseForm:
    """The form with what is kept, or with what was posted. Shows at least as many lines as are
    kept.
    """
    rows = 0
    if lesson.exercise.kind in (ExerciseKind.LIST, ExerciseKind.PLAN):
        kept = value if isinstance(value, list) else []
        rows = (
            len(kept)
            if posted is None
            else sum(name.startswith(("line-", "what-")) for name in posted)
        )
    form_class = _form_class(lesson.key, locale, _Key(lesson), min(rows, MOST_ROWS))
    return (
        form_class(posted)
        if posted is not None
        else form_class(data=_initial(lesson.exercise, value))
    )


class _Key:
    """Carries a lesson through the cache, where it counts by its key and version."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson

    def __hash__(self) -> int:
        return hash((self.lesson.key, self.lesson.content_hash))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.lesson is other.lesson


@lru_cache(maxsize=1000)
def _form_class(_name: str, locale: str, key: _Key, rows: int) -> type[ExerciseForm]:
    exercise, words = key.lesson.exercise, key.lesson.words(locale)
    fields = _FIELDS[exercise.kind](exercise, words, rows)
    return type(
        "LessonExerciseForm",
        (ExerciseForm,),
        {"exercise": exercise, "has_headings": bool(words.labels), **fields},
    )


def _text_fields(exercise: Exercise, words: ExerciseWords, rows: int) -> dict[str, Any]:
    return {UNNAMED: TextAreaField(words.prompt, [at_most(exercise.limit)])}


def _list_fields(exercise: Exercise, words: ExerciseWords, rows: int) -> dict[str, Any]:
    count = max(exercise.lines, rows)
    labels = [
        *words.labels,
        *(_l("Line %(number)d", number=i + 1) for i in range(len(words.labels), count)),
    ]
    return {f"line-{i}": StringField(labels[i], [at_most(exercise.limit)]) for i in range(count)}


def _choice_fields(exercise: Exercise, words: ExerciseWords, rows: int) -> dict[str, Any]:
    return {UNNAMED: _one_of(words.prompt, words.options)}


def _sort_fields(exercise: Exercise, words: ExerciseWords, rows: int) -> dict[str, Any]:
    return {f"item-{item}": _one_of(label, words.groups) for item, label in words.items.items()}


def _checklist_fields(exercise: Exercise, words: ExerciseWords, rows: int) -> dict[str, Any]:
    return {
        UNNAMED: SelectMultipleField(
            words.prompt,
            [among(words.items)],
            choices=options(words.items.items()),
            validate_choice=False,
        )
    }


def _plan_fields(exercise: Exercise, words: ExerciseWords, rows: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for i in range(max(exercise.rows, rows)):
        fields[f"what-{i}"] = StringField(f"{i + 1}. {words.what}", [at_most(LINE)])
        fields[f"when-{i}"] = StringField(f"{i + 1}. {words.when}", [at_most(LINE)])
    return fields


_FIELDS = {
    ExerciseKind.TEXT: _text_fields,
    ExerciseKind.LIST: _list_fields,
    ExerciseKind.CHOICE: _choice_fields,
    ExerciseKind.SORT: _sort_fields,
    ExerciseKind.CHECKLIST: _checklist_fields,
    ExerciseKind.PLAN: _plan_fields,
}


def _initial(exercise: Exercise, value: Any) -> dict[str, Any]:
    """What is kept, as field values; an answer of another shape (an older exercise) leaves the form
    empty.
    """
    kind = exercise.kind
    if kind is ExerciseKind.SORT and isinstance(value, dict):
        return {f"item-{item}": group for item, group in value.items()}
    if kind is ExerciseKind.LIST and isinstance(value, list):
        return {f"line-{i}": line for i, line in enumerate(value)}
    if kind is ExerciseKind.PLAN and isinstance(value, list):
        return {
            f"{part}-{i}": row.get(part, "")
            for i, row in enumerate(value)
            for part in ("what", "when")
        }
    fits = isinstance(value, list) if kind is ExerciseKind.CHECKLIST else isinstance(value, str)
    return {UNNAMED: value} if fits else {}


def _lines(form: ExerciseForm) -> list[str]:
    lines = [field.data or "" for field in form.named("line")]
    end = max((place for place, line in enumerate(lines, start=1) if line), default=0)
    return [line for line in lines[:end] if line or form.has_headings]


def _sorted_items(form: ExerciseForm) -> dict[str, str]:
    return {
        field.name.removeprefix("item-"): field.data for field in form.named("item") if field.data
    }


def _ticked(form: ExerciseForm) -> list[str]:
    return [item for item in form.exercise.items if item in (form[UNNAMED].data or [])]


def _plan(form: ExerciseForm) -> list[dict[str, str]]:
    rows = zip(form.named("what"), form.named("when"), strict=True)
    return [
        {"what": what.data or "", "when": when.data or ""}
        for what, when in rows
        if what.data or when.data
    ]


def _single(form: ExerciseForm) -> str:
    return form[UNNAMED].data or ""


_ANSWERS: dict[ExerciseKind, Any] = {
    ExerciseKind.TEXT: _single,
    ExerciseKind.LIST: _lines,
    ExerciseKind.CHOICE: _single,
    ExerciseKind.SORT: _sorted_items,
    ExerciseKind.CHECKLIST: _ticked,
    ExerciseKind.PLAN: _plan,
}


class ReturnCodeForm(BaseForm):
    """A return code from paper."""

    code = StringField(_l("Your code"), [required(_l("Please write your code.")), at_most(60)])


class MistakeForm(BaseForm):
    """A mistake in a lesson: which paragraph, and what is wrong. `version` is the text that was on
    the screen.
    """

    version = HiddenField()
    paragraph = SelectField(_l("In which part of the text is it?"))
    note = TextAreaField(_l("What is wrong?"), [at_most(LINE)])


NO_PACE = "0"


class PaceForm(BaseForm):
    """How much she wants to do a week."""

    minutes = RadioField(_l("How much do you want to do a week?"), validate_choice=False)

    @classmethod
    def in_words(
        cls, locale: str, posted: MultiDict[str, str] | None = None, *, minutes: int | None = None
    ) -> "PaceForm":
        """With the paces of the content in that language, and what she has chosen."""
        form = cls(posted, data={"minutes": str(minutes or NO_PACE)})
        paces = [
            (str(minutes), localized(label, locale))
            for minutes, label in catalogue.guide().paces.items()
        ]
        form.minutes.choices = options([*paces, (NO_PACE, _l("I do not want a plan for the week"))])
        return form

    def validate_minutes(self, field: RadioField) -> None:
        """One of those offered."""
        if field.data not in {NO_PACE, *map(str, catalogue.guide().paces)}:
            raise ValidationError(str(_l("Please choose one of these.")))

    def chosen(self) -> int | None:
        """Minutes a week, None for no plan."""
        return int(self.minutes.data) or None


class SituationsForm(BaseForm):
    """What fits her; everything may be left out."""

    situations = SelectMultipleField(_l("What fits you?"), validate_choice=False)

    @classmethod
    def in_words(
        cls, locale: str, posted: MultiDict[str, str] | None = None, *, ticked: Collection[str] = ()
    ) -> "SituationsForm":
        """With the situations of the content in that language, and what she has ticked."""
        form = cls(posted, data={"situations": list(ticked)})
        form.situations.choices = options(
            (one.key, localized(one.label, locale)) for one in catalogue.guide().situations
        )
        return form

    def validate_situations(self, field: SelectMultipleField) -> None:
        """Only those that are asked."""
        among([one.key for one in catalogue.guide().situations])(self, field)


class StartForm(BaseForm):
    """The week in which a ready-made course begins: any day of it."""

    starts_on = DateField(
        _l("In which week do you want to begin?"), [required(_l("Please choose a day."))]
    )

    def validate_starts_on(self, field: Field) -> None:
        """Not years away."""
        if isinstance(field.data, date) and not may_start_on(field.data, clock.today()):
            raise ValidationError(str(_l("Please choose a day within a year from now.")))

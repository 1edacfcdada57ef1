"""One way to edit what a person keeps: saved while typing, never over a later change, whole without
JavaScript (docs/artefacts.md).
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, HiddenField, TextAreaField, ValidationError

from jobunivers.shared import clock, i18n
from jobunivers.shared.content import digest
from jobunivers.shared.db import write
from jobunivers.shared.errors import Stale
from jobunivers.shared.forms import LINE, BaseForm
from jobunivers.shared.text import MOST_LINES as MOST_LINES
from jobunivers.shared.text import lines_of as lines_of
from jobunivers.shared.web import go_to, page, wants_block

SAVED_LINE = "shared/_saved.html"
BOTH = "shared/both.html"


def version_of(values: Mapping[str, Any]) -> str:
    """A short digest of what a form edits, to notice a change made elsewhere."""
    return digest(json.dumps(values, sort_keys=True, ensure_ascii=False, default=str))


def ensure_unchanged(
    version: str | None, *, stored: Mapping[str, Any], wanted: Mapping[str, Any]
) -> None:
    """Raises Stale with what is stored when the form was opened before it; a second, equal post is
    no conflict.
    """
    if version != version_of(stored) and stored != wanted:
        raise Stale(dict(stored))


class VersionedForm(BaseForm):
    """A form that knows which version it was opened with. `values()` is what it edits."""

    version = HiddenField()

    def values(self) -> dict[str, Any]:
        """What the form edits, by field name."""
        return {field.name: self.value_of(field) for field in self if field.name != "version"}

    def in_words(self, field: Field, value: Any) -> Any:
        """A stored value of the field as a person reads it when two versions are shown."""
        return value

    def value_of(self, field: Field) -> Any:
        """A field's value as it is stored; texts are never None."""
        return (
            ""
            if field.data is None and field.type in ("StringField", "TextAreaField")
            else field.data
        )


def lines_at_most(characters: int = LINE, lines: int = MOST_LINES) -> Callable[[Form, Field], None]:
    """A text area of short lines: this many, each this long."""

    def check(_form: Form, field: Field) -> None:
        found = lines_of(field.data)
        if len(found) > lines:
            raise ValidationError(str(_l("Please write at most %(count)s lines.", count=lines)))
        if any(len(line) > characters for line in found):
            raise ValidationError(
                str(_l("Please write at most %(count)s characters on each line.", count=characters))
            )

    return check


class LinesForm(VersionedForm):
    """A list, one line each."""

    lines = TextAreaField(_l("One on each line"), [lines_at_most()])

    def value_of(self, field: Field) -> Any:
        """The lines as a list."""
        return lines_of(field.data) if field.name == "lines" else super().value_of(field)


Opened = TypeVar("Opened", bound=VersionedForm)


def filled(kind: type[Opened], stored: Mapping[str, Any], **shown: Any) -> Opened:
    """The form with what is stored and its version; with what was sent when this is a post.

    `shown` replaces values that look different on screen (a list as lines, a month as words).
    """
    form = kind.from_request(**{**stored, **shown, "version": version_of(stored)})
    if request.method == "POST":
        form.version.data = request.form.get("version", "")
    return form


def answer(
    form: Any,
    template: str,
    *,
    save: Callable[[], datetime | None],
    stored: Callable[[], Mapping[str, Any]],
    done: str,
    saved_at: datetime | None = None,
    **context: Any,
) -> Response:
    """What an edit page answers: the page (200), the same with errors (422), saved (the line
    "Saved", or 303 to `done`), or both versions (409).

    `save` is the one service call, run in a write transaction; it returns when it saved. `stored`
    reads what is kept afterwards.
    """
    if not form.submitted():
        status = 422 if form.errors else 200
        return (
            page(SAVED_LINE, status, form=form, saved_at=None)
            if wants_block()
            else page(template, status, form=form, saved_at=saved_at, **context)
        )
    try:
        with write():
            saved_at = save()
    except Stale as stale:
        return _changed_elsewhere(form, stale.current, done)
    if not wants_block():
        return go_to(done)
    form.version.data = version_of(stored())
    return page(SAVED_LINE, form=form, saved_at=saved_at)


def _changed_elsewhere(form: VersionedForm, stored: Any, done: str) -> Response:
    """409: while typing a line that says so, else a page with both versions."""
    if wants_block():
        return page(SAVED_LINE, 409, form=form, saved_at=None, is_stale=True)
    mine = form.values()
    differing = [
        field for field in form if field.name in stored and mine[field.name] != stored[field.name]
    ]
    rows = [
        (field, form.in_words(field, mine[field.name]), form.in_words(field, stored[field.name]))
        for field in differing
    ]
    hidden = [
        (field.name, value)
        for field in form
        if field.name != "version"
        for value in _sent(field.name)
    ]
    return page(BOTH, 409, rows=rows, hidden=hidden, version=version_of(stored), back=done)


def _sent(name: str) -> list[str]:
    return request.form.getlist(name)


def saved_words(moment: datetime) -> str:
    """'Saved 14.32' on the same day in Denmark, 'Saved Tuesday 24 November' later."""
    if clock.danish_day(moment) == clock.today():
        return str(_("Saved %(time)s", time=i18n.time_of_day(moment)))
    return str(_("Saved %(day)s", day=i18n.day(moment)))

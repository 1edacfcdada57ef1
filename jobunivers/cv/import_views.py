"""A CV from elsewhere comes in: choose a file, look at what is new, take what one wants. The file
itself is never kept.
"""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.cv import export_file as export
from jobunivers.cv import queries, services
from jobunivers.cv.forms import FileForm, MergeForm
from jobunivers.cv.incoming import apart_file as apart
from jobunivers.cv.incoming import asked_rules as asked
from jobunivers.cv.incoming import chosen_file as files
from jobunivers.cv.incoming.parts_file import Unreadable
from jobunivers.cv.incoming.preview_rules import compare
from jobunivers.cv.section_words import section_words
from jobunivers.identity.access import current_owner_id, ensure_owner_id, visitor
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.editing import version_of
from jobunivers.shared.errors import Stale
from jobunivers.shared.i18n import own_name
from jobunivers.shared.web import go_to, page

bp = Blueprint("cv_import", __name__)


@bp.get("")
@visitor
def choose_file() -> ResponseReturnValue:
    """Which files can come in, and a field to choose one."""
    return page("cv/import.html", form=FileForm())


@bp.post("")
@visitor
def preview() -> ResponseReturnValue:
    """What is in the file beside what is there. Nothing is changed."""
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Unreadable("none")
        found = apart.read_all(sent.read(files.LARGEST + 1))
    except Unreadable as unreadable:
        return _refused(unreadable)
    return _preview(found)


@bp.post("/merge")
@visitor
def merge() -> ResponseReturnValue:
    """Takes what was ticked: fields are replaced, entries added."""
    form, owner_id = MergeForm.from_request(), ensure_owner_id()
    try:
        theirs = files.read_json(form.content.data or "")
        cv, wrong = asked.answered(theirs, request.form)
        if wrong:
            return _preview(files.Found(theirs), 422, wrong)
        with write():
            services.merge(
                owner_id, cv, form.take.data or [], version=form.version.data, now=clock.now()
            )
    except Unreadable as unreadable:
        return _refused(unreadable)
    except Stale:
        return _preview(files.Found(theirs), 409)
    return go_to(url_for("cv.show_cv"))


def _refused(unreadable: Unreadable) -> ResponseReturnValue:
    form = FileForm()
    form.file.errors = [_why()[unreadable.code]]
    return page("cv/import.html", 422, form=form)


def _why() -> dict[str, str]:
    """What is wrong with the file, and what to do, by code."""
    another = _("Choose a PDF or XML from Europass, or a data file (JSON).")
    return {
        "none": _("Please choose a file."),
        "large": _(
            "The file is too large: at most 1 MB. A photo makes it large, so save it without the photo first."
        ),
        "kind": _("This is not a CV file that we can read.") + " " + another,
        "broken": _("The file is damaged, or it is not what its name says.") + " " + another,
        "pdf": _(
            "There is no Europass data in this PDF. Choose the PDF as you got it from "
            "Europass, not one that was printed or saved again."
        ),
        "old_europass": _(
            "This file is from the old Europass, before 2020. Europass itself reads it no more either."
        ),
        "empty": _("We found nothing in the file that belongs in a CV."),
    }


def _preview(
    found: files.Found, status: int = 200, wrong: Collection[str] = ()
) -> ResponseReturnValue:
    cv = queries.find_cv(current_owner_id())
    there, stored = queries.content_of(cv), queries.fields_of(cv)
    new = compare(stored, there, found.cv)
    context: dict[str, Any] = {
        "found": new,
        "there": there,
        "content": files.as_json(found.cv),
        "version": version_of(stored),
        "is_late": status == 409,
        "left": found.left,
        "is_guessed": found.is_guessed,
        "wrong": wrong,
        "said": request.form,
        "ticked": new.proposed if status == 200 else request.form.getlist("take"),
    }
    return page(
        "cv/import_preview.html",
        status,
        **context,
        labels=_labels(),
        words_of=section_words,
        period=export.period,
        own_name=own_name,
        field_name=asked.field_name,
        asked_of=_asked(),
    )


def _asked() -> dict[str, str]:
    """What is asked about a date that could not be read."""
    return {
        "started": _("When did it begin?"),
        "ended": _("When did it end?"),
    }


def _labels() -> dict[str, str]:
    return {
        "name": _("Name"),
        "title": _("Job title"),
        "phone": _("Phone"),
        "email": _("E-mail"),
        "place": _("Town"),
        "language": _("Language of the CV"),
        "profile": _("Your profile text"),
    }

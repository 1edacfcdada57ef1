"""Letters to employers: the list, one letter, and the letter as it is sent."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.applications import letter_file as export
from jobunivers.applications import queries, rules, services
from jobunivers.applications.forms import JobForm, LetterForm
from jobunivers.applications.ports import sender_of
from jobunivers.identity.access import (
    current_owner_id,
    ensure_owner_id,
    hides_contact,
    visitor,
)
from jobunivers.labour_market import queries as vacancies
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.editing import answer, filled
from jobunivers.shared.once import once
from jobunivers.shared.web import DOCX, download, go_to, page

bp = Blueprint("letters", __name__)


@bp.get("")
@visitor
def list_letters() -> ResponseReturnValue:
    """My letters, newest first."""
    return page("applications/list.html", letters=queries.list_letters(current_owner_id()))


@bp.route("/new", methods=["GET", "POST"])
@visitor
@once
def start_letter() -> ResponseReturnValue:
    """The job a new letter is for; with `job`, one of the list of jobs."""
    form = JobForm.from_request(**_job_asked_for())
    if not form.submitted():
        return page("applications/new.html", 422 if form.errors else 200, form=form)
    owner_id = ensure_owner_id()
    with write():
        letter = services.start_letter(owner_id, now=clock.now(), **form.values())
    return go_to(url_for(".edit_letter", letter_id=letter.id))


def _job_asked_for() -> dict[str, Any]:
    job = vacancies.find_open_vacancy(request.args.get("job", type=UUID), clock.today())
    return (
        {"job_title": job.title, "employer": job.workplace, "apply_by": job.apply_by} if job else {}
    )


@bp.route("/<uuid:letter_id>", methods=["GET", "POST"])
@visitor
def edit_letter(letter_id: UUID) -> ResponseReturnValue:
    """One letter with its preparation, saved while it is written."""
    owner_id = current_owner_id()
    letter = queries.get_letter_for(owner_id, letter_id)
    content = queries.content_of(letter)
    form = filled(LetterForm, rules.form_values(content), lines="\n".join(content.call))

    def stored() -> dict[str, Any]:
        return rules.form_values(queries.content_of(queries.get_letter_for(owner_id, letter_id)))

    def save() -> Any:
        return services.change_letter(
            ensure_owner_id(), letter_id, form.values(), version=form.version.data, now=clock.now()
        )

    done = url_for(".preview_letter", letter_id=letter_id)
    pairs = form.pairs(rules.pairs_shown(content))
    return answer(
        form,
        "applications/letter.html",
        save=save,
        stored=stored,
        done=done,
        saved_at=letter.changed_at,
        letter=letter,
        pairs=pairs,
    )


@bp.post("/<uuid:letter_id>/delete")
@visitor
def delete_letter(letter_id: UUID) -> ResponseReturnValue:
    """Throws a letter away."""
    owner_id = ensure_owner_id()
    with write():
        services.delete_letter(owner_id, letter_id)
    return go_to(url_for(".list_letters"))


def _letter_and_sender(letter_id: UUID) -> tuple[Any, Any]:
    letter = queries.get_letter_for(current_owner_id(), letter_id)
    sender = sender_of(letter.owner_id)
    if hides_contact():
        sender = replace(sender, contact=())
    return queries.content_of(letter), sender


@bp.get("/<uuid:letter_id>/preview")
@visitor
def preview_letter(letter_id: UUID) -> ResponseReturnValue:
    """The letter as one text: to read aloud, print or take along."""
    letter, sender = _letter_and_sender(letter_id)
    return page(
        "applications/preview.html",
        letter=letter,
        sender=sender,
        letter_id=letter_id,
        back_href=url_for(".edit_letter", letter_id=letter_id),
    )


@bp.get("/<uuid:letter_id>.pdf")
@visitor
def download_pdf(letter_id: UUID) -> ResponseReturnValue:
    """The letter as PDF."""
    return download(
        export.pdf(*_letter_and_sender(letter_id)), "application/pdf", "application.pdf"
    )


@bp.get("/<uuid:letter_id>.docx")
@visitor
def download_docx(letter_id: UUID) -> ResponseReturnValue:
    """The letter as a Word file."""
    return download(
        export.docx(*_letter_and_sender(letter_id), made_at=clock.now()), DOCX, "application.docx"
    )


@bp.get("/<uuid:letter_id>.txt")
@visitor
def download_text(letter_id: UUID) -> ResponseReturnValue:
    """The letter as plain text."""
    return download(
        export.plain_text(*_letter_and_sender(letter_id)),
        "text/plain; charset=utf-8",
        "application.txt",
    )

"""The CV, or a version of it for one job, to take away: PDF, Word, text, data, and the texts one by
one to copy.
"""

from uuid import UUID

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from jobunivers.cv import europass_file as europass
from jobunivers.cv import export_file as export
from jobunivers.cv import version_queries
from jobunivers.cv import word_file as word
from jobunivers.cv.pasting_pages import fields_to_paste
from jobunivers.cv.types import CvContent
from jobunivers.identity.access import current_owner_id, hides_contact, visitor
from jobunivers.shared import clock
from jobunivers.shared.web import DOCX, download, page

bp = Blueprint("cv_files", __name__)


def _content(cv_id: UUID) -> CvContent:
    """The CV or a version: both have their files under their id."""
    content = version_queries.content_for(current_owner_id(), cv_id)
    return content.without_contact() if hides_contact() else content


@bp.get("/<uuid:cv_id>.pdf")
@visitor
def download_pdf(cv_id: UUID) -> ResponseReturnValue:
    """The CV as PDF."""
    return download(export.pdf(_content(cv_id)), "application/pdf", "cv.pdf")


@bp.get("/<uuid:cv_id>.docx")
@visitor
def download_docx(cv_id: UUID) -> ResponseReturnValue:
    """The CV as a Word file."""
    return download(word.docx(_content(cv_id), made_at=clock.now()), DOCX, "cv.docx")


@bp.get("/<uuid:cv_id>.txt")
@visitor
def download_text(cv_id: UUID) -> ResponseReturnValue:
    """The CV as plain text."""
    return download(export.plain_text(_content(cv_id)), "text/plain; charset=utf-8", "cv.txt")


@bp.get("/<uuid:cv_id>.json")
@visitor
def download_json(cv_id: UUID) -> ResponseReturnValue:
    """The CV as JSON Resume."""
    return download(
        jsonify(export.json_resume(_content(cv_id))).get_data(), "application/json", "cv.json"
    )


@bp.get("/<uuid:cv_id>.xml")
@visitor
def download_europass(cv_id: UUID) -> ResponseReturnValue:
    """The CV as Europass XML."""
    return download(europass.xml(_content(cv_id), cv_id), "application/xml", "cv.xml")


@bp.get("/<uuid:cv_id>/paste")
@visitor
def show_pieces(cv_id: UUID) -> ResponseReturnValue:
    """The CV in the pieces that Jobnet and other sites ask for, each with a button that copies it."""
    return page("cv/paste.html", parts=fields_to_paste(_content(cv_id)), cv_id=cv_id)

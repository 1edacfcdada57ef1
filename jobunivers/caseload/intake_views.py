"""A file of citizens comes in: choose it, see every line as it would be read, take it in."""

from base64 import b64decode, b64encode
from zlib import compress, decompress

from cryptography.fernet import InvalidToken
from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from jobunivers.caseload import intake_services
from jobunivers.caseload.forms import IntakeFileForm
from jobunivers.caseload.intake_file import COLUMNS, Read
from jobunivers.caseload.intake_words import COLUMN_NAMES, INTAKE, fault_text, table_error_text
from jobunivers.identity.access import coordinator_required, the_viewer
from jobunivers.shared import clock, vault
from jobunivers.shared.db import write
from jobunivers.shared.tables import TableError
from jobunivers.shared.web import go_to, page

bp = Blueprint("intake", __name__)
LARGEST = 2**20  # bytes; what is larger comes by the command line


@bp.get("")
@coordinator_required
def choose_file() -> ResponseReturnValue:
    """Which columns a file needs, and a field to choose it."""
    return _form(IntakeFileForm())


@bp.post("")
@coordinator_required
def preview() -> ResponseReturnValue:
    """Every line as it would be taken in. Nothing is saved."""
    sent = request.files.get("file")
    data = sent.read(LARGEST + 1) if sent else b""
    try:
        found = intake_services.read_file(_small(data), now=clock.now())
    except TableError as error:
        return _refused(table_error_text(error))
    if found.missing:
        names = ", ".join(str(COLUMN_NAMES[name]) for name in found.missing)
        return _refused(_("The file lacks a column: %(names)s.", names=names))
    return _preview(found, vault.seal(b64encode(compress(data)).decode()).decode())


@bp.post("/take-in")
@coordinator_required
def take_in() -> ResponseReturnValue:
    """Takes in every line that can be used, read anew from what was sealed into the preview."""
    try:
        sealed = vault.unseal(request.form.get("file", "").encode())
        found = intake_services.read_file(decompress(b64decode(sealed)), now=clock.now())
    except (InvalidToken, TableError):
        return _refused(_("Please choose the file again."))
    if found.faulty and not request.form.get("leave_out"):
        return _preview(found, request.form["file"], status=422)
    with write():
        done = intake_services.take_in(found.rows, now=clock.now(), by_user_id=the_viewer().user_id)
    said = ", ".join(f"{count} {INTAKE[what]}" for what, count in sorted(done.items()))
    flash(_("Taken in: %(counts)s.", counts=said or "0"), "good")
    return go_to(url_for(".choose_file"))


def _small(data: bytes) -> bytes:
    if not data:
        raise TableError("empty")
    if len(data) > LARGEST:
        raise TableError("large", megabytes=LARGEST // 2**20)
    return data


def _form(form: IntakeFileForm, status: int = 200) -> ResponseReturnValue:
    return page("caseload/intake_file.html", status, form=form, names=COLUMN_NAMES)


def _refused(why: str) -> ResponseReturnValue:
    form = IntakeFileForm()
    form.file.errors = [why]
    return _form(form, 422)


def _preview(found: Read, sealed: str, status: int = 200) -> ResponseReturnValue:
    columns = [name for name in COLUMNS if any(line.cells.get(name) for line in found.lines)]
    return page(
        "caseload/intake_preview.html",
        status,
        found=found,
        lines=[*found.faulty, *(line for line in found.lines if not line.faults)],
        sealed=sealed,
        columns=columns,
        names=COLUMN_NAMES,
        fault_text=fault_text,
    )

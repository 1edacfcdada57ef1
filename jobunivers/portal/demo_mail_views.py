"""Demo mode only: the mails that would have left the house, read from the folder they were written
into.
"""

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import Blueprint, Response, current_app, url_for
from flask.typing import ResponseReturnValue

from jobunivers.identity.access import demo_only
from jobunivers.messages import queries, rules, services
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, page

bp = Blueprint("demo_mail", __name__)
NAME = re.compile(r"[0-9a-f]{8,64}")
MOST_MAILS = 100


@dataclass(frozen=True)
class Letter:
    """One mail of the folder."""

    name: str
    to: str
    subject: str
    at: datetime
    text: str
    files: tuple[str, ...]


@bp.get("")
@demo_only
def list_mails() -> ResponseReturnValue:
    """The newest mails first, and those that wait for the morning."""
    return page(
        "portal/demo_mails.html",
        mails=[_letter(path) for path in _newest()],
        waiting=queries.count_waiting(services.DELIVER),
    )


@bp.post("/send")
@demo_only
def send_now() -> ResponseReturnValue:
    """Sends what is due without waiting for the worker or the morning, so that a demonstration can
    go on at any hour.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    morning = rules.quiet_ends(clock.now(), current_profile().quiet_hours, clock.COPENHAGEN)
    worker.run_once(app, morning, at_night_too=True)
    return go_to(url_for(".list_mails"))


@bp.get("/<name>")
@demo_only
def show_mail(name: str) -> ResponseReturnValue:
    """One mail as text, with its files."""
    return page("portal/demo_mail.html", mail=_letter(_path(name)))


@bp.get("/<name>/<int:number>")
@demo_only
def show_file(name: str, number: int) -> ResponseReturnValue:
    """One file of a mail, as a download."""
    files = list(_read(_path(name)).iter_attachments())
    if number >= len(files):
        raise NotFound
    response = Response(
        files[number].get_payload(decode=True), mimetype=files[number].get_content_type()
    )
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{number}-{Path(files[number].get_filename() or "file").name}"'
    )
    return response


def _folder() -> Path | None:
    url = current_app.config["SETTINGS"].smtp_url
    return Path(url.removeprefix("file:")) if url.startswith("file:") else None


def _newest() -> list[Path]:
    folder = _folder()
    found = list(folder.glob("*.eml")) if folder and folder.is_dir() else []
    return sorted(found, key=lambda path: (-path.stat().st_mtime, path.name))[:MOST_MAILS]


def _path(name: str) -> Path:
    folder = _folder()
    path = folder / f"{name}.eml" if folder and NAME.fullmatch(name) else None
    if path is None or not path.is_file():
        raise NotFound
    return path


def _read(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=email.policy.default)


def _letter(path: Path) -> Letter:
    mail = _read(path)
    body = mail.get_body(("plain",))
    return Letter(
        name=path.stem,
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        at=parsedate_to_datetime(str(mail["Date"])),
        text=body.get_content() if body else "",
        files=tuple(part.get_filename() or "file" for part in mail.iter_attachments()),
    )

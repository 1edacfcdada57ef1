"""What was typed into a form that is refused comes back with the refusal, so that no word is lost: as
a form that can be sent again, or beside the form that htmx sent.

Only for forms that surely came from a page of ours: nobody else may put words into such a form.
Passwords, codes, CPR numbers and files do not come back.
"""

import re
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import HTTPException

from jobunivers.shared import csrf

SECRET = frozenset({csrf.FIELD, "once", "password", "current", "code", "cpr"})
CPR = re.compile(r"\s*\d{6}[ .–-]?\d{4}\s*")
MARK = re.compile(r"[a-z0-9_-]{0,64}|[0-9T:.+-]{0,40}")  # a choice, an id, a day: no words


@dataclass(frozen=True)
class Kept:
    """A refused form. `texts` are shown, `marks` (choices, ids) go along unseen."""

    action: str
    texts: tuple[tuple[str, str], ...]
    marks: tuple[tuple[str, str], ...]
    is_whole: bool  # False: a secret or a file has to be given again


def kept() -> Kept | None:
    """The form that was just refused, or None when there is none, or nothing in it."""
    if request.method != "POST" or not csrf.is_surely_ours():
        return None
    try:
        sent = [(name, value) for name, value in request.form.items(multi=True) if value]
        has_files = any(file.filename for file in request.files.values())
    except HTTPException:  # too large to be read at all
        return None
    fields = [(name, value) for name, value in sent if not _is_secret(name, value)]
    if not fields:
        return None
    texts = tuple((name, value) for name, value in fields if not MARK.fullmatch(value))
    secrets = sum(name not in (csrf.FIELD, "once") for name, _value in sent) - len(fields)
    return Kept(
        action=request.full_path.rstrip("?"),
        texts=texts,
        marks=tuple(pair for pair in fields if pair not in texts),
        is_whole=not secrets and not has_files,
    )


def _is_secret(name: str, value: str) -> bool:
    return name.rpartition("-")[2] in SECRET or bool(CPR.fullmatch(value))

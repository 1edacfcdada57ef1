"""A form that makes something makes it once: sent a second time, after Back or by two taps, it leads to
what the first one made. With other words in it, it is held, and the words are kept.
"""

import functools
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from flask import Response, abort, current_app, request, session
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from jobunivers.extensions import db
from jobunivers.shared import csrf, vault
from jobunivers.shared.db import Base, write
from jobunivers.shared.web import go_to, is_htmx

FIELD = "once"
View = TypeVar("View", bound=Callable[..., Any])


class FormKey(Base):
    """One form that was sent, by a keyed hash of who sent it and its key; `location` is where it led."""

    key_hash: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    location: Mapped[str] = mapped_column(default="")


def once_field() -> Markup:
    """The hidden key of a form that makes something; new each time the page is made."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token_urlsafe(16))


def once(view: View) -> View:
    """For views that make something from a form with `once_field()`."""

    @functools.wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        key = request.form.get(FIELD) if request.method == "POST" else None
        if not key or is_htmx():  # htmx brings a fresh piece and holds the button meanwhile
            return view(*args, **kwargs)
        who = session.get("_user_id") or request.cookies.get("ju_draft", "")
        hashed = vault.fingerprint(f"once:{who}:{request.path}:{key[:100]}")
        if not _claim(hashed):
            return _sent_before(hashed)
        return _make(hashed, lambda: view(*args, **kwargs))

    guarded.once = True  # type: ignore[attr-defined]
    return cast(View, guarded)


def _claim(hashed: str) -> bool:
    """True for the first of all posts of this form, also of two at the same moment."""
    try:
        with write():
            db.session.add(FormKey(key_hash=hashed, digest=_digest()))
            db.session.flush()
    except IntegrityError:
        return False
    return True


def _make(hashed: str, view: Callable[[], Any]) -> Response:
    """Runs the view; what did not succeed may be sent again."""
    mine = FormKey.key_hash == hashed
    is_made = False
    try:
        answer = current_app.make_response(view())
        is_made = answer.status_code < 400
    finally:
        if not is_made:
            with write():
                db.session.execute(sa.delete(FormKey).where(mine))
    where = answer.headers.get("Location") or answer.headers.get("HX-Redirect") or ""
    with write():
        db.session.execute(sa.update(FormKey).where(mine).values(location=where))
    return answer


def _sent_before(hashed: str) -> Response:
    row = db.session.scalar(sa.select(FormKey).where(FormKey.key_hash == hashed))
    if row is not None and row.digest == _digest():
        return go_to(row.location or request.path)
    return abort(409, "once")


def _digest() -> str:
    fields = sorted(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in (csrf.FIELD, FIELD)
    )
    return vault.fingerprint(repr(fields))

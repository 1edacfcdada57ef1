"""Sessions: a signed cookie for people who are not logged in, a row in the database for those who
are.

The row can be revoked, expires when idle, and holds what must not travel; its token changes at
every log-in.
"""

import hashlib
import secrets
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask, Request, Response, g, has_request_context, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from jobunivers.extensions import db
from jobunivers.identity.models import LoginSession
from jobunivers.identity.rules import IDLE, LONGEST, device_words
from jobunivers.identity.types import AuthMethod
from jobunivers.shared import clock, device

COOKIE = "ju_session"
USER_KEY = "_user_id"  # Flask-Login's own key
METHOD_KEY = "auth_method"
ACTING_FOR_KEY = "acting_for"  # the citizen whom a helper has chosen
SEEN_EVERY = timedelta(minutes=1)
# A forgotten tab goes there by itself when the time is up: that is not a sign of life.
NO_SIGN_OF_LIFE = "identity.show_logged_out"


# Read at every request, so put together once and without making an object of the row. `values` is a
# method of rows, hence `kept`.
_ROW = LoginSession.__table__.c
_BY_TOKEN = sa.select(
    _ROW.id,
    _ROW.token_hash,
    _ROW.user_id,
    _ROW.method,
    _ROW["values"].label("kept"),
    _ROW.seen_at,
    _ROW.began_at,
).where(_ROW.token_hash == sa.bindparam("token_hash"))


def cookie_name(app: Flask) -> str:
    """With TLS the name itself promises: this host only, whole site, never in the clear
    (`__Host-`).
    """
    return f"__Host-{COOKIE}" if app.config["SESSION_COOKIE_SECURE"] else COOKIE


def token_hash(token: str) -> str:
    """What is stored of a cookie's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class StoredSession(CallbackDict, SessionMixin):  # type: ignore[type-arg]
    """The session of a logged-in person."""

    def __init__(self, token: str, row: Any) -> None:
        super().__init__(
            {**row.kept, USER_KEY: str(row.user_id), METHOD_KEY: row.method.value}, self._changed
        )
        self.token = token
        self.token_hash = row.token_hash
        self.row_id = row.id
        self.user_id = row.user_id
        self.renewed = False  # a new log-in in the middle of this one: the token must change
        self.modified = False

    def _changed(self, _session: Any) -> None:
        self.modified = True


class Sessions(SecureCookieSessionInterface):
    """Chooses between the two; moves a visitor's session into the database at log-in and deletes it
    at log-out.
    """

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:  # type: ignore[override]
        token = request.cookies.get(cookie_name(app))
        if token:
            row = db.session.execute(_BY_TOKEN, {"token_hash": token_hash(token)}).first()
            if row and self._alive(row, request):
                return StoredSession(token, row)
            g.session_ended = True
        return super().open_session(app, request)

    @staticmethod
    def _alive(row: Any, request: Request) -> bool:
        now = clock.real_now()
        if (
            now - row.seen_at > min(IDLE, timedelta(seconds=device.idle_seconds()))
            or now - row.began_at > LONGEST
        ):
            return False
        if now - row.seen_at > SEEN_EVERY and request.path != url_for(NO_SIGN_OF_LIFE):
            _write(sa.update(LoginSession).where(LoginSession.id == row.id).values(seen_at=now))
        return True

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        user_id = session.get(USER_KEY)
        if isinstance(session, StoredSession):
            self._save_stored(session, user_id, app, response)
        elif user_id:
            self._begin(session, UUID(str(user_id)), app, response)
        elif isinstance(session, SecureCookieSession):
            super().save_session(app, session, response)

    def _save_stored(
        self, session: StoredSession, user_id: Any, app: Flask, response: Response
    ) -> None:
        if not user_id:
            _write(sa.delete(LoginSession).where(LoginSession.token_hash == session.token_hash))
            self._delete_cookie(app, response)
        elif session.renewed or str(session.user_id) != str(user_id):
            _write(sa.delete(LoginSession).where(LoginSession.token_hash == session.token_hash))
            self._begin(session, UUID(str(user_id)), app, response)
        elif session.modified:
            _write(
                sa.update(LoginSession)
                .where(LoginSession.token_hash == session.token_hash)
                .values(values=_values(session))
            )

    def _begin(
        self, session: MutableMapping[str, Any], user_id: UUID, app: Flask, response: Response
    ) -> None:
        token, now = secrets.token_urlsafe(32), clock.real_now()
        method = AuthMethod(session.get(METHOD_KEY, AuthMethod.DEMO))
        device = device_words(str(request.user_agent)) if has_request_context() else ""
        row = {
            "token_hash": token_hash(token),
            "user_id": user_id,
            "method": method,
            "device": device,
            "values": _values(session),
        }
        _write(sa.insert(LoginSession).values(**row, seen_at=now, began_at=now))
        response.set_cookie(
            cookie_name(app),
            token,
            httponly=True,
            samesite="Lax",
            secure=app.config["SESSION_COOKIE_SECURE"],
            path="/",
        )
        response.delete_cookie(
            self.get_cookie_name(app), secure=app.config["SESSION_COOKIE_SECURE"]
        )
        response.vary.add("Cookie")

    @staticmethod
    def _delete_cookie(app: Flask, response: Response) -> None:
        """A `__Host-` cookie is only removed by an answer that names it with the same promises."""
        response.delete_cookie(
            cookie_name(app),
            httponly=True,
            samesite="Lax",
            secure=app.config["SESSION_COOKIE_SECURE"],
            path="/",
        )


def _values(session: MutableMapping[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in session.items()
        if key not in (USER_KEY, METHOD_KEY, "_fresh", "_id")
    }


def _write(statement: sa.Executable) -> None:
    """A tiny transaction of its own: the request's session must stay free for its one write."""
    db.session.rollback()
    with db.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.execute(statement)

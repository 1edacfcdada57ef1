"""Forged requests are refused in two ways: where the browser says the request came from, and a
signed token.

The token of a logged-in person is bound to her session; that of an anonymous page is only signed
and dated, so that public
pages need no session row (docs/decisions/0002-own-csrf.md).
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, abort, current_app, g, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer

from jobunivers.shared import clock
from jobunivers.shared.web import split_address

View = TypeVar("View")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
ANONYMOUS = "anonymous"
MAX_AGE_SECONDS = 7 * 24 * 3600  # a lesson left open on a phone for some days must still save


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="csrf")


def _binding() -> str:
    return getattr(session, "token_hash", None) or ANONYMOUS


def token() -> str:
    """The token for this person's forms; the same for the whole page."""
    if "csrf_token" not in g:
        binding = _binding()
        g.csrf_token = (
            _token_of_the_hour() if binding == ANONYMOUS else _serializer().dumps(binding)
        )
    return str(g.csrf_token)


def _token_of_the_hour() -> str:
    """Anonymous tokens are bound to nobody, so one an hour will do, and public pages can be kept
    (page_cache.py).
    """
    hour = int(clock.real_now().timestamp()) // 3600
    kept = current_app.extensions.get("anonymous_token")
    if kept is None or kept[0] != hour:
        kept = (hour, str(_serializer().dumps(ANONYMOUS)))
        current_app.extensions["anonymous_token"] = kept
    return str(kept[1])


def _same_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or split_address(origin).netloc == request.host


def _token_is_good() -> bool:
    sent = request.headers.get(HEADER) or request.form.get(FIELD) or ""
    try:
        return bool(_serializer().loads(sent, max_age=MAX_AGE_SECONDS) == _binding())
    except BadSignature:
        return False


def protect() -> Response | None:
    """Runs before each request: refuses writes that did not come from a page of ours (400 with a
    kind page).
    """
    if request.method in SAFE_METHODS or not current_app.config["CSRF_ENABLED"]:
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "csrf_exempt", False):
        return None
    if _same_site() and _token_is_good():
        return None
    if _same_site() and g.get("session_ended"):
        to_log_in: Callable[[], Response] = current_app.extensions["to_log_in"]
        return to_log_in()  # the form is ours, only the log-in behind it ran out
    return abort(400, "csrf")


def exempt(view: View) -> View:
    """For endpoints that another site must reach, or that exist in demo mode only."""
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


bp = Blueprint("csrf", __name__)
bp.before_app_request(protect)

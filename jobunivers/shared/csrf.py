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
from werkzeug.exceptions import RequestEntityTooLarge

from jobunivers.shared import clock, vault
from jobunivers.shared.web import split_address

View = TypeVar("View")
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
ANONYMOUS = "anonymous"
AGAIN_SECONDS = 2 * 3600  # to log in in another tab and come back
MAY_BE_AHEAD_SECONDS = 120  # clocks of two machines behind one address differ
MAX_AGE_SECONDS = 7 * 24 * 3600  # a lesson left open on a phone for some days must still save


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.signing_keys(), salt="csrf")


def _binding() -> str:
    return getattr(session, "token_hash", None) or ANONYMOUS


def token() -> str:
    """The token for this person's forms; the same for the whole page. It says whose form it is, so
    that a form refused later is sent again by nobody else.
    """
    if "csrf_token" not in g:
        binding = _binding()
        g.csrf_token = (
            _token_of_the_hour() if binding == ANONYMOUS else _serializer().dumps([binding, _who()])
        )
    return str(g.csrf_token)


def _who() -> str:
    """A mark of the person who is logged in; "" for nobody."""
    user_id = session.get("_user_id")
    return vault.fingerprint(f"form:{user_id}") if user_id else ""


def _is_hers(mark: object) -> bool:
    """Whether a mark of a form means the person who is logged in now; it may be older than the
    present key.
    """
    user_id = session.get("_user_id")
    return bool(user_id) and mark in vault.fingerprints(f"form:{user_id}")


def _sender() -> str | None:
    """Whose form was sent: a mark, "" when nobody was logged in, None when the token is not ours."""
    found = _read(_serializer(), MAX_AGE_SECONDS)
    if found is None:
        return None
    return str(found[1]) if isinstance(found, list) else ""


def is_surely_ours() -> bool:
    """Whether a refused form came from a page of ours beyond doubt, and may come back filled in."""
    if not _same_site():
        return False
    origin = split_address(request.headers.get("Origin")).netloc
    says_so = request.headers.get("Sec-Fetch-Site") == "same-origin" or origin == request.host
    return says_so or _sender() is not None


def needs_log_in() -> bool:
    """Whether the form was somebody's who is not logged in any more."""
    return not _who() and (bool(_sender()) or bool(g.get("session_ended")))


def resend_token() -> str | None:
    """A token with which the refused form may be sent again, after a new log-in too, but only by the
    person whose form it is. None when somebody else is logged in now.
    """
    sender = _sender()
    if not sender:
        return token()
    return None if _who() and not _is_hers(sender) else str(_again().dumps(sender))


def _again() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(vault.signing_keys(), salt="csrf-again")


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


def _sent() -> str:
    if in_header := request.headers.get(HEADER):
        return in_header
    try:
        return request.form.get(FIELD) or ""
    except RequestEntityTooLarge:
        if g.get("is_too_large"):
            return ""  # the page that says so asks whose form it was
        g.is_too_large = True
        raise


def _token_is_good() -> bool:
    found = _read(_serializer(), MAX_AGE_SECONDS)
    return (found[0] if isinstance(found, list) else found) == _binding() or _is_sent_again()


def _is_sent_again() -> bool:
    """A refused form, sent again by the same person."""
    return _is_hers(_read(_again(), AGAIN_SECONDS))


def _read(serializer: URLSafeTimedSerializer, seconds: int) -> object:
    """What the token says; None when it is forged or old. Another machine may have made it a moment
    from now.
    """
    try:
        said, made_at = serializer.loads(_sent(), return_timestamp=True)
    except BadSignature:
        return None
    age = (clock.real_now() - made_at).total_seconds()
    return said if -MAY_BE_AHEAD_SECONDS <= age <= seconds else None


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

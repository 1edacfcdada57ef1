"""Log-in, log-out, language."""

from flask import Blueprint, current_app, request, session
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from jobunivers.identity import services
from jobunivers.identity.access import public, viewer
from jobunivers.shared.db import write
from jobunivers.shared.i18n import LANGUAGE_COOKIE
from jobunivers.shared.web import go_to, page, safe_next

bp = Blueprint("identity", __name__)
LANGUAGE_COOKIE_SECONDS = 365 * 24 * 3600


@bp.get("/log-in")
@public
def log_in() -> ResponseReturnValue:
    """The ways in."""
    return page("identity/log_in.html", next_url=safe_next(request.args.get("next"), "/my"))


@bp.post("/log-out")
@public
def log_out() -> ResponseReturnValue:
    """Ends the session on this device."""
    logout_user()
    session.clear()
    return go_to("/logged-out")


@bp.get("/logged-out")
@public
def show_logged_out() -> ResponseReturnValue:
    """Says that it worked, and what to do on a shared computer."""
    return page("identity/logged_out.html")


@bp.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Remembers the language in a cookie, and for people with a log-in in their settings; back to the same page."""
    code = request.form.get("lang", "")
    target = safe_next(request.form.get("next") or request.form.get("return_to"), "/")
    response = go_to(target)
    if code in current_app.config["LOCALES"]:
        response.set_cookie(LANGUAGE_COOKIE, code, max_age=LANGUAGE_COOKIE_SECONDS, samesite="Lax", httponly=True)
        person = viewer()
        if person is not None:
            with write():
                services.choose_language(person.user_id, code)
    return response

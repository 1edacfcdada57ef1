"""The ways in, the way out, and the language."""

from flask import Blueprint, current_app, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from jobunivers.identity import gateways as authenticators
from jobunivers.identity import landing_http as landing
from jobunivers.identity import services
from jobunivers.identity.access import forget_draft, public, viewer
from jobunivers.identity.types import LogInEvent
from jobunivers.shared import device
from jobunivers.shared.db import write
from jobunivers.shared.i18n import keep_language
from jobunivers.shared.web import FORGET_ALL, FORGET_PAGES, go_to, page, safe_next

bp = Blueprint("identity", __name__)


@bp.get("/log-in")
@public
def log_in() -> ResponseReturnValue:
    """The ways in; whoever is in already goes where she wanted."""
    person = viewer()
    next_url = safe_next(request.args.get("next"), "")
    if person is not None:
        return go_to(landing.landing(person, next_url))
    offered = {kind: authenticators.find(kind) is not None for kind in authenticators.KINDS}
    return page("identity/log_in.html", next_url=next_url, offered=offered)


@bp.post("/log-out")
@public
def log_out() -> ResponseReturnValue:
    """Ends the session on this device and tells the browser to forget what it kept, the pointer at
    a draft too: the next
    person at a library's computer must not be offered it."""
    if (person := viewer()) is not None:
        with write():
            services.note_event(person.user_id, LogInEvent.OUT)
    logout_user()
    session.clear()
    forget_draft()
    response = go_to(url_for(".show_logged_out"))
    # Answers given without a connection wait in the browser's storage for their owner
    # (docs/learning.md); a shared computer forgets all.
    response.headers["Clear-Site-Data"] = FORGET_ALL if device.is_shared() else FORGET_PAGES
    return response


@bp.post("/shared-computer")
@public
def choose_device() -> ResponseReturnValue:
    """Whether others use this computer too; back to the same page."""
    response = go_to(safe_next(request.form.get("next"), url_for(".log_in")))
    wish = request.form.get("shared")
    return device.remember(response, is_shared=wish == "yes") if wish in ("yes", "no") else response


@bp.get("/logged-out")
@public
def show_logged_out() -> ResponseReturnValue:
    """Says that it worked, and what to do on a shared computer; or that another tab is still in
    use.
    """
    return page("identity/logged_out.html")


@bp.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """Remembers the language in a cookie, and for people with a log-in in their settings; back to
    the same page and query.
    """
    code = request.form.get("lang", "")
    response = go_to(safe_next(request.form.get("next") or request.form.get("return_to"), "/"))
    if code in current_app.config["LOCALES"]:
        keep_language(response, code)
        person = viewer()
        if person is not None:
            with write():
                services.choose_language(person.user_id, code)
    return response

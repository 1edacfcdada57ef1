"""Errors become pages once, here: kind words, the right status, never a traceback."""

import contextlib
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException

from jobunivers.extensions import db
from jobunivers.shared import csrf, outage, refusals
from jobunivers.shared.errors import Conflict, Full, NotAllowed, NotFound, Stale
from jobunivers.shared.logs import logger
from jobunivers.shared.web import is_htmx, page

STATUS_OF = {Full: 409, NotAllowed: 403, NotFound: 404, Conflict: 409, Stale: 409}


def _words(status: int, description: str = "") -> tuple[str, str]:
    """(title, what to do now) for a status."""
    if status == 400 and description == "csrf":
        return _("The page was open too long"), _(
            "Go back, reload the page and send it again. Nothing was changed."
        )
    if (found := _special_words().get(description)) is not None:
        return found
    texts = {
        401: (_("Please log in"), _("Log in, and then open the page again. Nothing was changed.")),
        403: (
            _("You do not have access to this page"),
            _(
                "You may be logged in as somebody else. Log out and in again, or go to the front page."
            ),
        ),
        404: (
            _("We cannot find the page"),
            _("It may have moved, or the link is not whole. Nothing of yours is lost."),
        ),
        405: (
            _("We cannot find the page"),
            _("It may have moved, or the link is not whole. Nothing of yours is lost."),
        ),
        409: (
            _("Something changed in the meantime"),
            _("Go back and look at the page again before you decide. Nothing was overwritten."),
        ),
        410: (_("This link is no longer in use"), _("Log in to see your page, or call us.")),
        413: (
            _("That was too much at once"),
            _(
                "The text or file is too large, and nothing was saved. Go back in the browser: what "
                "you wrote is still there. Make it shorter and send it again."
            ),
        ),
        429: (_("Too many attempts"), _("Wait a few minutes and try again.")),
    }
    fallback = (
        _("Something went wrong on our side"),
        _("It is not your fault. Try again in a little while. What you had saved is still there."),
    )
    return texts.get(
        status,
        fallback
        if status >= 500
        else (_("We did not understand that"), _("Go back and try again. Nothing was changed.")),
    )


def _special_words() -> dict[str, tuple[str, str]]:
    """For refusals that are about what was sent, and of which nothing is lost."""
    return {
        "once": (
            _("This form was sent before"),
            _("What it made is there already. Send it again only if you want one more."),
        ),
        "full": (
            _("There is no more room"),
            _(
                "You have so many of these that no more are kept. Delete one that you do not "
                "need, and send this again."
            ),
        ),
        "budget": (
            _("That was a lot in one hour"),
            _("Without a log-in only so much is saved in an hour. Log in, or send it again later."),
        ),
    }


def _no_case_yet() -> tuple[str, str]:
    """The same for a visitor on a page that belongs to a case: nothing is wrong, it is only not
    there yet.
    """
    return _("This page opens when you have a case"), _(
        "Meetings, messages and questions open when the municipality has a case for you. Until then, call us."
    )


def error_page(status: int, description: str = "") -> Response:
    """The page for a status, in the reader's language."""
    person = g.get("viewer")
    has_no_case = person is not None and not person.is_staff and person.citizen_id is None
    title, text = _no_case_yet() if status == 403 and has_no_case else _words(status, description)
    if description == "csrf" or status == 401:
        title, text = _about_the_form(title, text)
    shown = {
        "title": title,
        "text": text,
        "status_code": status,
        "request_id": g.get("request_id", ""),
    }
    if is_htmx():
        return _beside_the_form(status, shown)
    kept = refusals.kept()
    response = page("errors/error.html", status, **shown, **_to_send_again(kept))
    if kept:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _beside_the_form(status: int, shown: dict[str, Any]) -> Response:
    """For htmx a few words that stand beside the form (static/js/ju.js), never a page in the page."""
    is_form = request.method == "POST" and csrf.is_surely_ours()
    token = csrf.resend_token() if is_form else None
    needs_log_in = is_form and csrf.needs_log_in()
    response = page("errors/refusal.html", status, **shown, token=token, needs_log_in=needs_log_in)
    response.headers["HX-Reswap"] = "none"
    response.headers["HX-Refusal"] = "1"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _to_send_again(kept: refusals.Kept | None) -> dict[str, Any]:
    if kept is None:
        return {"kept": None, "token": None, "needs_log_in": False}
    return {"kept": kept, "token": csrf.resend_token(), "needs_log_in": csrf.needs_log_in()}


def _about_the_form(title: str, text: str) -> tuple[str, str]:
    """Why a form of ours is refused, when what was typed is still there."""
    if not (is_htmx() or refusals.kept()) or not csrf.is_surely_ours():
        return title, text
    if csrf.needs_log_in():
        return _("You are logged out"), _(
            "What you wrote is still here. Log in in a new tab, come back to this page, and send it again."
        )
    if csrf.resend_token() is None:
        return _("Somebody else is logged in now"), _(
            "What you wrote is still here, but it belongs to another log-in, so it is not sent."
        )
    return title, _("What you wrote is still here. Send it again.")


def _on_http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    response = error_page(error.code, str(error.description or ""))
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            response.headers[name] = value
    return response


def _on_domain(error: Exception) -> Response:
    db.session.rollback()
    status = next(status for kind, status in STATUS_OF.items() if isinstance(error, kind))
    return error_page(status, "full" if isinstance(error, Full) else "")


def _on_unexpected(error: Exception) -> Response:
    if outage.is_away(error):
        with contextlib.suppress(Exception):
            db.session.rollback()
        return outage.answer(error)
    logger.exception("unexpected error", extra={"fields": {"id": g.get("request_id")}})
    db.session.rollback()
    if current_app.config["TESTING"]:
        raise error
    return error_page(500)


def register_errors(app: Flask) -> None:
    """Maps HTTP errors, errors of the domain, and everything unexpected."""
    app.register_error_handler(HTTPException, _on_http)
    for kind in STATUS_OF:
        app.register_error_handler(kind, _on_domain)
    app.register_error_handler(Exception, _on_unexpected)

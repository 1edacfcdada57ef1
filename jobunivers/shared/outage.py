"""The database is away or hangs: a page that needs nothing but this process, made at the start in
every language, with the telephone number. Nothing in it, or in what is logged of it, tells who asked
or for what.
"""

import uuid
from collections.abc import Mapping

from flask import Flask, Response, current_app, g, render_template, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

from jobunivers.shared import i18n
from jobunivers.shared.logs import logger

RETRY_SECONDS = 30
_KEY = "outage_pages"


def is_away(error: BaseException | None) -> bool:
    """The database does not answer; not: it answered that something is wrong with a statement."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError | TimeoutError):
            return True
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            return True
        error = error.__cause__ or error.__context__
    return False


def prepare(app: Flask, headers: Mapping[str, str]) -> None:
    """Renders the pages; a template that needs more than this process would fail here."""
    with app.app_context():
        pages = {}
        for code in app.config["LOCALES"]:
            with i18n.speaking(code):
                pages[code] = render_template(
                    "errors/outage.html",
                    locale=code,
                    text_direction=i18n.text_direction(code),
                    profile=app.config["PROFILE"],
                    name=app.config["PROFILE"].text(app.config["PROFILE"].name, code),
                    hours=app.config["PROFILE"].text(app.config["PROFILE"].phone_hours, code),
                    number="%REQUEST%",
                )
    app.extensions[_KEY] = (pages, dict(headers))


def answer(error: BaseException) -> Response:
    """503 while the database is away, 500 for anything else that went wrong before or after a view."""
    number = g.get("request_id") or uuid.uuid4().hex[:12]
    status = 503 if is_away(error) else 500
    rule = request.url_rule.rule if request.url_rule else None
    logger.error(
        "no answer could be made",
        extra={"fields": {"id": number, "route": rule, "status": status, "error": _name(error)}},
    )
    pages, headers = current_app.extensions[_KEY]
    wish = request.cookies.get(i18n.LANGUAGE_COOKIE)
    code = wish if wish in pages else request.accept_languages.best_match(pages, "da")
    response = Response(pages[code].replace("%REQUEST%", number), status, mimetype="text/html")
    response.headers.update(headers)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Request-Id"] = number
    response.headers["Content-Language"] = str(code)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _name(error: BaseException) -> str:
    return type(getattr(error, "orig", None) or error).__name__

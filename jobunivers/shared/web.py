"""Answers of views: page first, block second. Each action works as an ordinary form post; htmx gets
the changed block.
"""

from typing import Any
from urllib.parse import SplitResult, urlsplit

from flask import (
    Response,
    current_app,
    has_request_context,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from jinja2_fragments.flask import render_block

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTMX_VARY = ("HX-Request", "HX-Request-Type")
# Clear-Site-Data: what a browser kept goes; "cookies" is not named, so that the language that was
# chosen stays.
FORGET_PAGES, FORGET_ALL = '"cache"', '"cache", "storage"'
LONGEST_NEXT = (
    1000  # characters: it waits in a cookie, and browsers drop cookies above four kilobytes
)


def wants_block() -> bool:
    """True when htmx asks for a part of the page (not for a page to restore from history)."""
    return (
        request.headers.get("HX-Request-Type") == "partial"
        and "HX-History-Restore-Request" not in request.headers
    )


def is_htmx() -> bool:
    """True when htmx sent the request, for a part or for a whole page."""
    return "HX-Request" in request.headers


def page_or_block(
    template: str, block: str | None = None, status: int = 200, **context: Any
) -> Response:
    """The block for htmx, otherwise the page. `block=None` always gives the page."""
    if block and wants_block():
        response = make_response(render_block(template, block, **context), status)
    else:
        response = make_response(render_template(template, **context), status)
    response.vary.update(HTMX_VARY)
    return response


def page(template: str, status: int = 200, **context: Any) -> Response:
    """A whole page."""
    return page_or_block(template, None, status, **context)


def invalid(template: str, block: str | None = None, **context: Any) -> Response:
    """The same page or block with its form's errors; 422."""
    return page_or_block(template, block, 422, **context)


def saved(template: str, block: str, *, fallback: str, **context: Any) -> Response:
    """After a good write: the changed block for htmx, otherwise 303 to `fallback`."""
    if wants_block():
        return page_or_block(template, block, **context)
    return go_to(fallback)


def go_to(url: str) -> Response:
    """To another page after a write: 303, or HX-Redirect when htmx asked."""
    if is_htmx():
        response = make_response("", 200)
        response.headers["HX-Redirect"] = url
    else:
        response = make_response(redirect(url, 303))
    response.vary.update(HTMX_VARY)
    return response


def path_to(endpoint: str, *, _anchor: str | None = None, **values: Any) -> str:
    """The path of a page, also for mails and letters, which are made where nobody asks for a page."""
    if has_request_context():
        return url_for(endpoint, _anchor=_anchor, **values)
    path = current_app.url_map.bind("localhost").build(endpoint, values)
    return f"{path}#{_anchor}" if _anchor else path


def whole_url(endpoint: str, **values: Any) -> str:
    """The whole address as our settings name the site, for mails, SMS, letters and calendars."""
    return str(current_app.config["BASE_URL"]) + path_to(endpoint, **values)


def safe_next(url: str | None, fallback: str) -> str:
    """`url` when it is a path on this site, else `fallback`: no open redirects."""
    if not url or len(url) > LONGEST_NEXT or not url.startswith("/") or url.startswith("//"):
        return fallback
    return url if "\\" not in url and url.isprintable() else fallback


def split_address(url: str | None) -> SplitResult:
    """The parts of an address that a browser or an attacker sent; empty parts when it is none
    ("//[").
    """
    try:
        return urlsplit(url or "")
    except ValueError:
        return urlsplit("")


def download(body: bytes | str, content_type: str, name: str) -> Response:
    """A file to keep under a neutral name; proxies and shared browsers do not store it."""
    response = make_response(body)
    response.headers["Content-Type"] = content_type
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response

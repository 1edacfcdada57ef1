"""Public pages for people who are not logged in are rendered and packed once an hour, not once a
request.

Possible because such a page is the same for everybody: no session, no draft, no flash, and a form
token that is signed but
bound to nobody (csrf.py). Anything personal bypasses the cache.
"""

import functools
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Response, current_app, make_response, request, session
from flask_login import current_user

from jobunivers.shared import csrf, device, i18n, statics
from jobunivers.shared.web import is_htmx

View = TypeVar("View", bound=Callable[..., Any])
MOST_PAGES = 600
PERSONAL_COOKIES = ("ju_session", "__Host-ju_session", "ju_draft")


def same_for_everybody(view: View, stamp: Callable[[], str] = str) -> View:
    """Decorates a public view (inside its guard) whose page depends on URL and language only."""

    @functools.wraps(view)
    def cached(*args: Any, **kwargs: Any) -> Any:
        if not _is_impersonal():
            return view(*args, **kwargs)
        pages = current_app.extensions.setdefault("public_pages", OrderedDict())
        key = (
            request.full_path,
            i18n.choose_locale(),
            "br" in request.headers.get("Accept-Encoding", ""),
            csrf.token(),
            device.is_shared(),
            stamp(),
        )
        if key not in pages:
            response = statics.pack_page(make_response(view(*args, **kwargs)), quality=9)
            if response.status_code != 200:
                return response
            pages[key] = (response.get_data(), response.headers.get("Content-Encoding"))
            while len(pages) > MOST_PAGES:
                pages.popitem(last=False)
        body, encoding = pages[key]
        answer = Response(body, mimetype="text/html")
        if encoding:
            answer.headers["Content-Encoding"] = encoding
            answer.vary.add("Accept-Encoding")
        return answer

    return cast(View, cached)


def same_while(stamp: Callable[[], str]) -> Callable[[View], View]:
    """The same for a page that also depends on what staff edits: kept while `stamp()`, asked at
    each request, stays the same.
    """
    return functools.partial(same_for_everybody, stamp=stamp)


def _is_impersonal() -> bool:
    has_cookie = any(name in request.cookies for name in PERSONAL_COOKIES)
    return (
        request.method == "GET"
        and not has_cookie
        and not is_htmx()
        and not session
        and not current_user.is_authenticated
    )

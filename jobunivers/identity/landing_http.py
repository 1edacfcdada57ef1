"""Where a person goes once she is in."""

from urllib.parse import urlencode

from flask import current_app, g
from werkzeug.exceptions import HTTPException

from jobunivers.identity import queries, rules, services
from jobunivers.identity.access import draft_cookie_owner, remember_draft
from jobunivers.identity.types import Viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.web import safe_next

TAKE_ALONG = "/my/path/take-along"
CHOOSE_CITIZEN = "/log-in/for"
ANY_HOME = ("", "/", "/my", "/log-in", "/logged-out")


def welcome(person: Viewer, next_url: str | None = None) -> str:
    """The same, right after a log-in: work that waits for her comes into this browser as a draft."""
    if (
        person.citizen_id is not None
        and not person.is_helper
        and queries.find_waiting_draft(person.user_id)
    ):
        with write():
            draft_id = services.hand_out_draft(person.user_id)
        if draft_id is not None:
            remember_draft(draft_id)
    return landing(person, next_url)


def landing(person: Viewer, next_url: str | None = None) -> str:
    """The page she wanted, else her first page; a draft in this browser is offered first, so that
    nothing she wrote is left behind.
    """
    wanted = safe_next(next_url, "/my")
    if person.is_staff:
        return (
            _existing(rules.home_of(person.grants))
            if wanted.partition("?")[0] in ANY_HOME
            else wanted
        )
    if wanted.partition("?")[0] in ANY_HOME:
        wanted = "/my"
    if person.is_helper and len(queries.list_helped_citizens(person.user_id, clock.today())) > 1:
        return f"{CHOOSE_CITIZEN}?{urlencode({'next': wanted})}"
    draft_id = g.get("draft_owner_id") or draft_cookie_owner()
    if (
        not person.is_helper
        and draft_id
        and draft_id != person.owner_id
        and queries.find_draft(draft_id)
    ):
        return f"{TAKE_ALONG}?{urlencode({'next': wanted})}"
    return wanted


def _existing(path: str) -> str:
    try:
        current_app.url_map.bind("localhost").match(path)
    except HTTPException as answer:
        return path if answer.code in (301, 308) else "/"
    return path

"""Where a person goes once she is in."""

from flask import g, url_for

from jobunivers.identity import queries, rules, services
from jobunivers.identity.access import draft_cookie_owner, remember_draft
from jobunivers.identity.types import Viewer
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.web import safe_next

ANY_HOME = ("pages.front", "home.show_home", "identity.log_in", "identity.show_logged_out")


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
    home = url_for("home.show_home")
    wanted = safe_next(next_url, home)
    is_home = wanted.partition("?")[0] in {url_for(endpoint) for endpoint in ANY_HOME}
    if person.is_staff:
        return url_for(rules.home_of(person.grants)) if is_home else wanted
    if is_home:
        wanted = home
    if person.is_helper and len(queries.list_helped_citizens(person.user_id, clock.today())) > 1:
        return url_for("log_ins.show_choice", next=wanted)
    draft_id = g.get("draft_owner_id") or draft_cookie_owner()
    if (
        not person.is_helper
        and draft_id
        and draft_id != person.owner_id
        and queries.find_draft(draft_id)
    ):
        return url_for("path.ask_take_along", next=wanted)
    return wanted

"""Log-in by e-mail: for people who have no MitID (yet)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from jobunivers.identity import landing_http as landing
from jobunivers.identity import link_http as links
from jobunivers.identity import queries, services
from jobunivers.identity import throttle_http as throttle
from jobunivers.identity.access import public, signed_link
from jobunivers.identity.forms import EmailForm
from jobunivers.identity.types import AuthMethod
from jobunivers.identity.viewer_http import sign_in
from jobunivers.shared import clock, i18n
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound
from jobunivers.shared.web import go_to, invalid, page, safe_next

if TYPE_CHECKING:
    from jobunivers.identity.models import EmailLink

bp = Blueprint("email_log_in", __name__)


@bp.get("")
@public
def show() -> ResponseReturnValue:
    """Asks for the address."""
    return page(
        "identity/email.html", form=EmailForm(), next_url=safe_next(request.args.get("next"), "")
    )


@bp.post("")
@public
def ask() -> ResponseReturnValue:
    """Queues the mail. The answer is the same for every address, also for one that asks too often."""
    form = EmailForm.from_request()
    next_url = safe_next(request.form.get("next"), "")
    if not form.submitted():
        return invalid("identity/email.html", form=form, next_url=next_url)
    if throttle.may_try(f"mail:{form.email.data}"):
        with write():
            services.ask_for_link(
                form.email.data or "",
                locale=i18n.choose_locale(),
                next_url=next_url,
                now=clock.now(),
            )
    return go_to(url_for(".show_sent"))


@bp.get("/sent")
@public
def show_sent() -> ResponseReturnValue:
    """What happens now, whoever asked."""
    return page("identity/email_sent.html")


@bp.get("/<token>")
@signed_link
def show_confirm(token: str) -> ResponseReturnValue:
    """One more tap: programs that look through mail open links, but press no buttons."""
    link = _find(token)
    return (
        page("identity/email_confirm.html", email=link.email, token=token) if link else _worn_out()
    )


@bp.post("/<token>")
@signed_link
def confirm(token: str) -> ResponseReturnValue:
    """Uses the link up and logs in; makes the account on first use."""
    link = _find(token)
    if link is None:
        return _worn_out()
    next_url, email = link.next_url, link.email
    try:
        with write():
            user_id = services.open_link(link.id, now=clock.now()).id
    except NotFound:
        return _worn_out()
    person = sign_in(user_id, AuthMethod.EMAIL_LINK)
    throttle.succeeded(f"mail:{email}")
    return go_to(landing.welcome(person, next_url))


def _find(token: str) -> EmailLink | None:
    link_id = links.read_email_token(token)
    return queries.find_email_link(link_id, clock.now()) if link_id else None


def _worn_out() -> ResponseReturnValue:
    return page("identity/email_worn_out.html", 410)

"""The mail with the way in. What it says is decided when it leaves, so that the page that asked for
it can say the same to everybody.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import current_app

from jobunivers.extensions import db
from jobunivers.identity import link_http as links
from jobunivers.identity import queries, rules, services
from jobunivers.identity.models import AddressNotice, User
from jobunivers.identity.services.email import MAIL_KIND
from jobunivers.identity.services.staff import INVITATION_KIND
from jobunivers.identity.services.ways import ADDRESS_KIND, mail_opens
from jobunivers.identity.types import LogInEvent
from jobunivers.messages import gateways as channels
from jobunivers.messages import mail_pages as mail
from jobunivers.messages import outbox_services as outbox
from jobunivers.shared import i18n
from jobunivers.shared.db import write
from jobunivers.shared.web import whole_url


def register() -> None:
    """Tells the outbox who sends these mails."""
    outbox.handles(MAIL_KIND)(send_link)
    outbox.handles(INVITATION_KIND)(send_invitation)
    outbox.handles(ADDRESS_KIND)(send_address_notice)


def send_link(payload: dict[str, Any], now: datetime) -> None:
    """Mails the link, or to people with another way in: which one it is. A disabled account gets
    nothing.
    """
    link = queries.find_email_link(UUID(str(payload["link_id"])), now)
    if link is None:
        return
    user = queries.find_user_by_email(link.email)
    if user is not None and user.disabled_at is not None:
        return
    if _opens(user):
        where = whole_url("email_log_in.show_confirm", token=links.email_token(link.id))
    else:
        is_staff = bool(user and user.grants)
        where = whole_url("staff_log_in.show_password" if is_staff else "identity.log_in")
    context: dict[str, Any] = {
        "link": where,
        "opens": _opens(user),
        "minutes": int(rules.LINK_LIFE.total_seconds()) // 60,
    }
    if user is not None and _opens(user):
        with write():
            services.note_event(user.id, LogInEvent.LINK)
    letter = mail.compose("log_in", link.locale, to=link.email, **context)
    channels.send_mail(letter, channels.message_id_of(outbox.current_key()))


def _opens(user: User | None) -> bool:
    return user is None or mail_opens(user)


def send_address_notice(payload: dict[str, Any], _now: datetime) -> None:
    """Says at an address that something changed about it, never for whom; then forgets it."""
    notice = db.session.get(AddressNotice, UUID(str(payload["notice_id"])))
    if notice is None:
        return
    link = (
        whole_url("ways_in.show_question", token=links.agree_token(notice.wish_id))
        if notice.wish_id
        else current_app.config["BASE_URL"]
    )
    letter = mail.compose("address", notice.locale, to=notice.email, what=notice.what, link=link)
    channels.send_mail(letter, channels.message_id_of(outbox.current_key()))
    with write():
        db.session.execute(sa.delete(AddressNotice).where(AddressNotice.id == notice.id))


def send_invitation(payload: dict[str, Any], _now: datetime) -> None:
    """Mails a new colleague the link with which she chooses a password; nothing when she was closed
    out meanwhile or has one.
    """
    user = db.session.get(User, UUID(str(payload["user_id"])))
    if user is None or user.disabled_at is not None or user.password_hash or not user.email:
        return
    link = whole_url("staff_log_in.show_new_password", token=links.password_token(user))
    letter = mail.compose(
        "staff_invitation", user.locale or i18n.DEFAULT_LOCALE, to=user.email, link=link
    )
    channels.send_mail(letter, channels.message_id_of(outbox.current_key()))

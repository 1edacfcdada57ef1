"""Visitor accounts by verified e-mail: no password, a link that is good once."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import queries, rules
from jobunivers.identity.models import EmailLink, User
from jobunivers.identity.services.accounts import create_user
from jobunivers.identity.services.owners import owner_of_visitor
from jobunivers.identity.services.ways import mail_opens
from jobunivers.messages import outbox_services as outbox
from jobunivers.shared.addresses import address_key
from jobunivers.shared.errors import NotFound

MAIL_KIND = "identity.email_link"


def ask_for_link(email: str, *, locale: str, next_url: str, now: datetime) -> EmailLink:
    """Remembers the wish and queues the mail. The caller answers the same words whoever asks; what
    the mail says is decided when it is sent.
    """
    link = EmailLink(
        email=address_key(email),
        locale=locale,
        next_url=next_url,
        expires_at=now + rules.LINK_LIFE,
    )
    db.session.add(link)
    db.session.flush()
    outbox.enqueue(
        MAIL_KIND,
        {"link_id": str(link.id)},
        run_at=now,
        key=f"{MAIL_KIND}:{link.id}",
        not_after=link.expires_at,
    )
    return link


def open_link(link_id: UUID, *, now: datetime) -> User:
    """Uses the link up and gives the account, made on first use with its owner.

    Raises NotFound when the link is used, too old or belongs to somebody who has another way in.
    The update decides who is first.
    """
    link = queries.find_email_link(link_id, now)
    taken = db.session.execute(
        sa.update(EmailLink)
        .where(EmailLink.id == link_id, EmailLink.used_at.is_(None))
        .values(used_at=now)
    )
    if link is None or not taken.rowcount:  # type: ignore[attr-defined]
        raise NotFound
    user = queries.find_user_by_email(link.email)
    if user is None:
        user = create_user(name=link.email.partition("@")[0], email=link.email, locale=link.locale)
    elif not mail_opens(user):
        raise NotFound
    if user.disabled_at is not None:
        raise NotFound
    user.email_verified_at = user.email_verified_at or now
    if user.citizen_id is None:
        owner_of_visitor(user.id)
    db.session.flush()
    return user

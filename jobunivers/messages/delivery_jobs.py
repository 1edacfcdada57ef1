"""The job that sends one message: mail or SMS in the recipient's language, saying only that
something waits.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.extensions import db
from jobunivers.messages import gateways as channels
from jobunivers.messages import mail_pages as mail
from jobunivers.messages import notices, queries, rules, services
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.types import Channel, Failure, Outside, Topic
from jobunivers.shared.db import write
from jobunivers.shared.i18n import DEFAULT_LOCALE, speaking
from jobunivers.shared.template_context import profile_words
from jobunivers.shared.web import whole_url

WHERE = {Topic.MESSAGE: "messages.list_messages", Topic.MEETING: "booking.list_meetings"}


def give_up(payload: dict[str, Any], now: datetime) -> None:
    """The last try has failed: paper or a call takes its place."""
    with write():
        services.fall_back(UUID(payload["delivery"]), Failure.GIVEN_UP, now=now)


@outbox.handles(services.DELIVER, quiet_at_night=True, given_up=give_up)
def deliver(payload: dict[str, Any], now: datetime) -> None:
    """Sends a delivery and notes that it has gone. What will never arrive falls back at once, what
    is tried in vain after three days: to a letter, or to somebody who calls.
    """
    found = queries.find_delivery(UUID(payload["delivery"]))
    if found is None or found[0].sent_at is not None or found[0].failed_at is not None:
        return
    delivery, message = found
    began_at = delivery.created_at
    message_id = channels.message_id_of(outbox.current_key())
    try:
        SENDERS[delivery.channel](delivery, message, message_id)
    except channels.Undeliverable as error:
        with write():
            services.fall_back(delivery.id, error.why, now=now)
    except Exception:
        if not rules.is_enough(began_at, now):
            raise
        db.session.rollback()
        give_up(payload, now)
    else:
        with write():
            services.mark_sent(delivery, channels.mark_of(message_id), now=now)


def _send_mail(delivery: Delivery, message: Message, message_id: str) -> None:
    kind, locale = notices.find_kind(message.kind), delivery.address["locale"]
    to = delivery.address.get("email") or ""
    with speaking(locale):
        files = tuple(kind.attach(message.params, locale, to)) if kind.attach else ()
    said = {
        code: notices.read_outside(message.kind, message.params, code)
        for code in {locale, DEFAULT_LOCALE}
    }
    letter = mail.compose(
        kind.topic.value,
        locale,
        to=to,
        attachments=files,
        link=_link(said[locale], kind.topic),
        said={code: outside.text if outside else "" for code, outside in said.items()},
        opens_at_once=any(outside and outside.link for outside in said.values()),
        has_files=bool(files),
    )
    channels.send_mail(letter, message_id)


def _link(outside: Outside | None, topic: Topic) -> str:
    return (outside.link if outside else "") or whole_url(WHERE[topic])


def _send_sms(delivery: Delivery, message: Message, message_id: str) -> None:
    locale = delivery.address["locale"]
    outside = notices.read_outside(message.kind, message.params, locale)
    text = sms_text(notices.find_kind(message.kind).topic, locale, outside)
    channels.send_sms(delivery.address.get("phone") or "", text, message_id)


def sms_text(topic: Topic, locale: str, outside: Outside | None = None) -> str:
    """One SMS in one part, one language, nothing personal: what happened and when, and the link
    while it fits. Only a link that opens the meeting may make it two parts.
    """
    link = whole_url(WHERE[topic])
    if outside is not None:
        texts = (outside.text, outside.short)
        opening = [one for one in (outside.short_link, outside.link) if one]
        bare = (*(f"{text}: {link}" for text in texts), *texts)
        if not opening:
            return rules.fitting(bare)
        return rules.with_link([f"{text}: {one}" for one in opening for text in texts], bare)
    name = profile_words(locale).name
    with speaking(locale):
        if topic == Topic.MEETING:
            texts = (
                _("There is news about a meeting with %(name)s: %(link)s", name=name, link=link),
                _("News about a meeting: %(link)s", link=link),
            )
        else:
            texts = (
                _("You have a message from %(name)s. Read it here: %(link)s", name=name, link=link),
                _("You have a message: %(link)s", link=link),
            )
    return rules.fitting((*texts, link))


SENDERS = {Channel.EMAIL: _send_mail, Channel.SMS: _send_sms}

"""The job that sends one message: mail or SMS in the recipient's language, saying only that
something waits.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from jobunivers.messages import gateways as channels
from jobunivers.messages import mail_pages as mail
from jobunivers.messages import notices, queries, rules, services
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages.models import Delivery, Message
from jobunivers.messages.types import Channel, Topic
from jobunivers.shared.db import write
from jobunivers.shared.i18n import speaking
from jobunivers.shared.template_context import profile_words

WHERE = {Topic.MESSAGE: "/my/messages", Topic.MEETING: "/my/meetings"}


@outbox.handles(services.DELIVER, quiet_at_night=True)
def deliver(payload: dict[str, Any], now: datetime) -> None:
    """Sends a delivery and notes that it has gone. Refused for good: a letter takes its place."""
    found = queries.find_delivery(UUID(payload["delivery"]))
    if found is None or found[0].sent_at is not None or found[0].failed_at is not None:
        return
    delivery, message = found
    try:
        SENDERS[delivery.channel](delivery, message, channels.message_id_of(outbox.current_key()))
    except channels.Undeliverable:
        with write():
            services.fall_back_to_letter(delivery.id, now=now)
    else:
        with write():
            services.mark_sent(delivery.id, now=now)


def _send_mail(delivery: Delivery, message: Message, message_id: str) -> None:
    kind, locale = notices.find_kind(message.kind), delivery.address["locale"]
    with speaking(locale):
        files = tuple(kind.attach(message.params, locale)) if kind.attach else ()
    link = current_app.config["BASE_URL"] + WHERE[kind.topic]
    letter = mail.compose(
        kind.topic.value,
        locale,
        to=delivery.address["email"],
        attachments=files,
        link=link,
        has_files=bool(files),
    )
    channels.send_mail(letter, message_id)


def _send_sms(delivery: Delivery, message: Message, message_id: str) -> None:
    topic = notices.find_kind(message.kind).topic
    channels.send_sms(
        delivery.address["phone"], sms_text(topic, delivery.address["locale"]), message_id
    )


def sms_text(topic: Topic, locale: str) -> str:
    """At most 150 characters, one language, nothing personal."""
    name, link = profile_words(locale).name, current_app.config["BASE_URL"] + WHERE[topic]
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

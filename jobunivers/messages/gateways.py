"""The ways out of the house: e-mail over SMTP (or into a folder), SMS through a gateway (or into a
folder).

Every send carries the job's own id, so that a second attempt after a crash is the same mail: same
Message-ID, same file.
"""

import hashlib
from datetime import datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import smtp_gateways as smtp
from jobunivers.messages import verdict_rules as verdicts
from jobunivers.messages.mail_pages import Attachment, Mail
from jobunivers.messages.types import Failure
from jobunivers.shared import addresses, clock

SMS_SECONDS = 10
REST = timedelta(seconds=30)  # after a server failed, the others wait instead of trying it too
_resting: dict[str, datetime] = {}  # address of a server -> until when; the machine's time


class Undeliverable(Exception):
    """This message will never arrive this way; another one must be found."""

    def __init__(self, why: Failure) -> None:
        super().__init__(why.value)
        self.why = why


def message_id_of(key: str) -> str:
    """The Message-ID for a job key: stable over attempts, telling nothing."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def _ensure_awake(url: str) -> None:
    """A server that has just kept one message waiting in vain does not keep the next ones too: SMS,
    reminders and planning go on meanwhile.
    """
    if _resting.get(url, clock.real_now()) > clock.real_now():
        raise outbox.Later(after=REST)


def _rest(url: str) -> None:
    _resting[url] = clock.real_now() + REST


def send_mail(mail: Mail, message_id: str) -> None:
    """Sends over JU_SMTP_URL: smtp://user:password@host:587, smtps://host:465, or file:folder.

    Raises Undeliverable when it will never arrive, OSError or SMTPException when it may work later,
    outbox.Later while the server rests.
    """
    url = current_app.config["SETTINGS"].smtp_url
    if not url:
        raise OSError("JU_SMTP_URL is not set")
    built = _built(mail, message_id)
    if url.startswith("file:"):
        _into_folder(
            Path(url.removeprefix("file:")), f"{mark_of(message_id)}.eml", built.as_bytes()
        )
        return
    _ensure_awake(url)
    try:
        smtp.send(url, built, _comes_back_to(message_id))
    except smtp.NeedsUtf8:
        raise Undeliverable(Failure.UNREADABLE) from None
    except OSError as error:
        if why := verdicts.of_mail(error):
            raise Undeliverable(why) from error
        if verdicts.is_about_the_house(error):
            _rest(url)
        raise


def _comes_back_to(message_id: str) -> str | None:
    """Where the mail comes back to; a * stands for its mark. None: to the address of the sender."""
    address = current_app.config["SETTINGS"].bounce_address
    return address.replace("*", mark_of(message_id)) if address else None


def _built(mail: Mail, message_id: str) -> EmailMessage:
    try:
        built = build(mail, message_id)
        built.as_bytes(policy=SMTPUTF8)
    except (ValueError, LookupError, MessageError) as error:
        raise Undeliverable(Failure.UNREADABLE) from error
    return built


def build(mail: Mail, message_id: str) -> EmailMessage:
    """The mail as MIME: text and HTML as alternatives, then the files."""
    profile = current_app.config["PROFILE"]
    message = EmailMessage()
    takes_utf8 = current_app.config["SETTINGS"].takes_utf8_mail
    sender, reader = (
        addresses.leaving(address, takes_utf8=takes_utf8) for address in (profile.email, mail.to)
    )
    message["From"] = _address(sender, profile.text(profile.name, "da"))
    message["To"] = _address(reader)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        _attach(message, attachment)
    return message


def _address(spec: str, name: str = "") -> Address:
    """Given in two parts, because Python's parser of whole ones knows no letters beyond ASCII."""
    username, domain = spec.rsplit("@", 1)
    return Address(name, username=username, domain=domain)


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind, subtype = attachment.mimetype.split("/", 1)
    is_invitation = bool(attachment.method)  # shown as what it is, not as a file
    message.add_attachment(
        attachment.content,  # as bytes: a calendar's line ends are CRLF, and stay so
        maintype=kind,
        subtype=subtype,
        disposition="inline" if is_invitation else "attachment",
        filename=attachment.filename,
        params={"method": attachment.method, "charset": "utf-8"} if is_invitation else {},
    )


def send_sms(number: str, text: str, message_id: str) -> None:
    """Sends over JU_SMS_URL: an HTTP gateway that takes JSON {id, to, text}, or file:folder.

    Raises Undeliverable when it will never arrive, OSError when it may work later, outbox.Later
    while the gateway rests.
    """
    url = current_app.config["SETTINGS"].sms_url
    if not url:
        raise Undeliverable(Failure.TURNED_DOWN)
    if url.startswith("file:"):
        _into_folder(
            Path(url.removeprefix("file:")),
            f"{mark_of(message_id)}.txt",
            f"{number}\n{text}\n".encode(),
        )
        return
    _ensure_awake(url)
    try:
        _over_http(url, {"id": mark_of(message_id), "to": number, "text": text})
    except OSError:
        _rest(url)
        raise


def _over_http(url: str, body: dict[str, str]) -> None:
    """One call. A redirect is no answer: whoever follows it reads a log-in page as "OK"."""
    import requests  # an HTTP client: only where a gateway is set up

    answer = requests.post(
        url,
        json=body,
        headers={"Idempotency-Key": body["id"]},
        timeout=SMS_SECONDS,
        allow_redirects=False,
    )
    if why := verdicts.of_sms(answer.status_code):
        raise Undeliverable(why)
    answer.raise_for_status()
    if not answer.ok or answer.status_code >= 300:
        raise OSError(f"the gateway answered {answer.status_code}")


def mark_of(message_id: str) -> str:
    """The part of a Message-ID that names the mail, in a file's name and when it comes back."""
    return message_id.strip("<>").split("@")[0]


def _into_folder(folder: Path, name: str, content: bytes) -> None:
    """The whole file or none; a second attempt replaces nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / name).exists():
        return
    part = folder / f".{name}.part"
    part.write_bytes(content)
    part.replace(folder / name)

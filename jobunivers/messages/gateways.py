"""The ways out of the house: e-mail over SMTP (or into a folder), SMS through a gateway (or into a
folder).

Every send carries the job's own id, so that a second attempt after a crash is the same mail: same
Message-ID, same file.
"""

import hashlib
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from flask import current_app

from jobunivers.messages.mail_pages import Attachment, Mail
from jobunivers.shared import clock

TIMEOUT_SECONDS = 20
PERMANENT = range(
    550, 560
)  # SMTP answers that a retry will not change: no such mailbox, refused for good


class Undeliverable(Exception):
    """The address will never take it; another way must be found."""


def message_id_of(key: str) -> str:
    """The Message-ID for a job key: stable over attempts, telling nothing."""
    host = urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}>"


def send_mail(mail: Mail, message_id: str) -> None:
    """Sends over JU_SMTP_URL: smtp://user:password@host:587?starttls=require, smtps://host:465, or
    file:folder.

    Raises Undeliverable when the address is refused for good, OSError or SMTPException when it may
    work later.
    """
    url = current_app.config["SETTINGS"].smtp_url
    if not url:
        raise OSError("JU_SMTP_URL is not set")
    built = build(mail, message_id)
    if url.startswith("file:"):
        _into_folder(
            Path(url.removeprefix("file:")), f"{_name_of(message_id)}.eml", built.as_bytes()
        )
        return
    try:
        _over_smtp(url, built)
    except smtplib.SMTPRecipientsRefused as refused:
        if all(code in PERMANENT for code, _text in refused.recipients.values()):
            raise Undeliverable from refused
        raise


def build(mail: Mail, message_id: str) -> EmailMessage:
    """The mail as MIME: text and HTML as alternatives, then the files."""
    profile = current_app.config["PROFILE"]
    message = EmailMessage()
    message["From"] = Address(profile.text(profile.names, "da"), addr_spec=profile.email)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for attachment in mail.attachments:
        _attach(message, attachment)
    return message


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    kind, subtype = attachment.mimetype.split("/", 1)
    if kind == "text":
        more = {"method": attachment.method} if attachment.method else {}
        message.add_attachment(
            attachment.content.decode(),
            subtype=subtype,
            filename=attachment.filename,
            params=more,
            cte="base64",
        )
    else:
        message.add_attachment(
            attachment.content, maintype=kind, subtype=subtype, filename=attachment.filename
        )


def _over_smtp(url: str, message: EmailMessage) -> None:
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    starttls = parse_qs(parts.query).get("starttls", ["auto"])[0]  # require | auto | never
    host, port = parts.hostname or "localhost", parts.port or (465 if is_tls else 587)
    context = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=context)
        if is_tls
        else smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS) as server
    ):
        server.ehlo_or_helo_if_needed()
        if not is_tls and (
            starttls == "require" or (starttls == "auto" and server.has_extn("starttls"))
        ):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def send_sms(number: str, text: str, message_id: str) -> None:
    """Sends over JU_SMS_URL: an HTTP gateway that takes JSON {id, to, text}, or file:folder. Raises
    OSError when it may work later.
    """
    url = current_app.config["SETTINGS"].sms_url
    if not url:
        raise Undeliverable
    if url.startswith("file:"):
        _into_folder(
            Path(url.removeprefix("file:")),
            f"{_name_of(message_id)}.txt",
            f"{number}\n{text}\n".encode(),
        )
        return
    import requests  # an HTTP client: only where a gateway is set up

    headers = {"Idempotency-Key": _name_of(message_id)}
    requests.post(
        url,
        json={"id": _name_of(message_id), "to": number, "text": text},
        headers=headers,
        timeout=TIMEOUT_SECONDS,
    ).raise_for_status()


def _name_of(message_id: str) -> str:
    return message_id.strip("<>").split("@")[0]


def _into_folder(folder: Path, name: str, content: bytes) -> None:
    """The whole file or none; a second attempt replaces nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / name).exists():
        return
    part = folder / f".{name}.part"
    part.write_bytes(content)
    part.replace(folder / name)

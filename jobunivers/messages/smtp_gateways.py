"""One mail over SMTP, encrypted unless the address says otherwise, within a time that is bounded as
a whole: a server that stays silent, or says one word every few seconds, holds nothing up.
"""

import contextlib
import smtplib
import ssl
import time
from collections.abc import Iterator
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

STEP_SECONDS = 10.0
WHOLE_SECONDS = 30.0


class NeedsUtf8(Exception):
    """The address has letters that this server does not take (SMTPUTF8)."""


class NotEncrypted(OSError):
    """The server offers no STARTTLS, and the address demands it: nothing goes in the clear."""


def send(url: str, message: EmailMessage, comes_back_to: str | None = None) -> None:
    """Hands the mail over; `comes_back_to` is the envelope's sender. What the server says when it is
    told good-bye no longer matters.
    """
    with connected(url) as server:
        _within(server)
        if not _is_plain(message) and not server.has_extn("smtputf8"):
            raise NeedsUtf8
        server.send_message(message, from_addr=comes_back_to)


def _is_plain(message: EmailMessage) -> bool:
    addresses = (*message["To"].addresses, *message["From"].addresses)
    return all(address.username.isascii() for address in addresses)


@contextlib.contextmanager
def connected(url: str) -> Iterator[smtplib.SMTP]:
    """A server that has said hello, shown its certificate and taken our password. Raises OSError
    (SMTPException is one).

    smtp://user:password@host:587 demands STARTTLS; ?starttls=auto takes it when it is offered,
    ?starttls=never is for a server on this machine. smtps://host:465 is encrypted from the start.
    """
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    host, port = parts.hostname or "localhost", parts.port or (465 if is_tls else 587)
    context = ssl.create_default_context()
    ends_at = time.monotonic() + WHOLE_SECONDS
    server = (
        smtplib.SMTP_SSL(host, port, timeout=STEP_SECONDS, context=context)
        if is_tls
        else smtplib.SMTP(host, port, timeout=STEP_SECONDS)
    )
    server.ends_at = ends_at  # type: ignore[attr-defined]
    try:
        _within(server)
        server.ehlo_or_helo_if_needed()
        if not is_tls:
            _encrypt(server, parse_qs(parts.query).get("starttls", ["require"])[0], context)
        if parts.username:
            _within(server)
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server
        with contextlib.suppress(OSError):
            server.quit()
    finally:
        server.close()


def _encrypt(server: smtplib.SMTP, wish: str, context: ssl.SSLContext) -> None:
    if wish == "never":
        return
    if not server.has_extn("starttls"):
        if wish == "require":
            raise NotEncrypted("the server offers no STARTTLS")
        return
    _within(server)
    server.starttls(context=context)
    server.ehlo_or_helo_if_needed()


def _within(server: smtplib.SMTP) -> None:
    """The next step may take what is left of the whole."""
    left = server.ends_at - time.monotonic()  # type: ignore[attr-defined]
    if left <= 0:
        raise TimeoutError("the mail server is too slow")
    if server.sock is not None:
        server.sock.settimeout(min(left, STEP_SECONDS))

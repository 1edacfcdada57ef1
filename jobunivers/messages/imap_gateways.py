"""The mailbox into which our mails come back, over IMAP, encrypted unless the address says otherwise."""

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from jobunivers.messages.bounce_file import LONGEST

STEP_SECONDS = 10.0
MOST = 200  # in one turn; the rest waits for the next
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


class NoMailbox(OSError):
    """The server does not let us in, or has no such folder."""


@contextlib.contextmanager
def opened(url: str) -> Iterator[imaplib.IMAP4]:
    """The folder, open. Raises OSError (NoMailbox is one).

    imaps://user:password@host:993/INBOX is encrypted from the start, imap:// demands STARTTLS;
    ?starttls=never is for a server on this machine.
    """
    parts = urlsplit(url)
    host, context = parts.hostname or "localhost", ssl.create_default_context()
    try:
        server: imaplib.IMAP4
        if parts.scheme == "imaps":
            server = imaplib.IMAP4_SSL(
                host, parts.port or 993, ssl_context=context, timeout=STEP_SECONDS
            )
        else:
            server = imaplib.IMAP4(host, parts.port or 143, timeout=STEP_SECONDS)
        with contextlib.closing(_Closing(server)), server:
            if parts.scheme != "imaps" and "never" not in parse_qs(parts.query).get("starttls", []):
                server.starttls(context)
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            folder = unquote(parts.path.strip("/")) or "INBOX"
            _ok(server.select(f'"{folder}"'))
            yield server
    except imaplib.IMAP4.error as error:
        raise NoMailbox(type(error).__name__) from None


class _Closing:
    """Leaves no open line behind when the server hangs up in the middle."""

    def __init__(self, server: imaplib.IMAP4) -> None:
        self.server = server

    def close(self) -> None:
        """Whatever state the line is in."""
        with contextlib.suppress(OSError):
            self.server.shutdown()


def unseen(server: imaplib.IMAP4) -> Iterator[tuple[str, bytes]]:
    """(number, mail) of what was not looked at yet, oldest first; mails too large to be a bounce are
    empty.
    """
    found = _ok(server.uid("SEARCH", "UNSEEN"))
    numbers = (found[0] or b"").split()[:MOST] if isinstance(found[0], bytes | None) else []
    for number in (one.decode() for one in numbers):
        size = SIZE.search(b" ".join(_bytes_of(_ok(server.uid("FETCH", number, "(RFC822.SIZE)")))))
        if size is None or int(size[1]) > LONGEST:
            yield number, b""
            continue
        got = _ok(server.uid("FETCH", number, "(BODY.PEEK[])"))
        yield number, next((one[1] for one in got if isinstance(one, tuple)), b"")


def mark_seen(server: imaplib.IMAP4, number: str) -> None:
    """It was looked at; people who read the mailbox still find it."""
    _ok(server.uid("STORE", number, "+FLAGS", r"(\Seen)"))


def _bytes_of(rows: Sequence[object]) -> Iterator[bytes]:
    for row in rows:
        yield from (
            one for one in (row if isinstance(row, tuple) else (row,)) if isinstance(one, bytes)
        )


def _ok(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    status, rows = answer
    if status != "OK":
        raise NoMailbox(status)
    return rows

"""What an answer of a mail server or SMS gateway means: try later, or another way now. Pure.

Only what is said about this address or this message is final. What is wrong with our house or
theirs (no connection, no log-in, overload) may be mended, and is tried again.
"""

import re
import smtplib

from jobunivers.messages.types import Failure

OURS_TO_MEND = range(530, 540)  # authentication required, failed, too weak: ours to mend
TOO_LARGE = 552
ABOUT_POLICY = re.compile(rb"\b5\.7\.\d+")  # enhanced code of RFC 3463: not about the mailbox
ABOUT_THE_NUMBER = (404, 410, 422)
ABOUT_THIS_SMS = (400, 413)


def of_mail(error: Exception) -> Failure | None:
    """Why this mail will never arrive; None when a later attempt may work."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _of_recipient(code, text if isinstance(text, bytes) else str(text).encode())
    if isinstance(error, smtplib.SMTPDataError):
        return Failure.TURNED_DOWN if error.smtp_code >= 500 else None
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Failure.TURNED_DOWN if error.smtp_code == TOO_LARGE else None
    return None


def _of_recipient(code: int, text: bytes) -> Failure | None:
    if code < 500 or code in OURS_TO_MEND:
        return None
    return Failure.TURNED_DOWN if ABOUT_POLICY.search(text) else Failure.REFUSED


def is_about_the_house(error: Exception) -> bool:
    """The server cannot be used by anybody just now, whatever the mail says."""
    about_one = (
        smtplib.SMTPRecipientsRefused,
        smtplib.SMTPDataError,
        smtplib.SMTPSenderRefused,
    )
    return isinstance(error, OSError) and not isinstance(error, about_one)


def of_sms(status: int) -> Failure | None:
    """Why a gateway's HTTP answer is final; None when a later attempt may work."""
    if status in ABOUT_THE_NUMBER:
        return Failure.REFUSED
    return Failure.TURNED_DOWN if status in ABOUT_THIS_SMS else None


FULL_OR_LATE = re.compile(r"4\.\d+\.\d+|5\.2\.2|5\.3\.[14]|5\.4\.7|5\.7\.\d+|5\.6\.\d+")


def of_bounce(action: str, status: str) -> Failure | None:
    """What a delivery status (RFC 3464) means: None while a server still tries or has delivered. A
    full mailbox, a rule or a server that was away tells nothing of the address.
    """
    if action.strip().lower() != "failed":
        return None
    return Failure.TURNED_DOWN if FULL_OR_LATE.match(status.strip()) else Failure.BOUNCED


def of_report(status: str, *, is_permanent: bool) -> Failure | None:
    """The same for what a gateway reports by its webhook."""
    if status != "failed":
        return None
    return Failure.BOUNCED if is_permanent else Failure.TURNED_DOWN

"""Who is told when a way into a case changes: the citizen by the safe way she had before, and the
addresses that are no longer, or only now, hers.
"""

from datetime import datetime

from jobunivers.caseload.notices import WAY_IN
from jobunivers.identity import services as identity
from jobunivers.messages import services as messages
from jobunivers.messages.types import Recipient


def tell(before: Recipient, what: str, *, now: datetime) -> None:
    """A notice to the citizen as she was reached before the change."""
    messages.notify(before, WAY_IN, {"what": what}, now=now)


def tell_of_address(
    before: Recipient, email: str | None, *, was_way_in: bool, now: datetime
) -> None:
    """Her e-mail address has changed: she reads it by her safe way, and both mailboxes hear of it
    without a name.
    """
    tell(before, "email_moved" if was_way_in else "email_changed", now=now)
    for address, what in ((before.email, "left"), (email, "came")):
        if address:
            identity.write_to_address(address, what, locale=before.locale, now=now)

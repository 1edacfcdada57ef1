"""Events in the reader's words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from jobunivers.events import services
from jobunivers.shared.i18n import DEFAULT_LOCALE


def text(texts: Mapping[str, str], locale: str) -> tuple[str, str]:
    """(text, its language): the reader's, or Danish when it lacks one."""
    return (
        (texts[locale], locale)
        if texts.get(locale)
        else (texts.get(DEFAULT_LOCALE, ""), DEFAULT_LOCALE)
    )


# What subject line and SMS say: what happened, not which event.
OUTSIDE = {
    services.SIGNED_UP: _l("You are signed up"),
    services.WAITING: _l("You are on the waiting list"),
    services.GOT_SEAT: _l("You have got a seat"),
    services.CHANGED: _l("An event you signed up for has changed"),
    services.CANCELLED: _l("An event you signed up for is cancelled"),
    services.REMINDER: _l("An event you signed up for is soon"),
}

"""Which texts an editor has signed off, kept in memory for a minute, so that lessons cost no query."""

from flask import current_app

from jobunivers.learning import queries
from jobunivers.learning.types import DANISH, Lesson, Module, Text, TranslationState
from jobunivers.shared import clock

KEPT_SECONDS = 60
_KEY = "content_sign_offs"


def _signed() -> frozenset[tuple[str, str, str]]:
    moment = clock.real_now().timestamp()
    found: frozenset[tuple[str, str, str]]
    read_at, found = current_app.extensions.get(_KEY, (0.0, frozenset()))
    if moment - read_at > KEPT_SECONDS:
        found = queries.list_sign_offs()
        current_app.extensions[_KEY] = (moment, found)
    return found


def forget() -> None:
    """After a sign-off: this process asks again and renders public pages anew. Others follow within
    the hour (page_cache.py).
    """
    current_app.extensions.pop(_KEY, None)
    current_app.extensions.pop("public_pages", None)


def is_checked(module: Module, place: str, text: Text) -> bool:
    """True when a person answers for this text: its front matter says so, or an editor signed this
    version off. Only texts on rights need it.
    """
    return (
        not module.legal
        or text.state is TranslationState.CHECKED
        or (place, text.locale, text.content_hash) in _signed()
    )


def reading_language(module: Module, piece: Module | Lesson, locale: str) -> str:
    """The language to show: one's own, but Danish where the municipality demands a sign-off and the
    text has none.
    """
    text = piece.text(locale)
    if text.locale == DANISH or not current_app.config["PROFILE"].demand_sign_off:
        return text.locale
    return text.locale if is_checked(module, place_of(piece), text) else DANISH


def place_of(piece: Module | Lesson) -> str:
    """The name under which a text is signed off: "module/lesson", or "module" for the introduction."""
    return piece.key if isinstance(piece, Lesson) else piece.slug

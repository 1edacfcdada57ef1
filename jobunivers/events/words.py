"""Events in the reader's words."""

from collections.abc import Mapping

from jobunivers.shared.i18n import DEFAULT_LOCALE


def text(texts: Mapping[str, str], locale: str) -> tuple[str, str]:
    """(text, its language): the reader's, or Danish when it lacks one."""
    return (
        (texts[locale], locale)
        if texts.get(locale)
        else (texts.get(DEFAULT_LOCALE, ""), DEFAULT_LOCALE)
    )

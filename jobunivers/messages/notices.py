"""Notices: messages that the system writes. Only kind and parameters are stored; each reader gets
the text in her own language.

A feature registers its kinds once, in wiring: `notices.register("booking.confirmed", render)`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from jobunivers.messages.mail_pages import Attachment
from jobunivers.messages.types import COUNTED, NoticeText, Outside, Purpose, Topic
from jobunivers.shared.i18n import speaking

Render = Callable[[dict[str, Any], str], NoticeText]
Attach = Callable[[dict[str, Any], str, str], Sequence[Attachment]]
Say = Callable[[dict[str, Any], str], Outside]


@dataclass(frozen=True)
class NoticeKind:
    """How a kind of notice reads, what its mail may say of it, and what its mail carries."""

    render: Render
    purpose: Purpose = Purpose.CONFIRMATION
    topic: Topic = Topic.MESSAGE
    attach: Attach | None = None
    on_paper: Render | None = None
    outside: Say | None = None


_kinds: dict[str, NoticeKind] = {}


def register(
    kind: str,
    render: Render,
    *,
    purpose: Purpose = Purpose.CONFIRMATION,
    topic: Topic = Topic.MESSAGE,
    attach: Attach | None = None,
    on_paper: Render | None = None,
    outside: Say | None = None,
) -> None:
    """`render(params, locale)` is called per reader, with that language already spoken: gettext
    answers in it.

    `purpose` decides whether the weekly cap holds; `topic` is all that subject line and SMS say,
    unless `outside(params, locale)` says what happened and when; `attach(params, locale, to)` makes
    the files of the e-mail (a calendar file) at the moment it is sent. `on_paper` is the text of a
    printed letter, when it has to
    say what others find behind the link.
    """
    _kinds[kind] = NoticeKind(render, purpose, topic, attach, on_paper, outside)


def find_kind(kind: str) -> NoticeKind:
    """The kind, or a neutral one for kinds that are no longer known."""
    return _kinds.get(kind, UNKNOWN)


def capped_kinds() -> list[str]:
    """Kinds that count towards the weekly cap."""
    return sorted(kind for kind, what in _kinds.items() if what.purpose in COUNTED)


def read(kind: str, params: dict[str, Any], locale: str) -> NoticeText:
    """The notice in a language."""
    with speaking(locale):
        return find_kind(kind).render(params, locale)


def read_outside(kind: str, params: dict[str, Any], locale: str) -> Outside | None:
    """What may be said before a log-in; None for all but the topic."""
    outside = find_kind(kind).outside
    with speaking(locale):
        return outside(params, locale) if outside else None


def read_on_paper(kind: str, params: dict[str, Any], locale: str) -> NoticeText:
    """The notice as a printed letter says it."""
    found = find_kind(kind)
    with speaking(locale):
        return (found.on_paper or found.render)(params, locale)


def _unknown(_params: dict[str, Any], _locale: str) -> NoticeText:
    return NoticeText(
        title=_("A message from the municipality"),
        body=_("This message is no longer shown. Call us if you want to know more."),
    )


UNKNOWN = NoticeKind(_unknown)

"""Where suggestions for a course come from: our own rule, and sources of other features that `wiring.py` registers."""

from collections.abc import Collection
from typing import Protocol
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.learning import catalogue
from jobunivers.learning.rules import path
from jobunivers.learning.types import Module, Suggestion


class SuggestionSource(Protocol):
    """Something that knows why a module could help this person, for example her answers in the screening."""

    def suggest(self, owner_id: UUID, citizen_id: UUID | None) -> list[Suggestion]:
        """Modules with a reason in one sentence of the reader's language. At most one query."""


SOURCES: list[SuggestionSource] = []


def register(source: SuggestionSource) -> None:
    """Adds a source; its suggestions come before our own."""
    if source not in SOURCES:
        SOURCES.append(source)


def list_suggestions(
    owner_id: UUID | None, citizen_id: UUID | None, *, known: Collection[str], done: Collection[str], locale: str
) -> list[tuple[Module, Suggestion]]:
    """At most three modules that are not on the course and were not turned down. `done` are lesson keys."""
    asked = [suggestion for source in SOURCES for suggestion in source.suggest(owner_id, citizen_id)] if owner_id else []
    finished = {module.slug for module in catalogue.modules() if all(lesson.key in done for lesson in module.lessons)}
    own = [Suggestion(module, _reason(code, named, locale)) for module, code, named in path.suggest(known=known, finished=finished, locale=locale)]
    chosen: dict[str, tuple[Module, Suggestion]] = {}
    for suggestion in [*asked, *own]:
        module = catalogue.find_module(suggestion.module)
        if module and suggestion.module not in known and suggestion.module not in finished:
            chosen.setdefault(suggestion.module, (module, suggestion))
    return list(chosen.values())[: path.AT_MOST]


def _reason(code: str, named: str, locale: str) -> str:
    texts = {
        "new": _("Because it gives an overview of who does what, whatever you do next."),
        "language": _("Because you read in a language other than Danish."),
        "needed": _("Because nearly every employer asks for a CV."),
    }
    if code == "finished":
        module = catalogue.find_module(named)
        return str(_("Because you have finished “%(module)s”.", module=module.text(locale).title if module else named))
    return str(texts[code])

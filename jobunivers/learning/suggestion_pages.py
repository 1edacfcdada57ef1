"""Where suggestions for a course come from: what she says of herself, another feature that knows
her answers, and the usual order.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol
from uuid import UUID

from flask_babel import gettext as _

from jobunivers.learning import catalogue
from jobunivers.learning.rules import path
from jobunivers.learning.types import Module, Situation, Suggestion
from jobunivers.shared.content import localized
from jobunivers.shared.house import Port


class SuggestionSource(Protocol):
    """Something that knows why a module could help this person, for example her answers in the
    screening.
    """

    def suggest(self, owner_id: UUID, citizen_id: UUID | None) -> list[Suggestion]:
        """Modules with a reason in one sentence of the reader's language. At most one query."""


SUGGESTIONS: Port[SuggestionSource] = Port("learning.suggestions")


def list_suggestions(
    owner_id: UUID | None,
    citizen_id: UUID | None,
    *,
    known: Collection[str],
    done: Collection[str],
    locale: str,
    situations: Sequence[Situation] = (),
) -> list[tuple[Module, Suggestion]]:
    """At most three modules that are not on the course and were not turned down. `done` are lesson
    keys.
    """
    finished = {
        module.slug
        for module in catalogue.modules()
        if all(lesson.key in done for lesson in module.lessons)
    }
    refused = {*known, *finished, *path.left_out(situations)}
    chosen: dict[str, tuple[Module, Suggestion]] = {}
    for suggestion in _all(owner_id, citizen_id, refused, finished, locale, situations):
        module = catalogue.find_module(suggestion.module)
        if module and suggestion.module not in refused:
            chosen.setdefault(suggestion.module, (module, suggestion))
    return list(chosen.values())[: path.AT_MOST]


def _all(
    owner_id: UUID | None,
    citizen_id: UUID | None,
    refused: Collection[str],
    finished: Collection[str],
    locale: str,
    situations: Sequence[Situation],
) -> Iterator[Suggestion]:
    for slug, situation in path.by_situation(situations):
        yield Suggestion(slug, localized(situation.modules[slug], locale))
    if owner_id:
        yield from SUGGESTIONS().suggest(owner_id, citizen_id)
    for slug, code, named in path.suggest(
        catalogue.guide().order, known=refused, finished=finished, locale=locale
    ):
        yield Suggestion(slug, _reason(code, named, locale))


def _reason(code: str, named: str, locale: str) -> str:
    texts = {
        "new": _("Because it gives an overview of who does what, whatever you do next."),
        "language": _("Because you read in a language other than Danish."),
        "needed": _("Because nearly every employer asks for a CV."),
    }
    if code == "finished":
        module = catalogue.find_module(named)
        return str(
            _(
                "Because you have finished “%(module)s”.",
                module=module.text(locale).title if module else named,
            )
        )
    return str(texts[code])

"""The index of modules and lessons, built once from the catalogue in all languages."""

from collections.abc import Iterator
from functools import lru_cache

from jobunivers.learning import catalogue
from jobunivers.learning.catalogue.reading import LEARNING, SOURCES
from jobunivers.learning.rules.search import Index
from jobunivers.learning.types import Lesson, Module, Text
from jobunivers.shared import i18n, schema
from jobunivers.shared.content import CONTENT, sheet
from jobunivers.shared.kept import kept
from jobunivers.shared.terms import terms

WORDS = CONTENT / "learning" / "search-words.yaml"
EVERYDAY, TITLE, MODULE_TITLE, SUMMARY, TERM, HEADING, BODY = 12.0, 8.0, 5.0, 4.0, 4.0, 3.0, 1.0


@lru_cache
def index() -> Index:
    """Documents are modules ('cv') and lessons ('cv/profile-text')."""
    name = "search." + "-".join(i18n.locales())
    return kept(name, SOURCES, _index_now, folder=LEARNING)


def _index_now() -> Index:
    found = Index()
    for module in catalogue.modules():
        for code, about in module.texts.items():
            _add_text(found, module.slug, about)
            found.add(module.slug, module.slug.replace("-", " "), SUMMARY)
            for lesson in module.lessons:
                found.add(lesson.key, about.title, MODULE_TITLE)
                _add_text(found, lesson.key, lesson.text(code))
    for key, everyday in schema.read_keyed(tuple[str, ...], sheet(WORDS), _known).items():
        found.add(key, " ".join(everyday), EVERYDAY)
    return found.finish()


def _known(words: dict[str, tuple[str, ...]]) -> Iterator[schema.Complaint]:
    modules = catalogue.modules()
    known = [module.slug for module in modules]
    known += [lesson.key for module in modules for lesson in module.lessons]
    for key in words:
        yield from schema.unknown((key,), [key], known)


def _add_text(found: Index, document: str, text: Text) -> None:
    found.add(document, text.title, TITLE)
    found.add(document, f"{text.summary} {text.keep}", SUMMARY)
    for term in text.terms:
        found.add(
            document,
            f"{term} {terms()[term].get(text.locale, '')}" if term in terms() else term,
            TERM,
        )
    for block in text.blocks:
        found.add(document, block.text, HEADING if block.kind == "h2" else BODY)


def find(query: str) -> list[tuple[Module, Lesson | None]]:
    """Modules (with None) and lessons for a query, best first; empty for a blank one."""
    results: list[tuple[Module, Lesson | None]] = []
    for key in index().search(query, most=12):
        if (found := catalogue.find_lesson(key)) is not None:
            results.append(found)
        elif (module := catalogue.find_module(key)) is not None:
            results.append((module, None))
    return results

"""Texts of pages that belong to no feature: content/pages/<slug>.<language>.md."""

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, localized, read_document
from jobunivers.shared.data_types import Text as Line
from jobunivers.shared.markdown import term_anchor, to_blocks
from jobunivers.shared.terms import terms

FOLDER = CONTENT / "pages"


@dataclass(frozen=True)
class PageFront:
    """The front matter of a page."""

    title: Line  # heading
    summary: Line  # for search engines and lists


@dataclass(frozen=True)
class Text:
    """One page's words. `lang` is the language they are in: Danish where a translation is missing."""

    title: str
    summary: str
    html: Markup
    lang: str


@dataclass(frozen=True)
class Term:
    """A Danish word and what it means in the reader's language."""

    word: str
    anchor: str
    meaning: str


@lru_cache
def page_text(slug: str, code: str) -> Text:
    """The text in that language, or the Danish one. Raises ContentError when there is none at all."""
    path = FOLDER / f"{slug}.{code}.md"
    if not path.exists() and code != "da":
        return page_text(slug, "da")
    document = read_document(path)
    front = schema.read(PageFront, document.head)
    html = Markup("\n").join(Markup(block.html) for block in to_blocks(document.body))  # noqa: S704 -- sanitised by to_blocks
    return Text(front.title, front.summary, html, code)


def word_list(code: str) -> list[Term]:
    """All Danish terms with their meaning, in alphabetical order."""
    return [
        Term(word, f"term-{term_anchor(word)}", localized(texts, code))
        for word, texts in sorted(terms().items(), key=lambda item: item[0].casefold())
    ]

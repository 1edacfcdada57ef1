"""The words of a CV as a document, from content/cv/labels.yaml."""

from functools import lru_cache

from jobunivers.cv.types import Section
from jobunivers.shared.content import CONTENT, ContentError, localized, read_yaml

FILE = CONTENT / "cv" / "labels.yaml"
NEEDED = {
    "cv",
    "profile",
    "now",
    "page",
    "licence",
    "mother_tongue",
    *(section.value for section in Section),
}


@lru_cache
def _all_labels() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = read_yaml(FILE)
    for code, words in data.items():
        if missing := NEEDED - set(words):
            raise ContentError(FILE, f"{code} lacks {', '.join(sorted(missing))}")
    return data


@lru_cache
def language_words() -> dict[str, frozenset[str]]:
    """Small words of each language, by which a text shows which one it is in."""
    found = read_yaml(CONTENT / "cv" / "language-words.yaml")
    return {code: frozenset(words) for code, words in found.items()}


def labels(code: str) -> dict[str, str]:
    """Headings in that language, the Danish ones when there are none."""
    words: dict[str, str] = localized(_all_labels(), code)
    return words

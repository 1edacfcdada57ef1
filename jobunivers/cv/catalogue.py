"""The words of a CV as a document, from content/cv/labels.yaml."""

from dataclasses import dataclass
from functools import lru_cache

from jobunivers.shared import schema
from jobunivers.shared.content import CONTENT, sheet
from jobunivers.shared.data_files import DataFile
from jobunivers.shared.data_types import DANISH, Text

FILE = CONTENT / "cv" / "labels.yaml"
WORDS = CONTENT / "cv" / "language-words.yaml"


@dataclass(frozen=True)
class Labels:
    """Words of the CV as a document in one language."""

    cv: Text  # its name
    profile: Text  # heading
    experience: Text  # heading
    education: Text  # heading
    skills: Text  # heading
    languages: Text  # heading
    courses: Text  # heading
    voluntary: Text  # heading
    other: Text  # heading
    now: Text  # instead of an end
    page: Text  # before its number
    licence: Text  # to drive
    mother_tongue: Text  # how well


FILES = (
    DataFile("cv/labels.yaml", Labels, "keyed"),
    DataFile("cv/language-words.yaml", tuple[Text, ...], "keyed", "Frequent small words."),
)


@lru_cache
def labels_of_all() -> dict[str, Labels]:
    """Headings by language. Raises ContentError."""
    return schema.read_keyed(Labels, sheet(FILE), schema.by_language)


@lru_cache
def language_words() -> dict[str, frozenset[str]]:
    """Small words of each language, by which a text shows which one it is in."""
    found = schema.read_keyed(tuple[Text, ...], sheet(WORDS), schema.by_language)
    return {code: frozenset(words) for code, words in found.items()}


def labels(code: str) -> dict[str, str]:
    """Headings in that language, the Danish ones when there are none."""
    return vars(labels_of_all().get(code) or labels_of_all()[DANISH])

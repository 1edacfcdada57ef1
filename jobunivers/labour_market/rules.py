"""Finding occupations by everyday words, and the best local demand among several; pure."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from jobunivers.labour_market.types import Demand, Occupation

DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def folded(text: str) -> str:
    """A text for comparing: small letters, Danish letters spelt out, accents off (but й stays й)."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(DANISH_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c) or c in "\u0306\u0308")
    return unicodedata.normalize("NFC", bare)


def search(occupations: Iterable[Occupation], words: str, locale: str) -> list[Occupation]:
    """Occupations in which every word begins some word of a title (any language) or of a further name; own language first, then by title."""
    wanted = folded(words).split()
    found = [(not _matches(wanted, [item.titles[locale]]), item) for item in occupations if _matches(wanted, [*item.titles.values(), *item.also])]
    return [item for _rank, item in sorted(found, key=lambda pair: (pair[0], folded(pair[1].titles[locale])))]


def _matches(wanted: Sequence[str], texts: Iterable[str]) -> bool:
    words = [word for text in texts for word in folded(text).replace("-", " ").split()]
    return all(any(word.startswith(part) or (len(part) >= 4 and part in word) for word in words) for part in wanted)


def best_demand(codes: Iterable[str], demand: Mapping[str, Demand]) -> Demand | None:
    """The most favourable demand among the occupations sought; None when none of them is assessed."""
    order = list(Demand)
    found = [demand[code] for code in codes if code in demand]
    return min(found, key=order.index) if found else None

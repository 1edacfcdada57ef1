"""Finding occupations by everyday words, the best local demand among several, and how a barometer
is re-ordered; pure.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from jobunivers.labour_market.types import Demand, Occupation

DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def folded(text: str) -> str:
    """A text for comparing: small letters, Danish letters spelt out, accents off (but й stays й)."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(DANISH_LETTERS)
    bare = "".join(
        c
        for c in unicodedata.normalize("NFD", plain)
        if not unicodedata.combining(c) or c in "\u0306\u0308"
    )
    return unicodedata.normalize("NFC", bare)


def search(occupations: Iterable[Occupation], words: str, locale: str) -> list[Occupation]:
    """Occupations in which every word begins some word of a title (any language) or of a further
    name; own language first, then by title.
    """
    wanted = folded(words).split()
    found = [
        (not _matches(wanted, [item.titles[locale]]), item)
        for item in occupations
        if _matches(wanted, [*item.titles.values(), *item.also])
    ]
    return [
        item
        for _rank, item in sorted(found, key=lambda pair: (pair[0], folded(pair[1].titles[locale])))
    ]


def _matches(wanted: Sequence[str], texts: Iterable[str]) -> bool:
    words = [word for text in texts for word in folded(text).replace("-", " ").split()]
    return all(
        any(word.startswith(part) or (len(part) >= 4 and part in word) for word in words)
        for part in wanted
    )


def best_demand(codes: Iterable[str], demand: Mapping[str, Demand]) -> Demand | None:
    """The most favourable demand among the occupations sought; None when none of them is assessed."""
    order = list(Demand)
    found = [demand[code] for code in codes if code in demand]
    return min(found, key=order.index) if found else None


def in_categories(demand: Mapping[str, Demand]) -> dict[Demand, list[str]]:
    """All four categories, best first, each with its occupations in their order."""
    return {
        category: [code for code, found in demand.items() if found is category]
        for category in Demand
    }


def moved(
    demand: Mapping[str, Demand], code: str, category: Demand | None, after: str = ""
) -> dict[str, Demand]:
    """The assessment with an occupation in another place: behind `after`, or first when that stands
    elsewhere; None takes it out.
    """
    lists = in_categories({other: found for other, found in demand.items() if other != code})
    if category is not None:
        codes = lists[category]
        codes.insert(codes.index(after) + 1 if after in codes else 0, code)
    return {other: found for found, codes in lists.items() for other in codes}


def next_quarter(quarter: str) -> str:
    """The quarter after "2026-Q4" is "2027-Q1"."""
    year, number = split_quarter(quarter)
    return f"{year + 1}-Q1" if number == 4 else f"{year}-Q{number + 1}"


def split_quarter(quarter: str) -> tuple[int, int]:
    """(year, number) of "2026-Q4"."""
    year, _mark, number = quarter.partition("-Q")
    return int(year), int(number)


def searchable(texts: Iterable[str]) -> str:
    """Texts as one folded line in which each word has a space before it."""
    return " " + " ".join(word for text in texts for word in folded(text).replace("-", " ").split())


def word_pattern(word: str) -> str:
    """What such a line must hold for a folded word: its beginning, or any part of a word when it
    has four letters or more.
    """
    return word if len(word) >= 4 else f" {word}"


def wanted_words(text: str) -> tuple[str, ...]:
    """The first words a reader typed, folded as `searchable` folds."""
    return tuple(folded(text).replace("-", " ").split()[:6])

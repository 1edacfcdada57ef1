"""Search over modules and lessons: folded words, beginnings of words, and words a letter or two
away. Pure Python, the same on both engines.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log

from jobunivers.shared.text import PLAIN_LETTERS

Postings = tuple[tuple[str, float], ...]
WORD = re.compile(r"[^\W_]+")
FOLDED = str.maketrans({"å": "a", "ø": "o", "æ": "a", "œ": "o", "ß": "s"}) | PLAIN_LETTERS
DOUBLED = (("aa", "a"), ("oe", "o"), ("ae", "a"))
EXACT, BEGINNING, NEAR = 1.0, 0.6, 0.4
SHORTEST_BEGINNING = 2
MOST_WORDS = 8  # of a query
FAR_BELOW = 0.1  # documents with less than this share of the best one's points are left out


def fold(text: str) -> str:
    """Small letters without accents; å, aa and a are the same, so are ø, oe, o and æ, ae, a."""
    plain = text.casefold().translate(FOLDED)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    for double, single in DOUBLED:
        plain = plain.replace(double, single)
    return plain


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return WORD.findall(fold(text))


def distance(one: str, other: str, most: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words; `most` + 1 when there are
    more.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        following = [i]
        for j, wanted in enumerate(other, start=1):
            best = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != wanted))
            if before and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, before[j - 2] + 1)
            following.append(best)
        if min(following) > most:
            return most + 1
        before, row = row, following
    return row[-1]


def allowed_distance(word: str) -> int:
    """No slips in short words, one in middling, two in long ones."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


@dataclass
class Index:
    """Words of documents with their weight: word -> {document: weight} while it grows, a packed row
    of (document, weight) afterwards.
    """

    growing: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    postings: dict[str, Postings] = field(default_factory=dict)
    vocabulary: list[str] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    documents: int = 0

    def add(self, document: str, text: str, weight: float) -> None:
        """A part of a document; the best weight of a word counts."""
        for word in set(words_of(text)):
            found = self.growing[word]
            found[document] = max(found.get(document, 0.0), weight)

    def finish(self) -> "Index":
        """Sorts the vocabulary and packs the rows, in which equal pairs are one object; to be
        called once, after the last `add`.
        """
        pairs: dict[tuple[str, float], tuple[str, float]] = {}
        self.postings = {
            word: tuple(pairs.setdefault(pair, pair) for pair in found.items())
            for word, found in self.growing.items()
        }
        self.growing.clear()
        self.vocabulary = sorted(self.postings)
        self.letters = [_letters(word) for word in self.vocabulary]
        self.documents = len({document for document, _weight in pairs})
        return self

    def search(self, query: str, most: int = 20) -> list[str]:
        """Documents for a query, best first: rare words and those in titles count most, and holding
        all words counts much.
        """
        words = list(dict.fromkeys(words_of(query)))[:MOST_WORDS]
        hits = [found for found in map(self._hits, words) if found]
        score: dict[str, float] = defaultdict(float)
        held: dict[str, int] = defaultdict(int)
        for found in hits:
            rarity = log(
                (1 + self.documents) / len(found)
            )  # a word that is everywhere says nothing
            for document, weight in found.items():
                score[document] += weight * rarity
                held[document] += 1
        for document in score:
            score[document] *= (held[document] / len(hits)) ** 2
        worth_showing = FAR_BELOW * max(score.values(), default=0)
        chosen = [document for document, points in score.items() if points >= worth_showing]
        return sorted(chosen, key=lambda document: (-score[document], document))[:most]

    def _hits(self, word: str) -> dict[str, float]:
        """Documents of one query word with their weight."""
        found: dict[str, float] = defaultdict(float)
        _add(found, self.postings.get(word, ()), EXACT)
        if len(word) >= SHORTEST_BEGINNING:
            for longer in self._beginning_with(word):
                _add(found, self.postings[longer], BEGINNING)
        if not found:
            for near in self._near(word):
                _add(found, self.postings[near], NEAR)
        return found

    def _beginning_with(self, word: str) -> Iterable[str]:
        place = bisect_left(self.vocabulary, word)
        while place < len(self.vocabulary) and self.vocabulary[place].startswith(word):
            if self.vocabulary[place] != word:
                yield self.vocabulary[place]
            place += 1

    def _near(self, word: str) -> list[str]:
        most = allowed_distance(word)
        if not most:
            return []
        mine = _letters(word)
        candidates = (
            other
            for other, letters in zip(self.vocabulary, self.letters, strict=True)
            if abs(len(other) - len(word)) <= most and (mine ^ letters).bit_count() <= 2 * most
        )
        close = [(distance(word, other, most), other) for other in candidates]
        least = min((edits for edits, _other in close), default=most + 1)
        return [other for edits, other in close if edits == least and edits <= most]


def _letters(word: str) -> int:
    """The set of a word's letters as bits: two words k edits apart differ in at most 2k of them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 61)
    return bits


def _add(found: dict[str, float], postings: Postings, factor: float) -> None:
    for document, weight in postings:
        found[document] = max(found[document], weight * factor)

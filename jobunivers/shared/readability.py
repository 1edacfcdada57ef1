"""How hard a text is: LIX for Danish, mean sentence length for the others, and reading time."""

import math
import re

WORD = re.compile(r"[^\W\d_][\w'’-]*")
STOP = re.compile(r"[.!?:]+(?=\s|$)")
WORDS_A_MINUTE = 130


def words_in(text: str) -> list[str]:
    """The words of a running text."""
    return WORD.findall(text)


def lix(text: str) -> float:
    """LIX = words per sentence + percent of words over six letters. <25 very easy, 25-34 easy,
    35-44 medium (Björnsson 1968).
    """
    words = words_in(text)
    if not words:
        return 0.0
    return len(words) / sentences_in(text) + 100 * sum(len(word) > 6 for word in words) / len(words)


def sentences_in(text: str) -> int:
    """Number of sentences, at least one."""
    return max(1, len(STOP.findall(text)))


def sentence_length(text: str) -> float:
    """Mean words per sentence."""
    return len(words_in(text)) / sentences_in(text)


def minutes(text: str, exercise_minutes: int) -> int:
    """Reading at 130 words a minute plus the exercise, rounded up."""
    return math.ceil(len(words_in(text)) / WORDS_A_MINUTE + exercise_minutes)

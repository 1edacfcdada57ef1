"""Counts of people that are too small to be shown, and those that would give them away."""

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def suppressed(counts: Mapping[Key, int], least: int) -> dict[Key, int | None]:
    """The same counts with None for each that is not shown: every one below `least`, and the smallest
    others as long as the total less what is shown would be below it too, or would be one count alone.
    """
    hidden = {key for key, count in counts.items() if count < least}
    for key, count in sorted(counts.items(), key=lambda pair: pair[1]):
        is_safe = len(hidden) > 1 and sum(counts[other] for other in hidden) >= least
        if not hidden or is_safe:
            break
        if count >= least:
            hidden.add(key)
    return {key: None if key in hidden else count for key, count in counts.items()}

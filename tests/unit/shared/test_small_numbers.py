"""Counts below the smallest that is shown are in no figure, and cannot be worked out from the others."""

import pytest

from jobunivers.shared.small_numbers import suppressed


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([], []),
        ([9, 12], [9, 12]),
        ([3, 12, 9], [None, 12, None]),
        ([4, 4, 12], [None, None, 12]),
        ([1, 1, 12], [None, None, None]),
        ([0, 7, 8, 9], [None, None, 8, 9]),
        ([2], [None]),
    ],
)
def test_what_is_hidden_does_not_follow_from_the_total(counts, shown):
    assert list(suppressed(dict(enumerate(counts)), 5).values()) == shown
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    assert not hidden or len(hidden) == len(counts) or sum(hidden) >= 5

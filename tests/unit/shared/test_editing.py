"""Versions and lines: what the one way to edit rests on."""

from datetime import date

import pytest

from jobunivers.shared.editing import ensure_unchanged, lines_of, version_of
from jobunivers.shared.errors import Stale


def test_version_tells_values_apart_whatever_their_order():
    assert version_of({"a": "1", "b": [1]}) == version_of({"b": [1], "a": "1"})
    assert version_of({"a": "1"}) != version_of({"a": "2"})
    assert version_of({"day": date(2026, 11, 24)}) != version_of({"day": None})


def test_stored_version_may_be_changed_and_the_same_post_twice_is_harmless():
    stored = {"text": "old"}
    ensure_unchanged(version_of(stored), stored=stored, wanted={"text": "new"})
    ensure_unchanged("anything", stored=stored, wanted={"text": "old"})


@pytest.mark.parametrize("version", ["", None, "forged", version_of({"text": "older"})])
def test_another_version_is_told_what_is_stored(version):
    with pytest.raises(Stale) as told:
        ensure_unchanged(version, stored={"text": "old"}, wanted={"text": "new"})
    assert told.value.current == {"text": "old"}


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        (None, []),
        ("", []),
        ("one\n\n  two  \n", ["one", "two"]),
        ("- one\n• two\n3. three\n4) four", ["one", "two", "three", "four"]),
        ("2019 - 2020\n-5 degrees\n3D print", ["2019 - 2020", "-5 degrees", "3D print"]),
    ],
)
def test_lines_lose_their_marks_and_nothing_else(typed, lines):
    assert lines_of(typed) == lines

"""Lessons write into fakes here; the real things are tested with their features."""

import pytest

from tests.support import keepsakes


@pytest.fixture(autouse=True)
def things(app, monkeypatch):
    """The fakes by prefix: things["cv"].kept[owner_id]["profile"]."""
    return keepsakes.replace_all(monkeypatch)

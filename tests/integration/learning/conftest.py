"""Lessons write into fakes here; the real things are tested with their features."""

import pytest

from tests.support import keepsakes


@pytest.fixture(autouse=True)
def things(app, monkeypatch):
    """The fakes by prefix: things["cv"].kept[owner_id]["profile"]."""
    return keepsakes.replace_all(monkeypatch)


@pytest.fixture(autouse=True)
def fresh_pages(app):
    """No page and no sign-off is remembered from another test."""
    for turn in range(2):
        for memory in ("public_pages", "content_sign_offs"):
            app.extensions.pop(memory, None)
        if turn == 0:
            yield

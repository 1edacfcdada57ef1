"""The wiring between features, which never import each other: keepsakes, shareables, signals, jobs."""

from flask import Flask


def connect(app: Flask) -> None:
    """Registers what features offer with those that use it."""

"""The wiring between features, which never import each other: keepsakes, shareables, signals, jobs."""

from flask import Flask

from jobunivers.cv.keepsake import CvKeepsake
from jobunivers.learning import keepsakes


def connect(app: Flask) -> None:
    """Registers what features offer with those that use it."""
    for keepsake in (CvKeepsake(),):
        keepsakes.register(keepsake)

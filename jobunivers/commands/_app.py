"""An application for the length of one command; its database connections are closed at the end."""

import contextlib
from collections.abc import Iterator

from flask import Flask


@contextlib.contextmanager
def opened_app() -> Iterator[Flask]:
    """The configured application inside an application context."""
    from jobunivers.app import create_app
    from jobunivers.extensions import db

    app = create_app()
    with app.app_context():
        try:
            yield app
        finally:
            db.session.close()
            db.engine.dispose()

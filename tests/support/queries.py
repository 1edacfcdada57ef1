"""How many statements a page sends to the database."""

import contextlib

from sqlalchemy import event

from jobunivers.extensions import db


@contextlib.contextmanager
def counted_queries(app):
    """A list that fills with the statements sent meanwhile, without BEGIN and the like."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA")):
            statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)

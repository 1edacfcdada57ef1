"""A process that tries to book one time."""

from datetime import timedelta

import sqlalchemy as sa


def book(url, citizen_id, host_id, start, now, gate, results):
    """Waits for the others, then books; puts "won", "Conflict" or the error's name and text into
    `results`.
    """
    from jobunivers.booking import services
    from jobunivers.booking.types import Actor, Choice, Form, Slot
    from jobunivers.extensions import db
    from jobunivers.shared.db import write
    from tests.support.race_app import APP

    engine = sa.create_engine(url)
    with APP.app_context():
        db.engines["default"] = engine
        db.sessionmaker.configure(bind=engine)
        choice = Choice(
            "first-meeting",
            Slot(start, start + timedelta(minutes=45), host_id, Form.PHONE, None),
            5,
            10,
        )
        gate.wait(120)
        try:
            with write():
                services.book(citizen_id, choice, by=Actor(None, "citizen"), now=now)
            results.put("won")
        except Exception as error:
            results.put(
                "Conflict"
                if type(error).__name__ == "Conflict"
                else f"{type(error).__name__}: {error}"
            )
    engine.dispose()

"""Living demo data: everybody here is made up, and every day counts from today."""

from jobunivers.identity import persona_words as personas
from jobunivers.identity import queries as identity
from jobunivers.seed import offers, people, stories
from jobunivers.shared import clock
from jobunivers.shared.db import write

PERSONAS = {**personas.CITIZENS, **personas.STAFF}


def ensure() -> None:
    """Makes the demo people and what has happened to them; running it again changes nothing."""
    if identity.list_personas():
        return
    now = clock.now()
    with write():
        crowd = people.make(now)
        for story in (*stories.ALL, offers.jobs, offers.events):
            story(crowd, now)

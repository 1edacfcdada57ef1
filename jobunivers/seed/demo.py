"""Living demo data: everybody here is made up, and every day counts from today."""

from datetime import date, timedelta

from jobunivers.caseload.models import Citizen
from jobunivers.contact import queries as contact
from jobunivers.extensions import db
from jobunivers.identity import persona_words as personas
from jobunivers.identity import queries as identity
from jobunivers.seed import offers, people, stories, town
from jobunivers.seed.stories import times
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write

NEWEST = "citizen-new"
A_YEAR = timedelta(days=366)
PERSONAS = {**personas.CITIZENS, **personas.STAFF}


def ensure(*, with_town: bool = False) -> date | None:
    """Makes the demo people and what has happened to them; running it again changes nothing, and
    returns the day on which they were made. `with_town`: a small town stands behind them; tests
    that do not want it stay fast.
    """
    if identity.list_personas():
        return _made_on()
    now = clock.now()
    with write():
        crowd, today = people.make(now), clock.danish_day(now)
        closed = contact.closed_days(today - A_YEAR, today + A_YEAR)
        plan = times.times_of(now, closed, current_profile())
        for story in (*stories.ALL, offers.jobs, offers.events):
            story(crowd, plan)
        if with_town:
            town.live_in(crowd, plan)
    return None


def _made_on() -> date | None:
    """The day on which the newest citizen became one, which was the day of the making."""
    newest = identity.find_persona(NEWEST)
    if newest is None or newest.citizen_id is None:
        return None
    return clock.danish_day(db.session.get_one(Citizen, newest.citizen_id).created_at)

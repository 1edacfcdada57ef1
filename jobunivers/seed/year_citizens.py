"""The citizens of a simulated year: they come, book near and far, cancel, find work, and some come
back.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from jobunivers.booking import offer_queries as offers
from jobunivers.booking import queries as booking
from jobunivers.booking import services as meetings
from jobunivers.booking.types import Actor, Form
from jobunivers.caseload import services as caseload
from jobunivers.caseload.types import Outcome
from jobunivers.contact import queries as contact
from jobunivers.contact.types import OpenNeed
from jobunivers.messages.types import Channel
from jobunivers.seed.year_types import Person, Year
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write

PHONE = "+4520304050"
HERSELF = Actor(None, "citizen")
# The last sort never does anything by herself.
EAGERNESS = (0.35, 0.15, 0.05, 0.0)
ENDS_A_DAY, CANCELS_A_DAY, RETURNS_A_DAY = 0.003, 0.01, 0.01
NEEDS_INTERPRETER, BOOKS_FAR = 0.12, 0.1
MAIL_EVERY = 10  # a tenth gets mail; writing it takes most of the time


def arrive(year: Year, weeks_out: int, today: date, now: datetime) -> None:
    """Somebody new, out of work for so many weeks."""
    number = year.counts["citizens"]
    groups = [group.code for group in current_profile().target_groups]
    with write():
        citizen = caseload.register_citizen(
            name=f"Citizen {number}",
            started_on=today - timedelta(weeks=weeks_out),
            target_group=year.chance.choice(groups),
            now=now,
            email=f"citizen{number}@example.org",
            phone=PHONE,
            interpreter_language="uk" if year.happens(NEEDS_INTERPRETER) else None,
            channel=Channel.EMAIL if number % MAIL_EVERY == 0 else Channel.NONE,
        )
    year.people[citizen.id] = Person(year.chance.choice(EAGERNESS), today, weeks_out)
    year.counts["citizens"] += 1


def live(year: Year, citizen_id: UUID, today: date, now: datetime) -> None:
    """A day of hers."""
    person = year.people[citizen_id]
    if person.found_work_on:
        if year.happens(RETURNS_A_DAY):
            _return(year, citizen_id, today, now)
    elif year.happens(ENDS_A_DAY):
        with write():
            caseload.end_spell(
                citizen_id, outcome=Outcome.JOB, ended_on=today, now=now, by_user_id=None
            )
        person.found_work_on = today
        year.counts["found work"] += 1
    elif year.happens(person.eagerness):
        book(year, citizen_id, HERSELF, now)
    elif year.happens(CANCELS_A_DAY):
        _cancel(year, citizen_id, now)


def _return(year: Year, citizen_id: UUID, today: date, now: datetime) -> None:
    groups = [group.code for group in current_profile().target_groups]
    with write():
        caseload.begin_spell(
            citizen_id, started_on=today, target_group=year.chance.choice(groups), now=now
        )
    year.people[citizen_id] = Person(year.people[citizen_id].eagerness, today)
    year.counts["came back"] += 1


def _cancel(year: Year, citizen_id: UUID, now: datetime) -> None:
    meeting = booking.find_next_appointment(citizen_id, now)
    if meeting and meeting.starts_at > now:
        with write():
            meetings.cancel(meeting.id, by=HERSELF, now=now)
        year.counts["cancelled by citizens"] += 1


def book(year: Year, citizen_id: UUID, by: Actor, now: datetime) -> bool:
    """A free time for the nearest invitation, mostly the first, sometimes weeks away; with staff also
    without an invitation. Whether one was found.
    """
    needs: list[OpenNeed | None] = [*contact.list_open_needs(citizen_id)]
    need = needs[0] if needs else None
    if need is None and not by.is_office:
        return False
    today, kind = clock.danish_day(now), current_profile().kind(need.kind if need else "follow-up")
    far = today + timedelta(days=year.chance.randint(14, 60)) if year.happens(BOOKS_FAR) else None
    ask = offers.Ask(
        citizen_id, kind, Form(kind.forms[0]), None, need, from_on=far, is_office=by.is_office
    )
    offer = offers.look(ask, now)
    if not offer.days:
        year.counts["no time found"] += 1
        return False
    slot = year.chance.choice(offer.days[0].times).slot
    language = offer.hosts.interpreter_language if offer.interpreter else None
    choice = offers.choice_of(ask, slot, phone=PHONE, interpreter_language=language)
    with write():
        meetings.book(citizen_id, choice, by=by, now=now)
    year.counts["booked by staff" if by.is_office else "booked by citizens"] += 1
    year.counts["with an interpreter"] += choice.interpreter_language is not None
    year.waited("days from booking to meeting", (clock.danish_day(slot.starts_at) - today).days)
    return True

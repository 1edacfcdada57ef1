"""Every night the contact rules look at everybody who is out of work."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from jobunivers.contact import course_queries as courses
from jobunivers.contact import queries, services, task_services
from jobunivers.contact.types import Applied
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.logs import say

APPLY_RULES = "contact.apply_rules"
NIGHTLY_HOUR = 3


@outbox.handles(APPLY_RULES)
def apply_rules(_payload: dict[str, Any], now: datetime) -> None:
    """The nightly job. Doing it twice the same day changes nothing."""
    done = apply_to_everybody(now)
    say(
        "contact rules applied", **{field.name: getattr(done, field.name) for field in fields(done)}
    )


def apply_to_everybody(now: datetime) -> Applied:
    """All open spells, a batch a transaction, so that nobody waits long for the database. Tasks of
    those who have left come first.
    """
    profile, today = current_profile(), clock.danish_day(now)
    closed = queries.closed_days(today, today + timedelta(days=400))
    total = Applied()
    with write():
        task_services.pass_on_of_those_who_left()
    for citizen_ids in list(courses.batches()):
        with write():
            done = services.apply_rules(
                citizen_ids, contact_rules=profile.contact_rules, closed=closed, now=now
            )
        total = Applied(
            *(getattr(total, field.name) + getattr(done, field.name) for field in fields(Applied))
        )
    return total


def register() -> None:
    """Plans the job for every night (wiring.py)."""
    worker.every(APPLY_RULES, nightly_hour=NIGHTLY_HOUR)

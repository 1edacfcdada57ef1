"""Who is away or has left in the town, and what that leaves to others: a meeting for which the
substitute finds another time or person, and citizens who are nobody's yet.
"""

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from jobunivers.booking import rules as booking_rules
from jobunivers.booking.types import AppointmentStatus, Form
from jobunivers.caseload.models import Absence
from jobunivers.caseload.types import AwayFor
from jobunivers.contact.models import Task
from jobunivers.contact.types import TaskKind
from jobunivers.seed import town_words as words

if TYPE_CHECKING:
    from jobunivers.seed.town import Town

DAYS_AWAY = 5  # working days, today or the next one among them
HER_MEETING_ON = 1
HER_MINUTE = 10 * 60 + 30
A_CITIZEN_OF_HERS = words.HOSTS.index((words.AWAY, "first"))


def is_nobodys(number: int) -> bool:
    """Had the colleague who has left, and nobody yet since."""
    return number % 49 == 7


def be_away(town: "Town") -> None:
    """One colleague is away this week, with a substitute, whatever day of the year it is."""
    back = town.times.working_day(DAYS_AWAY)
    town.rows.add(
        Absence,
        user_id=town.staff[words.AWAY],
        starts_at=booking_rules.instant(town.times.today, 0),
        ends_at=booking_rules.instant(back, 0),
        reason=AwayFor.COURSE,
        substitute_id=town.staff[words.SUBSTITUTE],
    )
    days = (back - town.times.today).days
    for day in (town.times.today + timedelta(days=number) for number in range(days)):
        for minute in words.STARTS:
            town.used.add((town.staff[words.AWAY], booking_rules.instant(day, minute)))


def leave_to_others(town: "Town", citizen_id: UUID, user_id: UUID, number: int) -> bool:
    """Her meeting is with somebody who is away or has left; False for everybody else."""
    if number == A_CITIZEN_OF_HERS:
        day = town.times.working_day(HER_MEETING_ON)
        starts_at = booking_rules.instant(day, HER_MINUTE)
        host, asked, what = words.AWAY, town.staff[words.SUBSTITUTE], TaskKind.HOST_AWAY
        why = "away"
    elif citizen_id in town.nobodys:
        day = town.times.working_day(2)
        starts_at = booking_rules.instant(day, words.STARTS[len(town.nobodys)])
        host, asked, what = words.LEFT, user_id, TaskKind.HOST_LEFT
        why = "left"
    else:
        return False
    meeting_id = town.rows.add_meeting(
        citizen_id,
        town.staff[host],
        starts_at,
        starts_at + words.LENGTH,
        AppointmentStatus.BOOKED,
        form=Form.PHONE,
    )
    town.rows.add(
        Task,
        citizen_id=citizen_id,
        user_id=asked,
        what=what.value,
        due_on=min(day, town.times.working_day(1)),
        key=f"{why}:{town.staff[host]}:{meeting_id}",
    )
    return True

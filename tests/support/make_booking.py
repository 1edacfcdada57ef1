"""Windows, meetings, needs and tasks for tests."""

from datetime import date, timedelta
from uuid import UUID

from jobunivers.booking import rules, services
from jobunivers.booking.models import OpeningWindow
from jobunivers.booking.types import Actor, Choice, Form, Slot
from jobunivers.contact.models import Need, Task
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write

ALL_FORMS = ("phone", "video", "office")
STAFF = Actor(None, "caseworker")


class MakeBooking:
    """Mixed into Maker."""

    def windows(
        self,
        caseworker,
        *,
        weekdays=range(5),
        starts=9,
        ends=15,
        forms=ALL_FORMS,
        location="main-office",
        valid_from=date(2026, 1, 1),
    ):
        """A window on each of these weekdays, in hours of the Danish clock."""
        self.save(
            *(
                OpeningWindow(
                    user_id=caseworker.id,
                    weekday=day,
                    starts_minute=starts * 60,
                    ends_minute=ends * 60,
                    forms=list(forms),
                    location=location,
                    valid_from=valid_from,
                )
                for day in weekdays
            )
        )

    def choice(
        self, caseworker, starts_at, *, kind="first-meeting", form=Form.PHONE, location=None, **more
    ) -> Choice:
        """A time with this caseworker, as a form would send it."""
        with self.app.app_context():
            what = current_profile().kind(kind)
        minutes = rules.minutes_of(what, interpreter=bool(more.get("interpreter_language")))
        slot = Slot(
            starts_at, starts_at + timedelta(minutes=minutes), caseworker.id, form, location
        )
        return Choice(kind, slot, what.before, what.after, rooms=more.pop("rooms", 0), **more)

    def booking(
        self, citizen, caseworker, starts_at, *, now=None, request_key=None, by=STAFF, **more
    ) -> UUID:
        """A meeting's id, booked through the service."""
        choice = self.choice(caseworker, starts_at, **more)
        with self.app.app_context(), write():
            return services.book(
                citizen.id, choice, by=by, now=now or clock.now(), request_key=request_key
            ).id

    def need(self, citizen, kind="first-meeting", *, days=9, reason="staff", **more) -> UUID:
        """An open invitation whose last day is that many days away."""
        return self.save(
            Need(
                citizen_id=citizen.id,
                kind=kind,
                reason=reason,
                deadline_on=clock.today() + timedelta(days=days),
                invited_at=clock.now(),
                **more,
            )
        )

    def task(self, citizen, caseworker, *, what="other", days=1) -> UUID:
        """Something on the caseworker's list."""
        return self.save(
            Task(
                citizen_id=citizen.id,
                user_id=caseworker.id,
                what=what,
                due_on=clock.today() + timedelta(days=days),
            )
        )

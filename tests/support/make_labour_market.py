"""Jobs and events."""

from datetime import timedelta

from jobunivers.events import services as events
from jobunivers.labour_market import services
from jobunivers.labour_market.types import Danish, Worktime
from jobunivers.shared import clock


class MakeLabourMarket:
    """make.job(...), make.event(...)."""

    def job(self, days=10, **more):
        """The id of a job one can apply for during so many days; like any job, an administrator
        added it.
        """
        values = {
            "title": "Kok til kantine",
            "workplace": "Kantine ved havnen",
            "place": "Aarhus C",
            "occupation": "cook",
            "hours": "",
            "text": "",
            "url": "",
        }
        values |= {
            "worktime": Worktime.FULL,
            "danish": Danish.GOOD,
            "needs_licence": False,
            "places": 1,
            "apply_by": clock.today() + timedelta(days=days),
        }
        return self.keep(
            services.save_vacancy, None, values | more, by_user_id=None, now=clock.now()
        ).id

    def event(self, days=3, **more):
        """The id of an event in so many days, at ten on the Danish clock."""
        starts = (clock.local(clock.now()) + timedelta(days=days)).replace(
            hour=10, minute=0, second=0, microsecond=0
        )
        values = {
            "title": {"da": "Jobmesse", "en": "Job fair"},
            "text": {"da": "Mød arbejdsgivere."},
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=2),
        }
        values |= {
            "place": "Rådhuset",
            "url": "",
            "language": "da",
            "seats": None,
            "sign_up_by": starts.date(),
        }
        return self.keep(
            events.save_event, None, values | more, by_user_id=None, now=clock.now()
        ).id

"""Jobs."""

from datetime import timedelta

from jobunivers.labour_market import services
from jobunivers.labour_market.types import Danish, Worktime
from jobunivers.shared import clock


class MakeLabourMarket:
    """make.job(...)."""

    def job(self, days=10, **more):
        """The id of a job one can apply for during so many days; like any job, an administrator added it."""
        values = {"title": "Kok til kantine", "workplace": "Kantine ved havnen", "place": "Aarhus C", "occupation": "cook", "hours": "", "text": "", "url": ""}
        values |= {"worktime": Worktime.FULL, "danish": Danish.GOOD, "needs_licence": False, "places": 1, "apply_by": clock.today() + timedelta(days=days)}
        return self.keep(services.save_vacancy, None, values | more, by_user_id=None, now=clock.now()).id

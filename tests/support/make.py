"""Factories with traits named after situations. Every method commits and returns ids and values
that survive the session.
"""

from datetime import timedelta
from types import SimpleNamespace

from jobunivers.caseload.models import Assignment, Citizen, Spell, Team, TeamMember
from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.make_artefacts import MakeArtefacts
from tests.support.make_booking import MakeBooking
from tests.support.make_caseload import MakeCaseload
from tests.support.make_identity import MakeIdentity
from tests.support.make_labour_market import MakeLabourMarket
from tests.support.make_messages import MakeMessages
from tests.support.make_screening import ScreeningMaker


class Maker(
    MakeArtefacts,
    MakeBooking,
    MakeCaseload,
    MakeIdentity,
    MakeLabourMarket,
    MakeMessages,
    ScreeningMaker,
):
    """make.citizen(...), make.caseworker(...), ..."""

    def __init__(self, app):
        self.app = app
        self._count = 0

    def _next(self):
        self._count += 1
        return self._count

    def save(self, *things):
        """Stores models; returns the first one's id."""
        with self.app.app_context():
            with write():
                db.session.add_all(things)
                db.session.flush()
            return things[0].id

    def team(self, name="Team One", groups=("insured",)):
        """A team's id."""
        return self.save(Team(name=name, target_groups=list(groups)))

    def staff(self, *grants, name=None, team_id=None, locale="en", email=None):
        """A member of staff with those grants."""
        number = self._next()
        with self.app.app_context():
            with write():
                user = identity.create_user(
                    name=name or f"Staff {number}",
                    email=email or f"staff{number}@example.org",
                    locale=locale,
                    grants=frozenset(grants),
                )
                if team_id:
                    db.session.add(TeamMember(team_id=team_id, user_id=user.id))
            return SimpleNamespace(id=user.id, name=user.name, email=user.email)

    def caseworker(self, team_id=None, **more):
        """A caseworker; with a team of her own when none is given."""
        team_id = team_id or self.team(name=f"Team {self._next()}")
        person = self.staff(Grant.CASEWORKER, team_id=team_id, **more)
        person.team_id = team_id
        return person

    def citizen(
        self,
        name="Maja Demo",
        locale="en",
        caseworker=None,
        weeks_out_of_work=5,
        target_group="insured",
        log_in=True,
        **more,
    ):
        """A citizen with an open spell, a caseworker when given, and a log-in unless log_in=False.
        `.user` is the log-in's id.
        """
        with self.app.app_context():
            with write():
                citizen = Citizen(
                    name=name,
                    locale=locale,
                    email=more.pop("email", f"citizen{self._next()}@example.org"),
                    team_id=getattr(caseworker, "team_id", None),
                    **more,
                )
                db.session.add(citizen)
                db.session.flush()
                db.session.add(
                    Spell(
                        citizen_id=citizen.id,
                        started_on=clock.today() - timedelta(weeks=weeks_out_of_work),
                        target_group=target_group,
                    )
                )
                if caseworker:
                    db.session.add(
                        Assignment(
                            citizen_id=citizen.id, user_id=caseworker.id, started_at=clock.now()
                        )
                    )
                owner = identity.owner_of_citizen(citizen.id)
                user = (
                    identity.create_user(name=name, locale=locale, citizen_id=citizen.id)
                    if log_in
                    else None
                )
            return SimpleNamespace(
                id=citizen.id,
                name=name,
                email=citizen.email,
                owner_id=owner.id,
                user=user.id if user else None,
            )

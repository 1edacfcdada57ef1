"""Answered questionnaires and flags, named after situations."""

from jobunivers.screening import catalogue, flag_services, queries, services
from jobunivers.screening.models import Flag
from jobunivers.screening.types import Route
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write

# Somebody who needs nothing special and has answered everything.
CALM = {
    "help_wanted": "not_now",
    "dig3": "net",
    "expect_job": "one_to_three",
    "work36": "most",
    "prev_long": "no",
    "training": "yes",
    "goal": "exact",
    "goal_occ": ["cook"],
    "travel": "yes",
    "dig1": "yes",
    "lang": "da",
}
# Somebody whose answers count towards an offer, without any wish of her own.
FAR = {
    **CALM,
    "expect_job": "later",
    "work36": "under3",
    "prev_long": "yes",
    "training": "no",
    "goal": "none",
}


class ScreeningMaker:
    """make.screening(citizen, CALM, ...), make.flag(citizen, ...)."""

    def screening(self, citizen, answers=None, *, locale="en", finished=True, now=None, **changed):
        """A screening's id. Changed answers by keyword; None skips, ... leaves out."""
        moment = now or clock.now()
        given = {
            key: value
            for key, value in {**(CALM if answers is None else answers), **changed}.items()
            if value is not ...
        }
        if given.get("goal") == "none":
            given.pop("goal_occ", None)
        with self.app.app_context(), write():
            services.start_screening(citizen.id, locale=locale, now=moment)
            for key, value in given.items():
                services.record_answer(
                    citizen.id,
                    catalogue.questionnaire().find(key),
                    value,
                    locale=locale,
                    now=moment,
                )
            if finished:
                services.finish_screening(citizen.id, now=moment, profile=current_profile())
            return queries.get_screening(citizen.id).id

    def flag(
        self,
        citizen,
        *,
        rule="help_wanted",
        route=Route.NEEDS,
        reasons=None,
        now=None,
        screening_id=None,
        **params,
    ):
        """A flag's id."""
        with self.app.app_context(), write():
            codes = [rule] if reasons is None else reasons
            flag = flag_services.raise_flag(
                citizen.id,
                rule=rule,
                route=route,
                reasons=codes,
                now=now or clock.now(),
                screening_id=screening_id,
                **params,
            )
            return flag.id

    def flags_of(self, citizen):
        """(rule, route, reasons, status) of each flag."""
        with self.app.app_context():
            flags = queries.db.session.scalars(
                queries.sa.select(Flag)
                .where(Flag.citizen_id == citizen.id)
                .order_by(Flag.raised_at, Flag.rule)
            )
            return [
                (flag.rule, flag.route.value, flag.params["reasons"], flag.status.value)
                for flag in flags
            ]

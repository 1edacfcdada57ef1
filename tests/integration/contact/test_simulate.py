"""The guarantee can be checked: with the nightly work nobody is ever without a next contact,
without it people are.
"""

from datetime import date

import pytest

from jobunivers.app import create_app
from jobunivers.commands import simulate
from jobunivers.extensions import db
from jobunivers.seed import year
from jobunivers.shared.profile import profile_codes
from tests.conftest import settings_for

SEEDS = (1, 2, 3)


def play(app, **more):
    return year.simulate(app, **{"citizens": 8, "weeks": 5, "seed": 3, **more})


@pytest.mark.parametrize(("with_worker", "expected"), [(True, False), (False, True)])
def test_nobody_is_without_a_next_contact_as_long_as_the_worker_works(app, with_worker, expected):
    result = play(app, with_worker=with_worker)
    assert bool(result.without) is expected


def test_what_came_of_it_is_told_in_lines(app):
    result = play(app)
    result.waits = {"days from booking to meeting": [1, 2, 3, 4, 30]}
    result.without = {}
    lines = list(simulate.told(result))
    assert (
        "  days from booking to meeting: median 3, nine of ten within 30, longest 30 (5 times)"
        in lines
    )
    assert any(line.startswith("  messages for each meeting: ") for line in lines)
    assert lines[-1] == "Citizens who were ever without a next contact: 0"


@pytest.mark.long
@pytest.mark.own_database
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("profile", profile_codes())
def test_illness_holidays_and_leavers_leave_nobody_behind(database_url, profile, seed):
    """Every shipped profile, over Christmas, with everything that goes wrong among people."""
    app = create_app(settings_for(database_url, profile=profile))
    try:
        result = play(app, citizens=40, weeks=14, seed=seed, start=date(2026, 10, 5))
    finally:
        with app.app_context():
            db.engine.dispose()
    assert result.without == {}
    happened = {what for what, count in result.counts.items() if count}
    assert {"tasks put off", "with an interpreter", "messages"} <= happened
    assert happened & {"ill", "holidays", "left"}

"""In the first hours of a Danish day it is still yesterday in UTC: nobody who answered then is called
as silent, and nobody who was flagged then is drawn again.
"""

from datetime import UTC, datetime, timedelta

import pytest

from jobunivers.screening import night_queries
from jobunivers.shared import clock
from tests.support.make_screening import CALM, FAR


@pytest.mark.parametrize("month", [7, 11])
def test_answers_of_the_first_hours_belong_to_the_spell(app, make, month):
    half_past_midnight = datetime(2026, month, 24, 0, 30, tzinfo=clock.COPENHAGEN).astimezone(UTC)
    clock.start_at(half_past_midnight)
    staff = make.caseworker()
    answered, flagged, silent = (
        make.citizen(caseworker=staff, weeks_out_of_work=0) for _number in range(3)
    )
    make.screening(answered, CALM, now=half_past_midnight)
    make.screening(flagged, FAR, now=half_past_midnight)
    make.flag(flagged)
    day = clock.today()
    with app.app_context():
        called = night_queries.list_silent(
            staff.team_id, started_from=day - timedelta(days=1), started_to=day
        )
        drawn = night_queries.list_finished_unflagged(staff.team_id)
    assert called == [silent.id]
    assert [screening.citizen_id for screening, _started in drawn] == [answered.id]

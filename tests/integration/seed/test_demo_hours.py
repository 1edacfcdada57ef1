"""The demonstration starts at every hour of every day, and its desk is alive at each.

The plan of its meetings is proved for every quarter of an hour in tests/unit/seed; here the whole
seed runs at a sample of them (about a second each), the once broken ones first.
"""

from datetime import datetime, timedelta

import pytest

from jobunivers.cv import queries as cv
from jobunivers.cv.types import Section
from jobunivers.identity import queries as identity
from jobunivers.seed import demo, people
from jobunivers.shared import clock

SAMPLE = {
    "2026-12-01T08:10": "today",
    "2026-12-01T12:00": "today",
    "2026-11-26T23:55": "today",
    "2026-11-28T08:10": "mandag den 30. november",
    "2026-12-24T12:10": "mandag den 28. december",
    "2027-01-01T00:05": "mandag den 4. januar",
    "2027-03-28T03:10": "tirsdag den 30. marts",
    "2026-10-25T02:30": "mandag den 26. oktober",
    "2028-02-29T07:50": "today",
}


@pytest.mark.parametrize("moment", SAMPLE)
def test_it_starts_and_the_desk_shows_the_day_that_is_worked(app, client_of, moment):
    clock.start_at(datetime.fromisoformat(moment).replace(tzinfo=clock.COPENHAGEN))
    with app.app_context():
        demo.ensure()
        karen = identity.find_persona("caseworker").id
    page = client_of(karen, locale="da").get("/caseworker")
    assert len(page.all("todays-meeting")) >= 2
    assert page.all("flag")
    assert page.all("task")
    day = SAMPLE[moment]
    if day == "today":
        assert "Næste arbejdsdag" not in page.words
    else:
        assert f"Næste arbejdsdag: {day}" in page.words
        assert f"Næste: {day} kl." in page.one("next-meeting").get_text(" ")


@pytest.mark.parametrize("moment", ["2026-12-01T10:00", "2029-06-04T10:00"])
def test_the_last_job_ended_when_the_spell_began(app, moment):
    clock.start_at(datetime.fromisoformat(moment).replace(tzinfo=clock.COPENHAGEN))
    with app.app_context():
        demo.ensure()
        maja = identity.find_persona("citizen-da")
        stored = cv.find_cv(identity.find_owner_of_citizen(maja.citizen_id).id)
        (job,) = cv.list_entries(stored, Section.EXPERIENCE)
        weeks = timedelta(weeks=people.CITIZENS["citizen-da"].weeks)
        assert cv.entry_values(job)["ended"] == f"{clock.today() - weeks:%Y-%m}"

"""Concrete jobs for a talk: chosen by the caseworker, seen by the citizen before and after, at most
three.
"""

from datetime import timedelta

import pytest

from jobunivers.shared import clock
from jobunivers.shared.house import house


@pytest.fixture
def talk(make):
    """(caseworker, citizen, meeting id) of a meeting in three days."""
    anne = make.caseworker()
    maja = make.citizen(caseworker=anne)
    starts_at = (clock.now() + timedelta(days=3)).replace(
        hour=10, minute=0, second=0, microsecond=0
    )
    return anne, maja, make.booking(maja, anne, starts_at)


def test_a_caseworker_chooses_jobs_and_the_citizen_sees_them_before_and_after(
    app, make, client_of, talk
):
    anne, maja, meeting = talk
    job = make.job()
    staff, page = client_of(anne), f"/caseworker/calendar/{meeting}/jobs"
    assert staff.get(f"{page}?q=kok").all("job")
    assert not staff.get(f"{page}?q=zzz").all("job")
    for _twice in range(2):
        staff.post(page, {"job": job})
    assert len(staff.get(page).all("chosen")) == 1
    hers = client_of(maja.user)
    assert hers.get(f"/my/meetings/{meeting}").one("talk-job").a["href"] == f"/jobs/{job}"
    with app.app_context():
        assert house().of_citizen["jobs"](maja.id)["for_talks"][0]["job_title"] == "Kok til kantine"
    clock.start_at(clock.now() + timedelta(days=20))
    after = client_of(maja.user).get(f"/my/meetings/{meeting}").one("talk-job")
    assert after.a is None and "no longer open" in after.get_text()
    staff = client_of(anne)
    staff.post(page, {"job": job, "what": "remove"})
    assert not staff.get(page).all("chosen")


def test_there_are_at_most_three_and_none_that_is_over(make, client_of, talk):
    anne, _maja, meeting = talk
    staff, page = client_of(anne), f"/caseworker/calendar/{meeting}/jobs"
    for number in range(3):
        staff.post(page, {"job": make.job(title=f"Job {number}")})
    staff.post(page, {"job": make.job()}, status=409)
    staff.post(page, {"job": make.job(days=-1)}, status=404)
    staff.post(page, {"job": "nonsense"}, status=404)

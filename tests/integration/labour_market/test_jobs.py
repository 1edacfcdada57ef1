"""Concrete jobs: open to everybody, found by everyday words and wishes, gone the day after the
deadline, kept where the reader works.
"""

import pytest

from jobunivers.identity.types import Grant
from jobunivers.labour_market.types import Danish, Worktime
from jobunivers.planner import queries as planner
from jobunivers.shared import clock
from tests.support.queries import counted_queries

FORM = {
    "title": "Kok",
    "workplace": "Kantine",
    "place": "Aarhus",
    "occupation": "cook",
    "worktime": "part",
    "danish": "little",
    "places": "2",
}


@pytest.fixture
def admin(make, client_of):
    return client_of(make.staff(Grant.ADMIN))


def titles(page):
    return [card.h3.get_text() for card in page.all("job")]


def test_everybody_sees_open_jobs_with_the_first_deadline_first_and_none_that_is_over(make, client):
    assert "No jobs here just now" in client.get("/jobs").words
    make.job(title="Later", days=20)
    make.job(title="Sooner", days=0)
    over = make.job(title="Over", days=-1)
    assert titles(client.get("/jobs")) == ["Sooner", "Later"]
    client.get(f"/jobs/{over}", status=404)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("q=кухар", ["Kok"]),
        ("q=havn", ["Kok"]),
        ("q=100%25", []),
        ("field=transport", ["Bud"]),
        ("field=nonsense", ["Kok", "Bud"]),
        ("little_danish=1", ["Bud"]),
        ("part_time=1", ["Bud"]),
        ("no_licence=1", ["Kok"]),
        ("several=1", ["Bud"]),
        ("q=zzz", []),
        ("after=nonsense", ["Kok", "Bud"]),
    ],
)
def test_words_and_wishes_narrow_the_list(make, client, asked, wanted):
    make.job(title="Kok", days=1)
    make.job(
        title="Bud",
        days=2,
        workplace="Pakker",
        occupation="delivery-driver",
        danish=Danish.LITTLE,
        worktime=Worktime.FEW,
        needs_licence=True,
        places=3,
    )
    page = client.get(f"/jobs?{asked}")
    assert titles(page) == wanted
    assert wanted or "No job fits just now" in page.words


def test_a_long_list_goes_on_page_by_page_without_losing_or_doubling_one(make, client):
    for number in range(45):
        make.job(title=f"Job {number}", days=number % 3)
    seen, page = [], client.get("/jobs?field=hospitality")
    while True:
        seen += titles(page)
        more = page.soup.select_one("a[rel=next]")
        if more is None:
            break
        page = client.get(more["href"])
    assert len(seen) == len(set(seen)) == 45


def test_a_page_of_jobs_costs_the_same_for_few_and_for_many(app, make, client_of):
    reader = client_of(make.citizen().user)
    counts = []
    for _round in range(2):
        make.job()
        reader.get("/jobs")
        with counted_queries(app) as statements:
            reader.get("/jobs")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 9


def test_somebody_without_log_in_goes_on_to_an_application_with_the_job_filled_in(make, client):
    job = make.job()
    page = client.follow(client.post(f"/jobs/{job}/keep", {"what": "letter"}))
    assert page.soup.find(id="job_title")["value"] == "Kok til kantine"
    assert page.soup.find(id="employer")["value"] == "Kantine ved havnen"
    assert client.get("/my/letters/new?job=nonsense").soup.find(id="job_title")["value"] == ""


def test_a_job_goes_into_her_plan_once(app, make, client_of):
    maja, job = make.citizen(), make.job()
    for _twice in range(2):
        client_of(maja.user).post(f"/jobs/{job}/keep", {"what": "plan"})
    with app.app_context():
        assert [entry.what for entry in planner.list_entries(maja.owner_id)["tasks"]] == [
            "Apply: Kok til kantine, Kantine ved havnen"
        ]


def test_staff_keeps_no_jobs(make, client_of):
    worker, job = client_of(make.caseworker()), make.job()
    assert not worker.get(f"/jobs/{job}").all("keep")
    worker.post(f"/jobs/{job}/keep", {"what": "plan"}, status=403)


def test_an_administrator_adds_changes_withdraws_and_brings_back_a_job(admin, client):
    day = clock.today().isoformat()
    admin.post("/admin/jobs/new", {**FORM, "apply_by": day, "url": "https://example.org/job"})
    job = client.get("/jobs").all("job")[0].a["href"]
    page = client.get(job)
    assert page.one("advert")["href"] == "https://example.org/job"
    assert "2 places" in page.words and "A little Danish is enough" in page.words
    edit = admin.get("/admin/jobs").all("job")[0].a["href"]
    assert admin.get(edit).soup.find(id="title")["value"] == "Kok"
    admin.post(edit, {**FORM, "title": "Souschef", "apply_by": day})
    assert titles(client.get("/jobs")) == ["Souschef"]
    admin.post(f"{edit}/withdraw")
    client.get(job, status=404)
    assert titles(client.get("/jobs")) == []
    admin.post(f"{edit}/withdraw", {"what": "back"})
    assert titles(client.get("/jobs")) == ["Souschef"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"url": "http://example.org"},
        {"url": "https://bank.example@evil.example/x"},
        {"url": "javascript:alert(1)"},
        {"places": "0"},
        {"places": "many"},
        {"apply_by": "2020-01-01"},
        {"apply_by": "soon"},
        {"occupation": "king"},
        {"worktime": ""},
    ],
)
def test_a_wrong_job_is_not_saved_and_the_form_says_why(admin, client, wrong):
    page = admin.post(
        "/admin/jobs/new", {**FORM, "apply_by": clock.today().isoformat(), **wrong}, status=422
    )
    assert page.soup.select_one("[role=alert] a")
    assert titles(client.get("/jobs")) == []

"""The job barometer: public where the municipality publishes it, made quarter by quarter, in force
for the questions about help, too.
"""

import re

import pytest

from jobunivers.goals import queries as goals
from jobunivers.identity.types import Grant
from jobunivers.labour_market import queries, rules, services
from jobunivers.labour_market.types import Demand
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from jobunivers.shared.profile import load_profile
from tests.integration.booking.test_races import race


@pytest.fixture
def admin(make, client_of):
    return client_of(make.staff(Grant.ADMIN))


def titles(category):
    return [link.get_text(strip=True) for link in category.select("li a")]


def edition_of(page):
    return re.search(r"/admin/barometer/([0-9a-f-]{36})", page.location)[1]


def publish(admin, edition, **more):
    return admin.post(
        f"/admin/barometer/{edition}/publish", {"source_da": "Egen vurdering.", **more}
    )


def test_everybody_reads_four_categories_in_words_and_their_order(client):
    page = client.get("/in-demand")
    names = [category.h2.get_text() for category in page.all("category")]
    assert names == [
        "Many employers look for people",
        "Good chances",
        "Fewer chances",
        "More people than jobs",
    ]
    assert titles(page.all("category")[0])[:2] == ["Nurse", "Social and health care assistant"]
    assert "Example." in page.words and "no promise" in page.words


def test_words_and_field_narrow_the_list_and_keep_its_order(client):
    found = client.get("/in-demand?q=кухар")
    assert [titles(category) for category in found.all("category")][0] == ["Cook"]
    for category in client.get("/in-demand?field=care").all("category"):
        assert "Cook" not in titles(category)
    assert "No job title fits" in client.get("/in-demand?q=zzzz").words
    assert client.get("/in-demand?field=nonsense&area=nowhere").status_code == 200
    assert "<main" not in client.htmx_get("/in-demand?q=kok").text


def test_a_municipality_that_keeps_it_as_a_working_paper_says_so(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "PROFILE", load_profile("aabenraa", demo=True))
    page = client.get("/in-demand")
    assert "working paper" in page.words and not page.all("category")
    client.get("/in-demand/cook", status=404)


def test_somebody_without_log_in_keeps_a_title_among_her_goals_once(app, client):
    client.get("/in-demand/no-such-job", status=404)
    assert client.get("/in-demand/cook").one("keep-title")
    for _twice in range(2):
        answer = client.post("/in-demand/cook/goal")
    assert [
        line.get_text() for line in client.follow(answer).soup.select("[data-test=track] li")
    ] == ["Kok"]
    client.post("/in-demand/no-such-job/goal", status=404)


def test_a_title_goes_to_the_track_of_demand_of_whoever_is_logged_in(app, make, client_of):
    maja = make.citizen()
    client_of(maja.user).post("/in-demand/nurse/goal")
    with app.app_context():
        assert goals.list_goals(maja.owner_id)["demand"] == ["Sygeplejerske"]


def test_staff_keeps_no_goals(make, client_of):
    worker = client_of(make.caseworker())
    assert not worker.get("/in-demand/cook").all("keep-title")
    worker.post("/in-demand/cook/goal", status=403)


def test_an_administrator_makes_the_next_quarter_from_the_last_one_and_everybody_reads_it_at_once(
    app, admin, client
):
    assert "Quarter 4 of 2026" in client.get("/in-demand").words
    edition = edition_of(admin.post("/admin/barometer", {"what": "next"}))
    assert edition_of(admin.post("/admin/barometer", {"what": "next"})) == edition
    admin.get(f"/admin/barometer/{edition}/east-jutland/cook")
    admin.post(
        f"/admin/barometer/{edition}/east-jutland/cook", {"category": "surplus", "after": "sewing"}
    )
    assert "Quarter 4 of 2026" in client.get("/in-demand").words
    publish(admin, edition)
    page = client.get("/in-demand")
    assert "Quarter 1 of 2027" in page.words and "Example." not in page.words
    assert titles(page.all("category")[3])[1] == "Cook"
    with app.app_context():
        assert queries.local_demand(current_profile())["cook"] is Demand.SURPLUS


def test_a_published_quarter_is_mended_by_a_new_edition_never_in_place(admin, client):
    first = edition_of(admin.post("/admin/barometer", {"what": "next"}))
    publish(admin, first)
    admin.get(f"/admin/barometer/{first}/east-jutland/cook", status=404)
    admin.post(f"/admin/barometer/{first}/publish", {"source_da": "Igen"}, status=409)
    admin.post(f"/admin/barometer/{first}/delete", status=409)
    second = edition_of(admin.post("/admin/barometer", {"what": "mend"}))
    admin.post(f"/admin/barometer/{second}/east-jutland/cook", {"category": "none"})
    publish(admin, second, is_example="y")
    page = client.get("/in-demand?q=kok")
    assert "Quarter 1 of 2027" in page.words and "Example." in page.words
    assert "not assessed" in client.get("/in-demand/cook").words
    assert [line.get_text() for line in admin.get("/admin/barometer").all("edition")][
        0
    ].split() == ["Quarter", "1", "of", "2027", "In", "use"]


def test_wrong_forms_say_what_is_missing_and_change_nothing(admin):
    edition = edition_of(admin.post("/admin/barometer", {"what": "next"}))
    page = admin.post(f"/admin/barometer/{edition}/publish", {"source_da": " "}, status=422)
    assert page.soup.select_one("[role=alert]")
    assert admin.post(
        f"/admin/barometer/{edition}/east-jutland/cook", {}, status=422
    ).soup.select_one("[role=alert]")
    admin.post(
        f"/admin/barometer/{edition}/east-jutland/no-such-job", {"category": "good"}, status=404
    )
    admin.post(f"/admin/barometer/{edition}/nowhere/cook", {"category": "good"}, status=404)
    admin.post(f"/admin/barometer/{edition}/delete")
    admin.get(f"/admin/barometer/{edition}", status=404)


def test_a_move_into_what_was_published_meanwhile_is_refused(app, make):
    by = make.staff(Grant.ADMIN).id
    with app.app_context():
        profile = current_profile()
    edition = make.keep(services.start_edition, profile, is_mending=False, by_user_id=by)
    make.keep(
        services.publish,
        edition.id,
        source={"da": "x"},
        is_example=False,
        by_user_id=by,
        now=clock.now(),
    )
    with pytest.raises(Conflict):
        make.keep(
            services.move_occupation,
            edition.id,
            "east-jutland",
            "cook",
            Demand.GOOD,
            profile=profile,
            by_user_id=by,
        )


def test_the_questions_about_help_use_what_is_in_force(app):
    with app.app_context():
        assert (
            queries.local_demand(current_profile())
            == queries.barometers_in_force(current_profile())[0].demand
        )
        assert (
            rules.in_categories(queries.local_demand(current_profile()))[Demand.SHORTAGE][0]
            == "nurse"
        )


def test_two_administrators_who_begin_the_next_quarter_at_once_have_one_draft(app, make):
    someone = make.staff(Grant.ADMIN)

    def begin():
        with app.app_context(), write():
            services.start_edition(current_profile(), is_mending=False, by_user_id=someone.id)

    assert set(race([begin] * 6)) <= {"won", "Conflict"}
    with app.app_context():
        assert len(queries.list_editions()) == 1

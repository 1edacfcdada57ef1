"""Job titles on three tracks, in the municipality's words."""

import pytest

from jobunivers.goals import queries
from jobunivers.goals.keepsake import GoalsKeepsake
from jobunivers.shared import clock

KEEPSAKE = GoalsKeepsake()


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    return person


def goals(app, owner_id):
    with app.app_context():
        return queries.list_goals(owner_id)


def version(page):
    return page.soup.select_one('main input[name="version"]')["value"]


def test_three_tracks_stand_there_in_the_readers_language(make, client_of):
    citizen = make.citizen(locale="uk")
    page = client_of(citizen.user, locale="uk").get("/my/goals")
    assert [track.h2.text for track in page.all("track")] == [
        "Мій фах",
        "Близько до мого фаху",
        "Де бракує людей",
    ]


def test_titles_are_written_changed_and_shown(app, maja):
    form = maja.browser.get("/my/goals/own")
    answer = maja.browser.post(
        "/my/goals/own", {"lines": "Cook\n- Chef\nCook", "version": version(form)}
    )
    assert "Chef" in maja.browser.follow(answer).all("track")[0].text
    assert goals(app, maja.owner_id) == {"own": ["Cook", "Chef"], "near": [], "demand": []}
    form = maja.browser.get("/my/goals/own")
    maja.browser.post("/my/goals/own", {"lines": "Chef", "version": version(form)})
    assert goals(app, maja.owner_id)["own"] == ["Chef"]


def test_two_windows_are_shown_to_her_and_too_much_is_refused(app, maja):
    old = version(maja.browser.get("/my/goals/near"))
    maja.browser.post("/my/goals/near", {"lines": "Baker", "version": old})
    both = maja.browser.post("/my/goals/near", {"lines": "Butcher", "version": old}, status=409)
    assert "Baker" in both.one("stored").text and "Butcher" in both.one("mine").text
    maja.browser.post("/my/goals/near", {"lines": "x" * 400}, status=422)
    assert goals(app, maja.owner_id)["near"] == ["Baker"]


def test_unknown_tracks_are_not_found(maja):
    maja.browser.get("/my/goals/dream", status=404)


def test_exercises_write_read_and_drafts_come_along(app, make):
    draft, citizen = make.draft(), make.citizen()
    make.keep(KEEPSAKE.write, draft, "own", ["Cook", "Chef", ""], source="s", now=clock.now())
    make.keep(KEEPSAKE.write, draft, "demand", ["Carer"], source="s", now=clock.now())
    make.keep(
        KEEPSAKE.write, citizen.owner_id, "own", ["Baker", "Cook"], source="s", now=clock.now()
    )
    make.keep(KEEPSAKE.adopt, draft, citizen.owner_id, now=clock.now())
    assert goals(app, citizen.owner_id) == {
        "own": ["Baker", "Cook", "Chef"],
        "near": [],
        "demand": ["Carer"],
    }
    with app.app_context():
        assert KEEPSAKE.read(citizen.owner_id, "own", source="s") == ["Baker", "Cook", "Chef"]
        assert KEEPSAKE.read(citizen.owner_id, "near", source="s") is None
        assert queries.everything_about_owner(citizen.owner_id) == {
            "own": ["Baker", "Cook", "Chef"],
            "demand": ["Carer"],
        }
        assert queries.everything_about_owner(make.draft()) == {}
    with app.test_request_context("/"):
        assert KEEPSAKE.link("own") == "/my/goals" and KEEPSAKE.label("own")

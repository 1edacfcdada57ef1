"""The private planner: own lines, lines of exercises, ticks."""

import pytest

from jobunivers.planner import queries, services
from jobunivers.planner.keepsake import PlannerKeepsake
from jobunivers.shared import clock
from tests.support.htmx import assert_swap_equals_reload
from tests.support.queries import counted_queries

KEEPSAKE = PlannerKeepsake()


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    return person


@pytest.fixture
def keep_rows(make):
    def keep_rows(owner_id, part, rows, source="a.b"):
        make.keep(KEEPSAKE.write, owner_id, part, rows, source=source, now=clock.now())

    return keep_rows


def lines(app, owner_id, part="tasks"):
    with app.app_context():
        return [
            (entry.what, entry.when, entry.done_at is not None)
            for entry in queries.list_entries(owner_id)[part]
        ]


def first_id(app, owner_id, part="tasks"):
    with app.app_context():
        return queries.list_entries(owner_id)[part][0].id


def test_the_page_says_that_the_caseworker_cannot_see_it(maja):
    assert (
        "Only you see this page. Your caseworker cannot." in maja.browser.get("/my/planner").words
    )


def test_lines_are_added_changed_ticked_and_deleted(app, maja):
    for _double_tap in range(2):
        answer = maja.browser.post(
            "/my/planner/new/tasks", {"what": "Ring the canteen", "when": "Tuesday"}
        )
    assert answer.location == "/my/planner#tasks"
    assert lines(app, maja.owner_id) == [("Ring the canteen", "Tuesday", False)]
    line = f"/my/planner/{first_id(app, maja.owner_id)}"
    form = maja.browser.get(line)
    maja.browser.post(
        line,
        {
            "what": "Ring again",
            "when": "",
            "version": form.soup.select_one('main input[name="version"]')["value"],
        },
    )
    assert lines(app, maja.owner_id) == [("Ring again", "", False)]
    maja.browser.post(f"{line}/done")
    maja.browser.post(f"{line}/done")
    assert lines(app, maja.owner_id) == [("Ring again", "", True)]
    assert "(done)" in maja.browser.get("/my/planner").words
    maja.browser.post(f"{line}/delete")
    assert lines(app, maja.owner_id) == []
    maja.browser.post(f"{line}/delete", status=404)


def test_a_tick_swaps_the_list_as_a_reload_shows_it(app, maja, make):
    make.keep(services.add_entry, maja.owner_id, "tasks", what="Ring")
    make.keep(services.add_entry, maja.owner_id, "tasks", what="Write")
    line = f"/my/planner/{first_id(app, maja.owner_id)}"
    for verb in ("done", "open"):
        swapped = maja.browser.htmx_post(f"{line}/{verb}")
        assert_swap_equals_reload(swapped, maja.browser.get("/my/planner"), "#tasks")
    assert lines(app, maja.owner_id) == [("Ring", "", False), ("Write", "", False)]


@pytest.mark.parametrize(
    "wrong", [{"what": ""}, {"what": "  "}, {"what": "x" * 400}, {"what": "a", "when": "x" * 200}]
)
def test_what_cannot_be_kept_is_explained(app, maja, wrong):
    maja.browser.post("/my/planner/new/week", wrong, status=422)
    assert lines(app, maja.owner_id, "week") == []


def test_old_windows_unknown_lists_and_other_people(maja, make, client_of, app):
    make.keep(services.add_entry, maja.owner_id, "week", what="Walk")
    line = f"/my/planner/{first_id(app, maja.owner_id, 'week')}"
    old = maja.browser.get(line).soup.select_one('main input[name="version"]')["value"]
    maja.browser.post(line, {"what": "Swim", "version": old})
    maja.browser.post(line, {"what": "Run", "version": old}, status=409)
    maja.browser.get("/my/planner/new/secrets", status=404)
    other = client_of(make.citizen(name="Other").user)
    other.get(line, status=404)
    for verb in ("done", "open", "delete"):
        other.post(f"{line}/{verb}", status=404)
    assert lines(app, maja.owner_id, "week") == [("Swim", "", False)]


def test_each_exercise_rewrites_only_its_own_lines(app, make, keep_rows):
    owner_id = make.draft()
    keep_rows(owner_id, "tasks", [{"what": "A", "when": "Mon"}, {"what": "B", "when": ""}], "one.x")
    keep_rows(owner_id, "tasks", ["C"], "two.y")
    make.keep(services.add_entry, owner_id, "tasks", what="Mine")
    keep_rows(owner_id, "tasks", [{"what": "B", "when": "Tue"}, {"what": "D", "when": ""}], "one.x")
    assert [what for what, _when, _done in lines(app, owner_id)] == ["B", "D", "C", "Mine"]
    with app.app_context():
        assert KEEPSAKE.read(owner_id, "tasks", source="one.x") == [
            {"what": "B", "when": "Tue"},
            {"what": "D", "when": ""},
        ]
        assert KEEPSAKE.read(owner_id, "tasks", source="three.z") is None


def test_ticks_made_in_the_planner_stay_when_the_exercise_is_saved_again(app, make, keep_rows):
    owner_id = make.draft()
    keep_rows(owner_id, "tasks", ["A", "B"])
    make.keep(services.tick, owner_id, first_id(app, owner_id), now=clock.now())
    keep_rows(owner_id, "tasks", ["A", "B", "C"])
    assert lines(app, owner_id) == [("A", "", True), ("B", "", False), ("C", "", False)]
    with app.app_context():
        assert KEEPSAKE.read(owner_id, "tasks", source="a.b")[0] == {
            "what": "A",
            "when": "",
            "done": True,
        }
    keep_rows(owner_id, "tasks", [{"what": "A", "done": False}, {"what": "B", "done": True}])
    assert lines(app, owner_id) == [("A", "", False), ("B", "", True)]


def test_a_time_without_words_is_kept_too(app, make, keep_rows):
    owner_id = make.draft()
    keep_rows(owner_id, "week", [{"what": "", "when": "Tuesday 9"}, {"what": "", "when": ""}])
    assert lines(app, owner_id, "week") == [("", "Tuesday 9", False)]


def test_drafts_lines_come_along_without_doubles(app, make, keep_rows):
    draft, citizen = make.draft(), make.citizen()
    keep_rows(draft, "contacts", [{"what": "Ali", "when": "Mon"}, {"what": "Bo", "when": ""}])
    keep_rows(citizen.owner_id, "contacts", [{"what": "Ali", "when": "Mon"}])
    make.keep(KEEPSAKE.adopt, draft, citizen.owner_id, now=clock.now())
    assert lines(app, citizen.owner_id, "contacts") == [("Ali", "Mon", False), ("Bo", "", False)]


def test_everything_about_me_holds_the_lines(app, make, keep_rows):
    owner_id = make.draft()
    keep_rows(owner_id, "tasks", ["A", "B"])
    make.keep(services.tick, owner_id, first_id(app, owner_id), now=clock.now())
    with app.app_context():
        kept = queries.everything_about_owner(owner_id)["tasks"]
        assert [(row["what"], row["done_at"] is not None) for row in kept] == [
            ("A", True),
            ("B", False),
        ]
        assert queries.everything_about_owner(make.draft()) == {}
    with app.test_request_context("/"):
        assert KEEPSAKE.link("tasks") == "/my/planner" and KEEPSAKE.label("tasks")


def test_page_costs_few_queries_however_many_lines(app, maja, keep_rows):
    with counted_queries(app) as few:
        maja.browser.get("/my/planner")
    keep_rows(maja.owner_id, "tasks", [str(number) for number in range(30)])
    with counted_queries(app) as many:
        maja.browser.get("/my/planner")
    assert len(few) == len(many) <= 9

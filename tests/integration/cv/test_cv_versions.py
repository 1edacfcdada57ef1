"""Versions of the CV for one job: a choice from the full CV, in its own words where she wants."""

from uuid import UUID

import pytest

from jobunivers.cv import queries, version_queries
from jobunivers.cv import version_services as versions
from jobunivers.cv.keepsake import CvKeepsake
from jobunivers.cv.types import Section
from jobunivers.shared import clock
from jobunivers.shared.house import house
from tests.support.htmx import assert_swap_equals_reload
from tests.support.queries import counted_queries
from tests.support.word_files import paragraphs


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    make.cv_head(person.owner_id, name="Maja Demo", title="Cook")
    person.chef = make.cv_job(
        person.owner_id, "Chef", "Hotel", "2019-03", points=["Led four", "Kept the budget"]
    )
    person.driver = make.cv_job(person.owner_id, "Driver", "Depot", "2012", "2015")
    make.cv_lines(person.owner_id, Section.SKILLS, "Budgets", "Forklift")
    return person


def hidden(page, name):
    return page.soup.select_one(f'main input[name="{name}"]')["value"]


def start(browser, name="Canteen"):
    return browser.post("/my/cv/versions/new", {"name": name}).location.removesuffix("/choose")


def content(app, owner_id, where):
    with app.app_context():
        return version_queries.content_for(owner_id, UUID(where.rpartition("/")[2]))


def save(browser, where, **values):
    return browser.post(where, {"version": hidden(browser.get(where), "version"), **values})


def said(cv, section=Section.EXPERIENCE):
    return [(entry.title, entry.points) for entry in cv.entries(section)]


def test_a_version_begins_with_everything_and_holds_what_she_chooses(maja):
    where = start(maja.browser)
    form = maja.browser.get(f"{where}/choose")
    boxes = {
        box["value"]: box.find_parent("label").get_text(" ", strip=True)
        for box in form.soup.select('input[name="entries"][checked]')
    }
    assert len(boxes) == 4
    kept = [entry_id for entry_id, words in boxes.items() if words.startswith(("Chef", "Budgets"))]
    answer = maja.browser.post(
        f"{where}/choose", {"version": hidden(form, "version"), "entries": kept}
    )
    page = maja.browser.follow(answer)
    assert page.soup.h1.get_text() == "Canteen"
    assert "Led four" in page.words and "Driver" not in page.words and "Forklift" not in page.words
    assert "Driver" in maja.browser.get("/my/cv").words
    assert [card.a["href"] for card in maja.browser.get("/my/cv").all("version")] == [where]


def test_changes_in_the_full_cv_flow_through(app, make, maja):
    where = start(maja.browser)
    save(
        maja.browser,
        f"/my/cv/entries/{maja.chef}",
        title="Head chef",
        place="Hotel",
        started="03-2019",
        points="Led six",
    )
    assert said(content(app, maja.owner_id, where))[0] == ("Head chef", ("Led six",))
    make.cv_job(maja.owner_id, "Baker", started="2020")
    assert [title for title, _points in said(content(app, maja.owner_id, where))] == [
        "Head chef",
        "Driver",
    ]
    assert (
        len(maja.browser.get(f"{where}/choose").soup.select('input[name="entries"]:not([checked])'))
        == 1
    )


def test_own_words_stay_and_both_are_offered_when_the_full_cv_moves_on(app, maja):
    where = start(maja.browser)
    save(maja.browser, f"{where}/entries/{maja.chef}", title="Chef", points="Led four in a canteen")
    assert maja.browser.get(where).all("late") == []
    save(
        maja.browser,
        f"/my/cv/entries/{maja.chef}",
        title="Head chef",
        place="Hotel",
        started="03-2019",
        points="Led six",
    )
    assert said(content(app, maja.owner_id, where))[0] == ("Head chef", ("Led four in a canteen",))
    offer = maja.browser.get(where).one("late")
    assert "Led four in a canteen" in offer.text and "Led six" in offer.text
    choice = {
        name: offer.select_one(f'input[name="{name}"]')["value"] for name in ("field", "seen")
    }
    maja.browser.post(offer.form["action"], {**choice, "keep": "mine"})
    assert maja.browser.get(where).all("late") == []
    maja.browser.post(offer.form["action"], {**choice, "keep": "full"})
    assert said(content(app, maja.owner_id, where))[0] == ("Head chef", ("Led six",))


def test_a_choice_between_texts_that_have_changed_again_changes_nothing(app, maja):
    where = start(maja.browser)
    save(maja.browser, f"{where}/top", name="Canteen", title="Cook", profile="Mine.")
    save(maja.browser, "/my/cv/profile", profile="New.")
    offer = maja.browser.get(where).one("late")
    choice = {
        name: offer.select_one(f'input[name="{name}"]')["value"] for name in ("field", "seen")
    }
    save(maja.browser, "/my/cv/profile", profile="Newer.")
    maja.browser.post(offer.form["action"], {**choice, "keep": "full"}, status=409)
    assert content(app, maja.owner_id, where).profile == "Mine."


def test_the_way_back_to_the_full_cv_stands_where_the_words_were_changed(app, maja):
    where = start(maja.browser)
    save(maja.browser, f"{where}/top", name="Canteen 2", title="Canteen cook", profile="")
    page = maja.browser.get(f"{where}/top")
    form = page.soup.select_one('form[action$="/decide"]')
    maja.browser.post(
        form["action"],
        {
            box["name"]: box["value"]
            for box in form.select("input, button[name]")
            if box["name"] != "csrf_token"
        },
    )
    assert content(app, maja.owner_id, where).title == "Cook"
    assert maja.browser.get(where).soup.h1.get_text() == "Canteen 2"


def test_what_is_taken_out_keeps_its_words_for_later(app, maja):
    where = start(maja.browser)
    save(maja.browser, f"{where}/entries/{maja.chef}", title="Chef", points="Mine")
    everything_in = [
        box["value"]
        for box in maja.browser.get(f"{where}/choose").soup.select('input[name="entries"]')
    ]
    save(maja.browser, f"{where}/choose", entries=[])
    assert said(content(app, maja.owner_id, where)) == []
    assert "Nothing is chosen yet" in maja.browser.get(where).words
    save(maja.browser, f"{where}/choose", entries=everything_in)
    assert said(content(app, maja.owner_id, where))[0] == ("Chef", ("Mine",))


def test_order_is_the_versions_own_and_moving_answers_with_what_a_reload_shows(app, maja):
    where = start(maja.browser)
    block = maja.browser.htmx_post(f"{where}/entries/{maja.chef}/down")
    assert_swap_equals_reload(block, maja.browser.get(f"{where}/sections/experience"), "#entries")
    assert [title for title, _points in said(content(app, maja.owner_id, where))] == [
        "Driver",
        "Chef",
    ]
    with app.app_context():
        assert [
            e.title
            for e in queries.content_of(queries.find_cv(maja.owner_id)).entries(Section.EXPERIENCE)
        ] == ["Chef", "Driver"]
    for _tap in range(2):
        maja.browser.post(f"{where}/entries/{maja.chef}/up")
    assert [title for title, _points in said(content(app, maja.owner_id, where))] == [
        "Chef",
        "Driver",
    ]


def test_an_old_window_of_choices_shows_both_in_words(maja):
    where = start(maja.browser)
    form = maja.browser.get(f"{where}/choose")
    save(maja.browser, f"{where}/choose", entries=[str(maja.chef)])
    both = maja.browser.post(
        f"{where}/choose",
        {"version": hidden(form, "version"), "entries": [str(maja.driver)]},
        status=409,
    )
    assert "Driver" in both.one("mine").text and "Chef" in both.one("stored").text
    kept = {
        "version": hidden(both, "version"),
        "entries": [box["value"] for box in both.soup.select('main input[name="entries"]')],
    }
    maja.browser.post(f"{where}/choose", kept)
    assert "Depot" in maja.browser.get(where).words and "Hotel" not in maja.browser.get(where).words


@pytest.mark.parametrize(
    ("page", "wrong"),
    [("top", {"name": " "}), ("top", {"name": "x" * 130}), ("choose", {"entries": ["nonsense"]})],
)
def test_wrong_input_is_said_and_not_saved(maja, page, wrong):
    where = start(maja.browser)
    answer = maja.browser.post(
        f"{where}/{page}",
        {"version": hidden(maja.browser.get(f"{where}/{page}"), "version"), **wrong},
        status=422,
    )
    assert answer.soup.select(".error-summary a")


def test_a_version_needs_a_name(maja):
    assert maja.browser.post("/my/cv/versions/new", {"name": ""}, status=422).soup.select(
        ".error-summary a"
    )


def test_each_version_has_its_own_files(maja):
    where = start(maja.browser)
    save(maja.browser, f"{where}/choose", entries=[str(maja.driver)])
    base = f"/my/cv/{where.rpartition('/')[2]}"
    text = maja.browser.get(f"{base}.txt").text
    assert "Driver" in text and "Chef" not in text
    assert ("Heading 2", "Driver") in paragraphs(maja.browser.get(f"{base}.docx").response.data)
    assert [job["position"] for job in maja.browser.get(f"{base}.json").response.json["work"]] == [
        "Driver"
    ]
    assert maja.browser.get(f"{base}.pdf").response.data.startswith(b"%PDF")
    assert "Driver" in maja.browser.get(f"{base}/paste").words


def test_a_copy_is_changed_without_the_first_and_both_are_thrown_away_alone(app, maja):
    where = start(maja.browser)
    save(maja.browser, f"{where}/entries/{maja.chef}", title="Chef", points="Mine")
    copy = maja.browser.post(f"{where}/copy").location.removesuffix("/top")
    save(maja.browser, f"{copy}/choose", entries=[str(maja.driver)])
    assert said(content(app, maja.owner_id, where))[0] == ("Chef", ("Mine",))
    assert [card.h3.get_text(strip=True) for card in maja.browser.get("/my/cv").all("version")] == [
        "Copy of Canteen",
        "Canteen",
    ]
    maja.browser.post(f"{where}/delete")
    maja.browser.get(where, status=404)
    assert len(maja.browser.get("/my/cv").all("version")) == 1
    assert "Hotel" in maja.browser.get("/my/cv").words


def test_a_line_that_is_deleted_from_the_full_cv_is_gone_from_its_versions(app, maja):
    where = start(maja.browser)
    maja.browser.post(f"/my/cv/entries/{maja.chef}/delete")
    assert [title for title, _points in said(content(app, maja.owner_id, where))] == ["Driver"]
    maja.browser.get(f"{where}/entries/{maja.chef}", status=404)


def test_a_drafts_versions_come_along_once(app, make, maja):
    draft, keepsake = make.draft(), CvKeepsake()
    make.cv_job(draft, "Chef", "Hotel", "2019-03", points=["Led four", "Kept the budget"])
    make.cv_job(draft, "Waiter")
    for _twice in range(2):
        make.keep(
            versions.copy_version,
            draft,
            make.keep(versions.start_version, draft, "From the library", now=clock.now()).id,
            "Two",
            now=clock.now(),
        )
        make.keep(keepsake.adopt, draft, maja.owner_id, now=clock.now())
    with app.app_context():
        cv = queries.find_cv(maja.owner_id)
        found = [
            version_queries.get_version_for(maja.owner_id, one.id)
            for one in version_queries.list_versions(cv)
        ]
        assert len(found) == 4 and all(
            sorted(said(one.content()))
            == [("Chef", ("Led four", "Kept the budget")), ("Waiter", ())]
            for one in found
        )
        assert len([entry for entry in cv.entries if entry.title == "Chef"]) == 1


def test_everything_about_her_holds_the_versions_and_they_go_with_her_cv(app, maja):
    start(maja.browser)
    with app.app_context():
        kept = house().of_owner["cv"](maja.owner_id)
    assert (
        kept["versions"][0]["version_name"] == "Canteen"
        and "Canteen" in maja.browser.get("/my/data").words
    )


def test_pages_of_a_version_need_few_queries_however_long_the_cv(app, make, maja):
    counts = []
    for _more in range(2):
        where = start(maja.browser)
        for page in ("", "/choose", "/top", "/sections/experience"):
            maja.browser.get(f"{where}{page}")
            with counted_queries(app) as statements:
                maja.browser.get(f"{where}{page}")
            counts.append(len(statements))
        make.cv_lines(maja.owner_id, Section.SKILLS, *(f"Skill {number}" for number in range(30)))
    assert counts[:4] == counts[4:] and max(counts) <= 9, counts


def test_a_visitor_and_a_draft_make_versions_too(make, client_of, client):
    client_of(make.visitor()).get("/my/cv/versions/new")
    assert (
        client_of(make.visitor())
        .post("/my/cv/versions/new", {"name": "Shop"})
        .location.endswith("/choose")
    )

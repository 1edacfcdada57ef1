"""Reading modules and lessons, answering exercises."""

import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.learning import catalogue, queries
from jobunivers.learning.models import LessonProgress, Note
from tests.support.client import PageClient

PROFILE = "/modules/cv/profile-text"
TEXT = "Erfaren butiksassistent med ni år i dagligvarer."


def lesson_of(path):
    return catalogue.get_lesson(*path.removeprefix("/modules/").split("/"))[1]


def words_of(element):
    return " ".join(element.get_text(" ").split())


def test_catalogue_shows_every_module_with_minutes_and_what_one_keeps(client):
    page = client.get("/modules")
    assert len(page.all("module")) == len(catalogue.modules())
    assert "You keep:" in page.words
    assert "5 lessons · 3" in page.words


def test_lesson_of_somebody_unknown_costs_no_query_and_no_session(app, client):
    with app.app_context():
        engine = db.engine
    asked = []
    listener = lambda *_args: asked.append(1)  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", listener)
    page = client.get(PROFILE)
    sa.event.remove(engine, "before_cursor_execute", listener)
    assert asked == []
    assert "Set-Cookie" not in page.headers


def test_lesson_says_where_it_stands(client):
    page = client.get(PROFILE)
    assert "2 of 6" in page.words
    assert page.one("lesson-next")["href"] == "/modules/cv/experience"


def test_unknown_lesson_and_module_are_404(client):
    client.get("/modules/cv/no-such-lesson", status=404)
    client.get("/modules/no-such-module", status=404)
    client.post("/modules/cv/no-such-lesson", status=404)


def test_danish_stands_beside_the_own_text_paragraph_by_paragraph(app):
    reader = PageClient(app, "uk")
    block = reader.htmx_get(f"{PROFILE}?danish=1")
    assert len(block.soup.select(".pair-danish[lang=da]")) == len(
        lesson_of(PROFILE).text("uk").blocks
    )
    page = reader.get(f"{PROFILE}?danish=1").soup.select_one("#lesson-text")
    assert page.get_text().split() == block.soup.get_text().split()


def test_danish_words_are_explained_in_the_own_language(client):
    lesson = catalogue.get_lesson("cv", "purpose")[1]
    page = client.get("/modules/cv/purpose")
    assert page.soup.select_one(f"a.term[href='/help#term-{lesson.text('en').terms[0]}']")
    assert "Danish words in this lesson" in page.words


def test_legal_modules_say_that_nobody_checked_them(client):
    assert (
        "Not yet checked by a person; the Danish text applies."
        in client.get("/modules/first-steps/your-rights").words
    )
    assert "Not yet checked" not in client.get(PROFILE).words


def test_missing_translation_shows_danish_marked_as_such(client, monkeypatch):
    lesson = lesson_of(PROFILE)
    monkeypatch.setitem(lesson.texts, "en", None)
    page = client.get(f"{PROFILE}?fresh=1")
    assert "not translated yet" in page.words
    assert page.soup.h1["lang"] == "da"
    assert page.soup.select_one("#lesson-text")["lang"] == "da"


def test_answer_without_log_in_makes_a_draft_and_comes_back(app, client, things):
    client.post(PROFILE, {"answer": TEXT, "done": "1"})
    page = client.get(PROFILE)
    assert TEXT in page.soup.find("textarea").text
    assert page.one("saved-at").get_text(strip=True).startswith("Saved ")
    assert page.one("kept-in").a["href"] == "/my/cv"
    assert [kept["profile"] for kept in things["cv"].kept.values() if kept] == [TEXT]


def test_typing_nothing_makes_no_draft(app, client):
    answer = client.htmx_post(PROFILE, {"answer": "  ", "seen": ""}, target="exercise-state")
    assert "Set-Cookie" not in answer.headers
    with app.app_context():
        assert db.session.scalars(sa.select(LessonProgress)).all() == []


def test_saving_nothing_says_so_and_keeps_nothing(client):
    assert (
        "Write or choose something first"
        in client.post(PROFILE, {"answer": "", "done": "1"}, status=422).words
    )


def test_swap_equals_reload(make, client_of, things):
    browser = client_of(make.citizen().user)
    block = browser.htmx_post(PROFILE, {"answer": TEXT, "seen": ""}, target="exercise-state").one(
        "exercise-state"
    )
    reloaded = browser.get(PROFILE).one("exercise-state")
    assert words_of(block) == words_of(reloaded)
    assert block.find("input")["value"] == reloaded.find("input")["value"]


def test_too_long_answer_is_refused_and_comes_back_as_typed(client, things):
    page = client.post(PROFILE, {"answer": "x" * 701, "done": "1"}, status=422)
    assert page.soup.find(role="alert").find("a")["href"] == "#answer"
    assert "x" * 701 in page.soup.find("textarea").text
    assert not any(things["cv"].kept.values())
    assert "Not saved yet" in client.htmx_post(PROFILE, {"answer": "x" * 701}, status=422).words


def test_stale_form_shows_both_texts_and_overwrites_only_when_told(make, client_of, things):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    browser.post(PROFILE, {"answer": "from the phone", "done": "1", "seen": ""})
    refused = browser.post(
        PROFILE, {"answer": "from the computer", "done": "1", "seen": ""}, status=409
    )
    assert "from the phone" in refused.one("exercise-state").text
    assert "from the computer" in refused.soup.find("textarea").text
    assert things["cv"].kept[citizen.owner_id]["profile"] == "from the phone"
    again = browser.htmx_post(PROFILE, {"answer": "from the computer", "seen": ""}, status=409)
    overwrite = again.one("keep-mine")["value"]
    browser.post(PROFILE, {"answer": "from the computer", "seen": "", "overwrite": overwrite})
    assert things["cv"].kept[citizen.owner_id]["profile"] == "from the computer"


def test_same_text_twice_is_no_conflict(make, client_of):
    browser = client_of(make.citizen().user)
    browser.post(PROFILE, {"answer": TEXT, "done": "1", "seen": ""})
    browser.post(PROFILE, {"answer": TEXT, "done": "1", "seen": ""})


def test_exercise_shows_what_the_thing_already_holds(make, client_of, things):
    citizen = make.citizen()
    things["cv"].kept[citizen.owner_id]["experience"] = [f"Line {i}" for i in range(7)]
    page = client_of(citizen.user).get("/modules/cv/experience")
    values = [field["value"] for field in page.soup.select("#exercise input[name^=line-]")]
    assert values == [f"Line {i}" for i in range(7)]


def test_list_and_plan_leave_blank_lines_out(make, client_of, things):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    browser.post(
        "/modules/cv/experience", {"line-0": "first", "line-1": " ", "line-2": "third", "done": "1"}
    )
    assert things["cv"].kept[citizen.owner_id]["experience"] == ["first", "third"]
    browser.post(
        "/modules/what-i-can/told-by-others",
        {"what-0": "Mette", "when-0": "Monday", "what-1": "", "when-1": "", "done": "1"},
    )
    assert things["planner"].kept[citizen.owner_id]["contacts"] == [
        {"what": "Mette", "when": "Monday"}
    ]


def test_checklist_puts_what_is_left_on_the_list(app, make, client_of, things):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    words = catalogue.get_lesson("cv", "check-and-send")[1].words("en")
    browser.post("/modules/cv/check-and-send", {"answer": ["demands", "top"], "done": "1"})
    left = [label for key, label in words.items.items() if key not in ("demands", "top")]
    assert things["planner"].kept[citizen.owner_id]["tasks"] == left
    ticked = browser.get("/modules/cv/check-and-send").soup.select(
        "#exercise input[type=checkbox][checked]"
    )
    assert [box["value"] for box in ticked] == ["demands", "top"]


def test_sort_feeds_one_group_and_keeps_own_titles(make, client_of, things):
    citizen = make.citizen()
    things["goals"].kept[citizen.owner_id]["demand"] = ["Lighthouse keeper"]
    browser = client_of(citizen.user)
    browser.post(
        "/modules/job-goals/distance-and-conditions",
        {"item-care": "could", "item-bus": "later", "done": "1"},
    )
    words = catalogue.get_lesson("job-goals", "distance-and-conditions")[1].words("en")
    assert things["goals"].kept[citizen.owner_id]["demand"] == [
        "Lighthouse keeper",
        words.items["care"],
    ]


def test_choice_and_sort_answer_with_an_advisers_words(client):
    page = client.htmx_post("/modules/cv/purpose", {"item-cpr": "out", "seen": ""})
    assert "Your CPR number can be misused" in page.one("feedback").text


def test_forged_choice_is_refused(client):
    client.post("/modules/cv/purpose", {"item-cpr": "nowhere", "done": "1"}, status=422)
    client.post("/modules/cv/check-and-send", {"answer": ["forged"], "done": "1"}, status=422)


def test_language_button_keeps_what_was_typed(client, things):
    answer = client.post(PROFILE, {"answer": TEXT, "lang": "uk", "seen": ""})
    assert "ju_lang=uk" in "".join(answer.response.headers.getlist("Set-Cookie"))
    client.locale = "uk"
    assert TEXT in client.get(PROFILE).soup.find("textarea").text


def test_language_button_loads_the_page_anew_for_htmx_too(client):
    assert client.htmx_post(PROFILE, {"answer": TEXT, "lang": "uk", "seen": ""}).location == PROFILE


def test_language_button_keeps_what_cannot_be_saved(client):
    client.locale = "uk"
    page = client.post(PROFILE, {"answer": "x" * 701, "lang": "uk", "seen": ""}, status=422)
    assert "x" * 701 in page.soup.find("textarea").text


def test_staff_reads_but_keeps_nothing(make, client_of):
    browser = client_of(make.caseworker().id)
    assert "Answers are kept for citizens only" in browser.get(PROFILE).words
    browser.post(PROFILE, {"answer": TEXT}, status=403)


def test_lesson_that_changed_since_says_so(app, make, client_of):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    browser.post(PROFILE, {"answer": TEXT, "done": "1"})
    assert "changed since you did it" not in browser.get(PROFILE).words
    with app.app_context():
        row = queries.find_progress(citizen.owner_id, "cv/profile-text")
        row.content_hash = "older"
        db.session.commit()
    assert "changed since you did it" in browser.get(PROFILE).words
    assert "Changed since you did it" in browser.get("/modules/cv").words


def test_signed_in_lesson_costs_few_queries(app, make, client_of):
    browser = client_of(make.citizen().user)
    browser.get(PROFILE)
    with app.app_context():
        engine = db.engine
    asked = []
    listener = lambda _conn, _cursor, statement, *_args: asked.append(statement)  # noqa: E731
    sa.event.listen(engine, "before_cursor_execute", listener)
    browser.get(PROFILE)
    sa.event.remove(engine, "before_cursor_execute", listener)
    assert len([one for one in asked if not one.startswith("BEGIN")]) <= 9, asked


def test_search_forgives_misspelling_and_danish_letters(client):
    assert "/modules/application" in str(
        client.get("/modules?q=ansogning").soup.select("[data-test=result]")
    )
    assert "/modules/cv/profile-text" in str(
        client.get("/modules?q=profiltekts").soup.select("[data-test=result]")
    )
    assert "Nothing found" in client.get("/modules?q=qqqqqq").words
    typed = client.htmx_get("/modules?q=profiltekst")
    assert typed.words == words_of(client.get("/modules?q=profiltekst").soup.select_one("#results"))


def test_notes_are_kept_for_exercises_without_a_thing(app, make, client_of):
    citizen = make.citizen()
    client_of(citizen.user).post(
        "/modules/first-steps/digital-or-not", {"answer": "phone", "done": "1"}
    )
    with app.app_context():
        assert [note.value for note in db.session.scalars(sa.select(Note))] == ["phone"]

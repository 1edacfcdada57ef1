"""A citizen prepares answers: the usual questions, her own words, practice that stays on her phone."""

import pytest

from jobunivers.interviews import queries
from jobunivers.interviews.catalogue import questions
from jobunivers.interviews.keepsake import InterviewKeepsake
from jobunivers.shared import clock

KEEPSAKE = InterviewKeepsake()


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    return person


def answer_of(app, owner_id, key):
    with app.app_context():
        return KEEPSAKE.read(owner_id, key, source="x")


def version(page):
    return page.soup.select_one('main input[name="version"]')["value"]


def test_all_questions_are_offered_and_answered_ones_come_first(app, maja, make):
    page = maja.browser.get("/my/interviews")
    assert len(page.all("question")) == len(questions()) and not page.all("answered")
    make.keep(
        KEEPSAKE.write, maja.owner_id, "weakness", "I start too much.", source="s", now=clock.now()
    )
    make.keep(KEEPSAKE.write, maja.owner_id, "own-question", "Mine", source="s", now=clock.now())
    page = maja.browser.get("/my/interviews")
    assert [link.text.strip() for link in page.all("answered")] == [
        "What are you less good at?",
        "My answer",
    ]
    assert len(page.all("question")) == len(questions()) - 1


def test_an_answer_saves_itself_and_stands_there_again(app, maja):
    form = maja.browser.get("/my/interviews/about-me")
    saved = maja.browser.htmx_post(
        "/my/interviews/about-me", {"answer": "I am a cook.", "version": version(form)}
    )
    again = maja.browser.get("/my/interviews/about-me")
    assert again.soup.textarea.text.strip() == "I am a cook."
    assert saved.soup.select_one("input")["value"] == version(again)
    assert saved.one("saved-at").text.strip() == again.one("saved-at").text.strip()
    assert (
        maja.browser.post(
            "/my/interviews/about-me", {"answer": "I cook for 80.", "version": version(again)}
        ).location
        == "/my/interviews"
    )
    assert answer_of(app, maja.owner_id, "about-me") == "I cook for 80."


def test_a_list_is_one_line_each(app, maja):
    form = maja.browser.get("/my/interviews/questions")
    maja.browser.post(
        "/my/interviews/questions",
        {"lines": "- Who trains me?\n\nWhat is the first week like?", "version": version(form)},
    )
    assert answer_of(app, maja.owner_id, "questions") == [
        "Who trains me?",
        "What is the first week like?",
    ]
    assert "Who trains me?" in maja.browser.get("/my/interviews/questions").soup.textarea.text


def test_two_windows_are_shown_to_her(app, maja):
    old = version(maja.browser.get("/my/interviews/gap"))
    maja.browser.post("/my/interviews/gap", {"answer": "Phone", "version": old})
    both = maja.browser.post(
        "/my/interviews/gap", {"answer": "Library", "version": old}, status=409
    )
    assert "Phone" in both.one("stored").text and "Library" in both.one("mine").text
    assert answer_of(app, maja.owner_id, "gap") == "Phone"


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("gap", {"answer": "x" * 6000}),
        ("questions", {"lines": "x" * 400}),
        ("questions", {"lines": "a\n" * 40}),
    ],
)
def test_too_much_is_not_saved(app, maja, key, wrong):
    maja.browser.post(f"/my/interviews/{key}", wrong, status=422)
    assert answer_of(app, maja.owner_id, key) is None


def test_unknown_questions_are_not_found(maja):
    maja.browser.get("/my/interviews/shoe-size", status=404)
    maja.browser.post("/my/interviews/shoe-size", {"answer": "41"}, status=404)


def test_only_the_practice_page_may_ask_for_the_microphone_and_nothing_is_uploaded(maja):
    page = maja.browser.get("/my/interviews/about-me")
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "microphone=()" in maja.browser.get("/my/interviews").headers["Permissions-Policy"]
    assert "It is not sent or stored" in page.words
    assert not page.soup.select("input[type=file]")
    script = maja.browser.http.get(
        page.soup.find("script", src=lambda src: "practice.js" in src)["src"]
    ).text
    assert "blob" in script.lower() and not any(
        word in script
        for word in (
            "fetch(",
            "XMLHttpRequest",
            "sendBeacon",
            "FormData",
            "localStorage",
            "indexedDB",
        )
    )


def test_danish_question_stands_beside_the_other_languages(make, client_of):
    citizen = make.citizen(locale="uk")
    page = client_of(citizen.user, locale="uk").get("/my/interviews/about-me")
    assert page.soup.h1.text.strip() == "Розкажіть, будь ласка, трохи про себе."
    assert page.soup.select_one('p[lang="da"]').text.endswith("Vil du fortælle lidt om dig selv?")


def test_sheet_holds_all_answers_in_the_order_of_an_interview(maja, make):
    assert "Nothing is written yet" in maja.browser.get("/my/interviews/print").words
    make.keep(
        KEEPSAKE.write, maja.owner_id, "questions", ["Who trains me?"], source="s", now=clock.now()
    )
    make.keep(KEEPSAKE.write, maja.owner_id, "about-me", "I cook.", source="s", now=clock.now())
    words = maja.browser.get("/my/interviews/print").words
    assert words.index("I cook.") < words.index("Who trains me?")


def test_drafts_answers_come_along_without_overwriting(app, make):
    draft, citizen = make.draft(), make.citizen()
    for owner_id, key, value in (
        (draft, "gap", "Draft"),
        (draft, "about-me", "Draft"),
        (draft, "questions", ["A", "B"]),
        (citizen.owner_id, "gap", "Mine"),
        (citizen.owner_id, "questions", ["B", "C"]),
    ):
        make.keep(KEEPSAKE.write, owner_id, key, value, source="s", now=clock.now())
    make.keep(KEEPSAKE.adopt, draft, citizen.owner_id, now=clock.now())
    assert [answer_of(app, citizen.owner_id, key) for key in ("gap", "about-me", "questions")] == [
        "Mine",
        "Draft",
        ["B", "C", "A"],
    ]


def test_everything_about_me_holds_the_answers(app, make):
    owner_id = make.draft()
    make.keep(KEEPSAKE.write, owner_id, "gap", "", source="s", now=clock.now())
    with app.app_context():
        assert queries.everything_about_owner(owner_id) == {}
    make.keep(KEEPSAKE.write, owner_id, "gap", "Mine", source="s", now=clock.now())
    with app.app_context():
        assert queries.everything_about_owner(owner_id)["gap"]["answer"] == "Mine"
    with app.test_request_context("/"):
        assert (
            KEEPSAKE.link("gap") == "/my/interviews"
            and KEEPSAKE.label("gap")
            and KEEPSAKE.parts() is None
        )

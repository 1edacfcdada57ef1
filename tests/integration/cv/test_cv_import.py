"""A CV from elsewhere comes in: choose a file, see what is new, take what one wants."""

import io
import json

import pytest

from jobunivers.cv import export_file as export
from jobunivers.cv import queries
from jobunivers.cv.incoming import chosen_file as files
from jobunivers.cv.types import Section
from tests.support import europass


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    return person


def show(browser, data, name="cv.json", status=200):
    data = data if isinstance(data, bytes) else json.dumps(data).encode()
    return browser.post("/my/cv/import", {"file": (io.BytesIO(data), name)}, status=status)


def ticked(page):
    return [box["value"] for box in page.soup.select('input[name="take"][checked]')]


def offered(page):
    return [box["value"] for box in page.soup.select('input[name="take"]')]


def merge(browser, page, take=None, status=303):
    hidden = {
        box["name"]: box["value"]
        for box in page.soup.select('main form input[type="hidden"]')
        if box["name"] != "csrf_token"
    }
    return browser.post(
        "/my/cv/import/merge",
        {**hidden, "take": ticked(page) if take is None else take},
        status=status,
    )


def content(app, owner_id):
    with app.app_context():
        return queries.content_of(queries.find_cv(owner_id))


def test_a_europass_pdf_fills_an_empty_cv(app, maja):
    assert maja.browser.get("/my/cv").soup.select('a[href="/my/cv/import"]')
    page = show(maja.browser, europass.pdf(), "europass.pdf")
    assert "Førte regnskab" in page.words and content(app, maja.owner_id).name == ""
    assert ticked(page) == offered(page)
    assert merge(maja.browser, page).location == "/my/cv"
    cv = content(app, maja.owner_id)
    assert (cv.name, cv.place) == ("Олена Ґудзь", "Århus")
    assert [entry.title for entry in cv.entries(Section.EXPERIENCE)] == ["Bogholder", "Kasserer"]


def test_nothing_that_is_there_is_overwritten_unless_she_says_so(app, make, maja):
    make.cv_head(maja.owner_id, name="Maja Demo", phone="11 22 33 44")
    page = show(
        maja.browser, {"basics": {"name": "M. Demo", "phone": "99 99 99 99", "label": "Cook"}}
    )
    assert ticked(page) == ["title"] and set(offered(page)) == {"name", "phone", "title"}
    assert "11 22 33 44" in page.words and "99 99 99 99" in page.words
    merge(maja.browser, page, ["title", "phone"])
    cv = content(app, maja.owner_id)
    assert (cv.name, cv.phone, cv.title) == ("Maja Demo", "99 99 99 99", "Cook")


def test_only_what_is_ticked_comes_in_and_what_is_there_is_not_doubled(app, make, maja):
    make.cv_lines(maja.owner_id, Section.SKILLS, "Forklift")
    make.cv_job(maja.owner_id, "Cook", "Canteen", "2019")
    file = {
        "skills": [{"name": "Forklift"}, {"name": "Scanner"}],
        "work": [
            {"position": "Cook", "name": "Hotel", "startDate": "2021"},
            {"position": "Driver", "startDate": "2005"},
        ],
    }
    page = show(maja.browser, file)
    assert "1 line of the file is in your CV already." in page.words
    assert ticked(page) == ["experience-1", "skills-1"] and "same name" in page.words
    for _twice in range(2):
        merge(maja.browser, page, ["experience-0", "skills-1"])
    cv = content(app, maja.owner_id)
    assert [entry.title for entry in cv.entries(Section.SKILLS)] == ["Forklift", "Scanner"]
    assert [(entry.title, entry.place) for entry in cv.entries(Section.EXPERIENCE)] == [
        ("Cook", "Hotel"),
        ("Cook", "Canteen"),
    ]
    assert "nothing new" in show(maja.browser, {"skills": [{"name": "Scanner"}]}).words


def test_a_field_that_was_changed_after_the_preview_is_shown_again(app, make, maja):
    make.cv_head(maja.owner_id, name="Maja", title="Cook")
    page = show(maja.browser, {"basics": {"label": "Chef"}, "skills": [{"name": "Scanner"}]})
    make.cv_head(maja.owner_id, title="Head cook")
    again = merge(maja.browser, page, ["title", "skills-0"], status=409)
    assert "Head cook" in again.words and "meantime" in again.words
    assert content(app, maja.owner_id).title == "Head cook" and not content(
        app, maja.owner_id
    ).entries(Section.SKILLS)
    merge(maja.browser, again, ["title", "skills-0"])
    assert content(app, maja.owner_id).title == "Chef"


def test_the_full_round_through_our_own_file(app, make, maja, client_of):
    make.cv_head(maja.owner_id, name="Maja", language="en")
    make.cv_job(maja.owner_id, "Cook", points=["Cooked for 80"])
    other = make.visitor()
    browser = client_of(other)
    merge(browser, show(browser, export.json_resume(content(app, maja.owner_id))))
    assert browser.get("/my/cv").words.count("Cooked for 80") == 1


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not a CV file"),
        (b"\x89PNG", "not a CV file"),
        (b"{" * 5000, "damaged"),
        (b"%PDF-1.4", "no Europass data"),
        (b"%PDF stream\n<Candidate http://www.europass.eu/ endstream", "damaged"),
        (b"<SkillsPassport/>", "old Europass"),
        (b"{}", "nothing in the file"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_plain_words(app, maja, data, says):
    page = show(maja.browser, data, status=422)
    assert says in page.soup.select_one(".error-summary").get_text()
    assert content(app, maja.owner_id).name == ""


def test_a_file_that_is_too_large_is_refused(maja, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1_000)
    assert "too large" in show(maja.browser, {"basics": {"name": "x" * 1_000}}, status=422).words


def test_without_a_file_the_form_asks_for_one(maja):
    assert "choose a file" in maja.browser.post("/my/cv/import", {}, status=422).words


def test_a_preview_that_was_tampered_with_is_read_like_any_file(app, maja):
    page = show(maja.browser, {"basics": {"name": "Maja"}})
    for wrong in ("", "[]", '{"sections": []}'):
        page.soup.select_one('input[name="content"]')["value"] = wrong
        merge(maja.browser, page, status=422)
    assert content(app, maja.owner_id).name == ""


def test_text_of_a_file_is_text_and_nothing_else(maja):
    page = show(
        maja.browser,
        {
            "basics": {"name": "<script>alert(1)</script>"},
            "work": [{"position": "{{ 7*7 }}", "summary": "<img src=x>"}],
        },
    )
    assert (
        "<script>alert" not in page.text
        and "{{ 7*7 }}" in page.words
        and not page.soup.select("main img")
    )


ODD = {"work": [{"position": "Kok", "startDate": "2013", "endDate": "Summer 2014"}]}


def test_a_date_that_nobody_can_read_is_asked_about(app, maja):
    page = show(maja.browser, ODD)
    assert "The file says “Summer 2014”" in page.words and "– now" not in page.words
    field = page.soup.select_one("#ended-experience-0")
    assert page.soup.select_one('label[for="ended-experience-0"]').get_text() == "When did it end?"
    assert field["value"] == ""
    merge(maja.browser, page)
    (job,) = content(app, maja.owner_id).entries(Section.EXPERIENCE)
    assert (job.started, job.ended) == ("2013", "2013")


def answer(browser, page, typed, status=303):
    hidden = {
        box["name"]: box["value"]
        for box in page.soup.select('main form input[type="hidden"]')
        if box["name"] != "csrf_token"
    }
    sent = {**hidden, "take": ["experience-0"], "ended-experience-0": typed}
    return browser.post("/my/cv/import/merge", sent, status=status)


def test_her_answer_is_taken_in_and_a_wrong_one_keeps_what_she_typed(app, maja):
    page = show(maja.browser, ODD)
    again = answer(maja.browser, page, "in summer", status=422)
    assert again.soup.select_one("#ended-experience-0")["value"] == "in summer"
    assert again.soup.select_one('.error-summary a[href="#ended-experience-0"]')
    assert ticked(again) == ["experience-0"]
    answer(maja.browser, again, "06-2014")
    (job,) = content(app, maja.owner_id).entries(Section.EXPERIENCE)
    assert (job.started, job.ended) == ("2013", "2014-06")


def test_she_may_say_that_it_still_goes_on(app, maja):
    answer(maja.browser, show(maja.browser, ODD), "now")
    (job,) = content(app, maja.owner_id).entries(Section.EXPERIENCE)
    assert (job.started, job.ended) == ("2013", "")


def test_what_is_not_taken_in_is_said(maja):
    page = show(maja.browser, {"basics": {"name": "Maja", "url": "https://example.org"}})
    assert "url: https://example.org" in page.one("left").get_text()
    page = show(maja.browser, {"basics": {"name": "Maja"}})
    assert not page.soup.select('[data-test="left"]')


def test_a_language_that_was_guessed_is_asked_about(app, maja):
    text = "I have worked as a cook for ten years and this is what I like."
    page = show(maja.browser, {"basics": {"name": "Maja", "summary": text}})
    assert "Is that right?" in page.words and "language" in ticked(page)
    merge(maja.browser, page)
    assert content(app, maja.owner_id).language == "en"

"""Back and Save makes no twins, writing without a log-in has an end, and nothing empty is kept."""

import pytest
import sqlalchemy as sa

from jobunivers.applications import rules as letter_rules
from jobunivers.applications.models import Letter
from jobunivers.cv.models import CvEntry
from jobunivers.extensions import db
from jobunivers.identity import rules
from jobunivers.identity.budget_http import EXTENSION
from jobunivers.identity.models import Owner


@pytest.fixture
def hers(make, client_of):
    return client_of(make.citizen().user)


def count(app, model):
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def fields_of(page):
    form = page.soup.select_one("main form:has(input[name=once])")
    return {f["name"]: f.get("value", "") for f in form.select("input[name]")}


@pytest.mark.parametrize(
    ("path", "typed", "model"),
    [
        ("/my/letters/new", {"job_title": "Cook at the school", "employer": "Skolen"}, Letter),
        ("/my/cv/sections/experience/new", {"title": "Cook", "place": "Skolen"}, CvEntry),
    ],
)
def test_back_and_save_leads_to_what_was_made(app, hers, path, typed, model):
    form = {**fields_of(hers.get(path)), **typed}
    first = hers.post(path, form)
    assert hers.post(path, form).location == first.location
    assert count(app, model) == 1
    other = {**form, **{name: f"{text} again" for name, text in typed.items()}}
    page = hers.post(path, other, status=409)
    assert "sent before" in page.words and page.one("kept")
    again = page.one("kept")
    hers.post(
        again["action"],
        {f["name"]: f.get("value", "") for f in again.select("input[name]")}
        | {t["name"]: t.get_text().strip() for t in again.select("textarea")},
        token=False,
    )
    assert count(app, model) == 2


def test_a_form_that_came_back_with_errors_can_be_sent_again(app, hers):
    path = "/my/cv/sections/experience/new"
    form = fields_of(hers.get(path))
    hers.post(path, {**form, "title": ""}, status=422)
    hers.post(path, {**form, "title": "Cook"})
    assert count(app, CvEntry) == 1


def test_the_key_of_one_person_says_nothing_to_another(app, make, client_of, hers):
    form = {**fields_of(hers.get("/my/letters/new")), "job_title": "Cook"}
    hers.post("/my/letters/new", form)
    other = client_of(make.citizen().user)
    location = other.post("/my/letters/new", {**form, "csrf_token": ""}, token=True).location
    assert other.get(location) and count(app, Letter) == 2


def test_an_empty_answer_without_a_log_in_makes_no_draft(app, client):
    page = client.get("/modules/cv/profile-text")
    form = page.soup.select_one("#exercise form, form#exercise")
    names = [f["name"] for f in form.select("textarea[name], input[type=text][name]")]
    client.post(form.get("action") or "/modules/cv/profile-text", dict.fromkeys(names, " "))
    assert count(app, Owner) == 0
    client.post(form.get("action") or "/modules/cv/profile-text", dict.fromkeys(names, "Words"))
    assert count(app, Owner) == 1


def test_writing_without_a_log_in_has_a_budget_and_a_kind_page(app, client, monkeypatch):
    monkeypatch.setattr(rules, "DRAFTS_PER_ADDRESS", 2)
    app.extensions.pop(EXTENSION, None)
    path = "/modules/cv/profile-text"
    form = client.get(path).soup.select_one("#exercise form, form#exercise")
    names = [f["name"] for f in form.select("textarea[name], input[type=text][name]")]
    where = form.get("action") or path
    for status in (303, 303, 429):
        client.http.delete_cookie("ju_draft")
        page = client.post(where, dict.fromkeys(names, "My words here"), status=status)
    assert "a lot in one hour" in page.words and "My words here" in page.text
    assert count(app, Owner) == 2
    app.extensions.pop(EXTENSION, None)


def test_there_is_an_end_to_letters_and_the_words_of_the_last_are_kept(app, hers, monkeypatch):
    monkeypatch.setattr(letter_rules, "MOST_LETTERS", 1)
    hers.post("/my/letters/new", {"job_title": "First one"})
    page = hers.post("/my/letters/new", {"job_title": "Second one"}, status=409)
    assert "no more room" in page.words and "Second one" in page.text
    assert count(app, Letter) == 1

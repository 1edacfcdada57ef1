"""Did it help, mistakes, the editor's list, sign-off."""

import dataclasses
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity.types import Grant
from jobunivers.learning import catalogue
from jobunivers.learning.models import ContentSignOff, LessonFeedback, MistakeReport
from jobunivers.shared import clock
from tests.support.client import PageClient

LESSON = "/modules/cv/profile-text"
LEGAL = "/modules/first-steps/your-rights"
MARK = "Not yet checked by a person"


def text_of(path, locale="en"):
    return catalogue.get_lesson(*path.removeprefix("/modules/").split("/"))[1].text(locale)


def stored(app, model):
    with app.app_context():
        return list(db.session.scalars(sa.select(model)))


def editor(app, make):
    browser = PageClient(app)
    browser.log_in(make.staff(Grant.ADMIN))
    return browser


def test_one_tap_says_that_it_helped_and_a_second_corrects_it(app, client):
    page = client.post(f"{LESSON}/helped", {"answer": "yes"})
    assert "Thank you." in client.follow(page).one("thanks").get_text()
    client.post(f"{LESSON}/helped", {"answer": "no"})
    (row,) = stored(app, LessonFeedback)
    assert (row.lesson, row.language, row.content_hash, row.answer) == (
        "cv/profile-text",
        "en",
        text_of(LESSON).content_hash,
        "no",
    )


def test_the_tap_with_script_shows_what_the_page_shows(client):
    block = client.htmx_post(f"{LESSON}/helped", {"answer": "little"})
    page = client.get(f"{LESSON}?said=little")
    assert block.one("did-it-help").get_text() == page.one("did-it-help").get_text()


def test_a_forged_answer_is_refused(app, client):
    client.post(f"{LESSON}/helped", {"answer": "perhaps"}, status=422)
    client.post(f"{LESSON}/helped", status=422)
    client.post("/modules/cv/no-such/helped", {"answer": "yes"}, status=404)
    assert stored(app, LessonFeedback) == []


def test_a_mistake_is_stored_with_its_paragraph_language_and_version(app, client):
    page = client.get(f"{LESSON}/mistake?paragraph=2")
    assert page.soup.select_one("option[selected]")["value"] == "2"
    sent = client.post(
        f"{LESSON}/mistake",
        {"paragraph": "2", "note": "A word is missing.", "version": text_of(LESSON).content_hash},
    )
    assert "An editor will look" in client.follow(sent).one("thanks").get_text()
    (row,) = stored(app, MistakeReport)
    assert (row.sentence, row.language, row.note) == (
        text_of(LESSON).blocks[2].text,
        "en",
        "A word is missing.",
    )


def test_a_mistake_in_no_paragraph_or_in_an_old_text_is_sent_back(app, client):
    version = text_of(LESSON).content_hash
    client.post(f"{LESSON}/mistake", {"paragraph": "999", "version": version}, status=422)
    client.post(f"{LESSON}/mistake", {"version": version}, status=422)
    client.post(
        f"{LESSON}/mistake", {"paragraph": "1", "note": "x" * 301, "version": version}, status=422
    )
    page = client.post(f"{LESSON}/mistake", {"paragraph": "1", "version": "older"}, status=422)
    assert page.soup.select_one("input[name=version]")["value"] == version
    assert stored(app, MistakeReport) == []


def test_too_many_from_one_sender_are_refused(app, client, monkeypatch):
    monkeypatch.setattr("jobunivers.learning.feedback_views.MOST_A_DAY", 1)
    client.post(f"{LESSON}/helped", {"answer": "yes"})
    client.post(f"{LESSON}/helped", {"answer": "no"}, status=429)
    client.post(
        f"{LESSON}/mistake", {"paragraph": "1", "version": text_of(LESSON).content_hash}, status=429
    )


def test_the_editor_sees_modules_mistakes_and_what_helped_and_handles_a_mistake(app, client, make):
    client.post(f"{LESSON}/helped", {"answer": "little"})
    client.post(
        f"{LESSON}/mistake",
        {"paragraph": "1", "note": "Wrong.", "version": text_of(LESSON).content_hash},
    )
    browser = editor(app, make)
    page = browser.get("/admin/content")
    assert "the text is unchanged since" in page.one("mistake").get_text()
    assert len(page.one("texts").select("tbody tr")) == len(catalogue.modules())
    assert [cell.get_text() for cell in page.one("helpfulness").select("td")] == ["0", "1", "0"]
    form = page.one("mistake").form
    assert browser.follow(browser.post(form["action"])).all("mistake") == []
    browser.post(form["action"])
    browser.post("/admin/content/mistakes/8f14e45f-ceea-467f-a9c8-1c1c5d6f0b3d/handle", status=404)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (datetime(2026, 9, 1, 10, tzinfo=UTC), []),
        (datetime(2026, 12, 1, 10, tzinfo=UTC), ["what it says ends on Thursday 31 December 2026"]),
        (datetime(2027, 1, 1, 10, tzinfo=UTC), ["what it says ended on Thursday 31 December 2026"]),
    ],
)
def test_an_editor_sees_in_time_which_facts_end(app, make, day, told):
    clock.start_at(day)
    lines = [line.text for line in editor(app, make).get("/admin/content").all("ending")]
    assert len(lines) == len(told) and all(
        part in line for part, line in zip(told, lines, strict=True)
    )


def test_a_signed_off_text_loses_its_mark_until_it_changes(app, client, make, monkeypatch):
    assert MARK in client.get(LEGAL).words
    browser = editor(app, make)
    address = "/admin/content/first-steps/your-rights/en"
    version = browser.get(address).soup.select_one("input[name=version]")["value"]
    browser.post(address, {"version": version})
    browser.post(address, {"version": version})
    assert len(stored(app, ContentSignOff)) == 1
    assert browser.get(address).one("signed")
    assert MARK not in client.get(LEGAL).words
    lesson = catalogue.get_lesson("first-steps", "your-rights")[1]
    monkeypatch.setitem(
        lesson.texts, "en", dataclasses.replace(lesson.texts["en"], content_hash="changed")
    )
    assert MARK in client.get(f"{LEGAL}?after=change").words


def test_a_text_that_changed_while_the_editor_read_is_not_signed_off(app, make):
    browser = editor(app, make)
    page = browser.post(
        "/admin/content/first-steps/your-rights/en", {"version": "older"}, status=409
    )
    assert "read it again" in page.words
    assert stored(app, ContentSignOff) == []
    browser.get("/admin/content/first-steps/introduction/uk")
    browser.get("/admin/content/first-steps")
    browser.get("/admin/content/first-steps/no-such/uk", status=404)
    browser.get("/admin/content/first-steps/your-rights/xx", status=404)


def test_only_administrators_see_the_editors_list(client, make):
    client.get("/admin/content", status=303)
    client.log_in(make.caseworker())
    client.get("/admin/content", status=403)
    client.post("/admin/content/first-steps/your-rights/en", {"version": "x"}, status=403)


def test_a_municipality_may_demand_a_sign_off_before_a_translation_is_shown(
    app, client, make, monkeypatch
):
    monkeypatch.setitem(
        app.config, "PROFILE", dataclasses.replace(app.config["PROFILE"], demand_sign_off=True)
    )
    page = client.get(LEGAL)
    assert "The translation is not yet checked by a person. Here is the Danish text." in page.words
    assert page.soup.select_one("#lesson-text")["lang"] == "da"
    assert page.soup.select_one("#lesson-text")["data-language"] == "da"
    editor(app, make).post(
        "/admin/content/first-steps/your-rights/en", {"version": text_of(LEGAL).content_hash}
    )
    assert text_of(LEGAL).blocks[0].text[:20] in client.get(LEGAL).words
    client.get(LESSON)

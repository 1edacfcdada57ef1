"""A lesson with a finger: it opens when the line is gone, the answer waits on the phone and goes
later; words explain themselves.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.support.patience import PATIENCE_MS

LESSON = "/modules/cv/profile-text"
TEXT = "Kok med tolv års erfaring."
UNTIL = "(async () => { while (!(%s)) await new Promise(requestAnimationFrame); })()"
WAITS = "Saved on this phone, not yet sent"


@pytest.fixture
def phone(browser, site):
    """A phone of an English reader whose lesson has been opened and kept."""
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


def open_and_keep(page, site):
    """Opens the lesson, and waits until the worker has its copy."""
    page.goto(site.url + LESSON)
    page.evaluate(
        UNTIL
        % (
            "await (await caches.open('lessons')).match('/modules/cv/profile-text') && "
            "navigator.serviceWorker.controller"
        )
    )


def log_in(page, site, persona):
    assert page.context.request.post(f"{site.url}/demo/log-in", form={"persona": persona}).ok


def test_a_lesson_opens_without_a_line_and_its_answer_is_sent_later(phone, site):
    log_in(phone, site, "citizen-new")
    phone.context.add_cookies([{"name": "ju_lang", "value": "en", "url": site.url}])
    open_and_keep(phone, site)
    phone.context.set_offline(True)
    phone.goto(site.url + "/modules/cv/profile-text")
    expect(phone.locator('[data-test="kept-copy"]')).to_be_visible()
    phone.locator("#exercise textarea").fill(TEXT)
    expect(phone.locator("#saved-at")).to_have_text(
        phone.locator("[data-offline]").get_attribute("data-waiting")
    )
    phone.goto(site.url + "/my")
    expect(phone.locator("[data-kept-lessons] a")).to_have_count(1)
    phone.context.set_offline(False)
    phone.goto(site.url + LESSON)
    expect(phone.locator("#saved-at")).to_contain_text(re.compile(r"\d\d[.:]\d\d"))
    phone.reload()
    expect(phone.locator("#exercise textarea")).to_have_value(TEXT)


def test_a_kept_lesson_is_whole_after_a_deploy_has_taken_the_old_styles_away(phone, site):
    open_and_keep(phone, site)
    parts = "(await (await caches.open('lessons')).keys()).filter((r) => /\\.(css|js)/.test(r.url)).length"
    phone.evaluate(UNTIL % f"{parts} >= 3")
    gone = "(async () => { for (const name of await caches.keys())"
    phone.evaluate(gone + " if (name.startsWith('assets-')) await caches.delete(name); })()")
    phone.context.set_offline(True)
    phone.goto(site.url + LESSON)
    expect(phone.locator('[data-test="kept-copy"]')).to_be_visible()  # a script shows it
    sheets = "[...document.styleSheets].every((sheet) => sheet.cssRules.length > 0)"
    assert phone.evaluate(f"document.styleSheets.length > 0 && {sheets}")
    assert phone.evaluate("typeof htmx") == "object"
    phone.context.set_offline(False)


def test_an_answer_that_waits_never_overwrites_a_newer_text_and_never_goes_under_another_name(
    phone, site
):
    log_in(phone, site, "citizen-en")
    open_and_keep(phone, site)
    with phone.expect_response(lambda answer: answer.request.method == "POST"):
        phone.locator("#exercise textarea").fill("What was there first.")
    phone.context.set_offline(True)
    phone.goto(site.url + LESSON)
    phone.locator("#exercise textarea").fill(TEXT)
    expect(phone.locator("#saved-at")).to_have_text(WAITS)
    phone.goto(site.url + "/help")
    phone.context.set_offline(False)

    log_in(phone, site, "citizen-new")
    phone.goto(site.url + LESSON)
    expect(phone.locator("#exercise textarea")).to_have_value("")

    log_in(phone, site, "citizen-en")
    phone.goto(site.url + LESSON)
    expect(phone.locator('[data-test="keep-mine"]')).to_be_visible()
    expect(phone.locator("#exercise-state blockquote")).to_contain_text("What was there first.")
    phone.locator('[data-test="keep-mine"]').click()
    expect(phone.locator('[data-test="keep-mine"]')).to_have_count(0)
    phone.reload()
    expect(phone.locator("#exercise textarea")).to_have_value(TEXT)
    expect(phone.locator('[data-test="keep-mine"]')).to_have_count(0)


def test_log_out_takes_the_kept_lessons_away(phone, site):
    log_in(phone, site, "citizen-en")
    open_and_keep(phone, site)
    phone.goto(site.url + "/logged-out")
    phone.evaluate(UNTIL % "!(await caches.has('lessons'))")


def test_a_tap_explains_a_danish_word_and_shows_where_a_mistake_is(phone, site, axe):
    phone.add_init_script("speechSynthesis.getVoices = () => [{ lang: 'da-DK' }]")
    phone.goto(site.url + "/modules/cv/purpose")
    expect(phone.locator("[data-hear]").first).to_be_visible()
    phone.locator("a.term").first.click()
    expect(phone.locator("#word-bubble")).to_be_visible()
    axe(phone)
    phone.keyboard.press("Escape")
    phone.locator('[data-test="report-mistake"]').click()
    phone.locator("#lesson-text p.pickable").nth(1).click()
    expect(phone.locator("select[name=paragraph]")).to_have_value("1")
    axe(phone)

"""Self-service with a finger: a misspelt search, the Danish beside one's own language, and answers
that stay whatever happens.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.support.patience import PATIENCE_MS

LESSON = "/modules/cv/profile-text"
TEXT = "Кухарка з 12 роками досвіду у шкільних їдальнях."
UPRIGHT, LYING = {"width": 390, "height": 844}, {"width": 844, "height": 390}


@pytest.fixture
def reader(browser, site):
    """reader(javascript=True) -> the page of a Ukrainian reader who is not logged in; each has a
    device of her own.
    """
    contexts = []

    def begin(*, javascript=True):
        context = browser.new_context(
            **PHONE, locale="uk-UA", timezone_id="Europe/Copenhagen", java_script_enabled=javascript
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield begin
    for context in contexts:
        context.close()


def writes(page, site, text=TEXT):
    """Writes into the lesson's field and waits until it says when it was saved."""
    page.goto(site.url + LESSON)
    page.locator("#exercise textarea").fill(text)
    expect(page.locator('[data-test="saved-at"]')).to_contain_text(re.compile(r"\d{1,2}[.:]\d{2}"))


def test_a_misspelt_word_finds_the_module_while_one_types_and_without_javascript(reader, site):
    live = reader()
    live.goto(site.url + "/modules")
    live.locator("#q").press_sequentially("співбесда")
    expect(live.locator('[data-test="result"] a').first).to_have_attribute(
        "href", "/modules/interview"
    )
    expect(live.locator("#result-count")).to_contain_text("співбесда")
    expect(live.locator("#q")).to_be_focused()

    plain = reader(javascript=False)
    plain.goto(site.url + "/modules")
    plain.locator("#q").fill("співбесда")
    plain.locator('form[role="search"] button').click()
    expect(plain.locator('[data-test="result"] a').first).to_have_attribute(
        "href", "/modules/interview"
    )
    assert (
        plain.locator('[data-test="result"]').all_inner_texts()
        == live.locator('[data-test="result"]').all_inner_texts()
    )


def test_danish_stands_beside_each_paragraph_in_its_own_language_on_demand(reader, site, axe):
    page = reader()
    page.goto(site.url + LESSON)
    blocks = int(page.locator("#lesson-text").get_attribute("data-blocks"))
    expect(page.locator('#lesson-text [lang="da"].pair-danish')).to_have_count(0)
    page.locator('[data-test="danish-beside"]').click()
    danish = page.locator("#lesson-text .pair-danish")
    expect(danish).to_have_count(blocks)
    assert {part.get_attribute("lang") for part in danish.all()} == {"da"}
    assert page.evaluate(
        "[...document.querySelectorAll('#lesson-text .pair-danish')].every(da => "
        "da.previousElementSibling || da.parentElement.children.length > 1)"
    )
    axe(page)
    shown = page.locator("#lesson-text").inner_text()
    page.goto(site.url + LESSON + "?danish=1")  # the same address without htmx
    assert page.locator("#lesson-text").inner_text() == shown
    page.goto(
        site.url + "/modules/cv/purpose"
    )  # asked for on each lesson anew: only whoever needs it fetches it
    expect(page.locator("#lesson-text .pair-danish")).to_have_count(0)


def test_an_answer_survives_reload_back_rotation_and_another_device(reader, site):
    page = reader()
    writes(page, site)
    answer = page.locator("#exercise textarea")
    page.reload()
    expect(answer).to_have_value(TEXT)
    page.goto(site.url + "/modules/cv")
    page.go_back()
    expect(answer).to_have_value(TEXT)
    page.set_viewport_size(LYING)
    expect(answer).to_have_value(TEXT)
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    page.set_viewport_size(UPRIGHT)

    page.goto(site.url + "/r/keep")
    page.locator('[data-test="make-code"]').click()
    code = page.locator('[data-test="return-code"]').inner_text()
    other = reader()
    other.goto(site.url + "/r")
    other.locator("main input[name=code]").fill(code.lower())
    other.locator("main form .button-primary").click()
    other.goto(site.url + LESSON)
    expect(other.locator("#exercise textarea")).to_have_value(TEXT)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_another_language_in_the_middle_of_an_exercise_keeps_what_is_typed(
    reader, site, javascript
):
    page = reader(javascript=javascript)
    page.goto(site.url + LESSON)
    page.locator("#exercise textarea").fill(TEXT)
    page.locator('#exercise button[name="lang"][value="en"]').click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#exercise textarea")).to_have_value(TEXT)

"""A course on a phone: composed by oneself, and ten weeks with dates for a graduate without a case,
with and without JavaScript.
"""

import re

import pytest
from playwright.sync_api import expect

from jobunivers.extensions import db
from jobunivers.identity.models import User
from jobunivers.shared.db import write
from tests.browser.conftest import PHONE
from tests.support.make import Maker
from tests.support.patience import PATIENCE_MS

COURSE = "/courses/before-graduation"


@pytest.fixture
def phone(browser, site):
    """phone(locale, javascript) -> a page of somebody without log-in."""
    contexts = []

    def open_page(locale="en", *, javascript=True):
        context = browser.new_context(
            **PHONE, locale="en-GB", timezone_id="Europe/Copenhagen", java_script_enabled=javascript
        )
        context.add_cookies([{"name": "ju_lang", "value": locale, "url": site.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def graduate(site):
    """The persona of a visitor account: no case, no CPR number, nothing done yet."""
    user_id = Maker(site.app).visitor(locale="en").id
    with site.app.app_context(), write():
        db.session.get(User, user_id).persona = "new-graduate"
    return "new-graduate"


def part(page, name):
    return page.locator(f'[data-test="{name}"]')


def steps(page):
    return part(page, "step").locator("h3").all_inner_texts()


def open_details(page, words):
    """Folded parts work without a script; once they are open, the fields are there."""
    summary = page.locator("summary", has_text=words)
    if summary.locator("..").get_attribute("open") is None:
        summary.click()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_course_is_composed_on_a_phone(site, phone, javascript):
    page = phone(javascript=javascript)
    for module in ("cv", "application", "interview"):
        page.goto(f"{site.url}/modules/{module}")
        page.get_by_role("button", name="Put it on my course").click()
        page.wait_for_url("**/my/path#course")
    part(page, "up").last.click()
    expect(part(page, "step").nth(1)).to_contain_text("The job interview")
    part(page, "take-off").first.click()
    expect(part(page, "step")).to_have_count(2)
    assert steps(page) == ["The job interview", "The application"]

    open_details(page, "Plan your week")
    page.locator('input[name="minutes"][value="20"]').check()
    part(page, "save-pace").click()
    expect(part(page, "this-week")).to_be_visible()
    before = part(page, "this-week").inner_text()
    page.reload()
    assert part(page, "this-week").inner_text() == before
    assert steps(page) == ["The job interview", "The application"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    open_details(page, "What fits you?")
    page.get_by_label("I would like to change trade").check()
    part(page, "save-situations").click()
    expect(part(page, "suggestion").first).to_contain_text(
        "Because you wrote that you would like to change trade"
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_graduate_without_case_follows_ten_weeks_and_keeps_them_after_log_in(
    site, phone, graduate, javascript
):
    page = phone(javascript=javascript)
    page.goto(f"{site.url}/modules/before-graduation")
    part(page, "offered-course").locator("a").click()
    page.wait_for_url(f"**{COURSE}")
    page.locator("#starts_on").fill("2026-11-26")
    part(page, "start-course").click()
    expect(part(page, "this-week")).to_contain_text("week 1 of 10")
    expect(part(page, "this-week")).to_contain_text("23–29 November")

    part(page, "week-next").click()
    page.locator("#exercise textarea").fill("Economist to be; good with numbers and people.")
    part(page, "save").click()
    expect(part(page, "saved-at")).to_contain_text(re.compile(r"\d{1,2}[.:]\d{2}"))
    part(page, "lesson-next").click()
    expect(part(page, "this-week").locator("li").first).to_contain_text("Done")

    open_details(page, "Move the dates, or stop")
    page.locator("#starts_on").fill("2026-12-07")
    part(page, "move-dates").click()
    expect(part(page, "this-week")).to_contain_text("Begins Monday 7 December")

    page.context.request.post(f"{site.url}/demo/log-in", form={"persona": graduate})
    page.goto(f"{site.url}/my/path/take-along")
    part(page, "take-along").click()
    expect(part(page, "this-week")).to_contain_text("Begins Monday 7 December")
    expect(part(page, "this-week").locator("li").first).to_contain_text("Done")


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_course_pages_are_sound_in_each_language(site, phone, axe, locale):
    page = phone(locale)
    page.goto(site.url + COURSE)
    axe(page)
    part(page, "start-course").click()
    part(page, "this-week").wait_for()
    for summary in page.locator("#course summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.lang") == locale
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)
    part(page, "stop-course").click()
    page.goto(f"{site.url}/modules/cv")
    page.locator('form[action$="/cv/choose"] button').click()
    page.wait_for_url("**/my/path#course")
    page.locator("details:has(input[name=minutes]) summary").click()
    page.locator('input[name="minutes"][value="45"]').check()
    part(page, "save-pace").click()
    part(page, "this-week").wait_for()
    page.locator("details:has(input[name=situations]) summary").click()
    axe(page)


def test_a_wrong_date_comes_back_with_a_reason(site, phone):
    page = phone()
    page.goto(site.url + COURSE)
    page.locator("#starts_on").fill("1999-01-01")
    part(page, "start-course").click()
    expect(page.locator(".error-summary")).to_contain_text("within a year from now")

"""One's CV with a finger, the keyboard, and without scripts: in from Europass, a version for a job,
out by copying.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.support import europass
from tests.support.patience import PATIENCE_MS


@pytest.fixture
def reader(browser, site):
    """reader(javascript=True) -> the page of somebody who is not logged in."""
    contexts = []

    def begin(*, javascript=True):
        context = browser.new_context(
            **PHONE,
            locale="en-GB",
            java_script_enabled=javascript,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        return page

    yield begin
    for context in contexts:
        context.close()


def start_version(page, site):
    """A draft with the CV of a Europass PDF, and a version of it; ends where one chooses what goes
    in.
    """
    page.goto(site.url + "/modules/cv/profile-text")
    page.locator("#exercise textarea").fill("I cook.")
    page.locator("#exercise button.button-primary").first.click()
    expect(page.locator('[data-test="saved-at"]')).to_contain_text("Saved")
    page.goto(site.url + "/my/cv/import")
    page.set_input_files(
        "#file", {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": europass.pdf()}
    )
    page.locator("main form .button-primary").click()
    page.locator("main form .button-primary").click()
    page.goto(site.url + "/my/cv/versions/new")
    page.locator("#name").fill("Accounts")
    page.locator("main form .button-primary").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_europass_cv_becomes_a_version_with_and_without_scripts(reader, site, javascript):
    page = reader(javascript=javascript)
    start_version(page, site)
    page.get_by_label("Kasserer").uncheck()
    page.locator("main form .button-primary").click()
    expect(page.locator("h1")).to_have_text("Accounts")
    expect(page.locator("main")).to_contain_text("Bogholder")
    expect(page.locator("main")).not_to_contain_text("Kasserer")
    page.get_by_role("link", name="Copy to Jobnet").click()
    expect(page.locator("[data-copy]").first).to_be_visible(visible=javascript)


def test_choices_save_themselves_and_a_copied_text_is_on_the_clipboard(reader, site, axe):
    page = reader()
    start_version(page, site)
    page.get_by_label("Kasserer").focus()
    with page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/choose")
    ):
        page.keyboard.press("Space")
    axe(page)
    page.goto(page.url.removesuffix("/choose"))
    expect(page.locator("main")).not_to_contain_text("Kasserer")
    axe(page)
    page.get_by_role("link", name="Copy to Jobnet").click()
    page.get_by_role("button", name="Copy Name, Name and contact").click()
    expect(page.locator('[role="status"]', has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Олена Ґудзь"
    axe(page)

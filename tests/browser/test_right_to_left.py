"""The next language may run from right to left: a pseudo locale turns the pages round, and nothing
breaks.
"""

import pytest

PSEUDO_RTL = "ar"
PAGES = [
    "/",
    "/modules",
    "/modules/cv/profile-text",
    "/log-in",
    "/help",
    "/my",
    "/my/cv",
    "/my/meetings",
    "/my/meetings/book",
    "/my/screening",
    "/my/settings",
]


@pytest.fixture
def from_the_right(site, context):
    """A browser in which the site speaks a language written from right to left."""
    site.app.config["LOCALES"] = (*site.app.config["LOCALES"], PSEUDO_RTL)
    context.request.post(f"{site.url}/demo/log-in", form={"persona": "citizen-en"})
    page = context.new_page()
    page.goto(f"{site.url}/my")
    page.locator("details.language summary").click()
    page.locator(f'details.language button[value="{PSEUDO_RTL}"]').click()
    page.wait_for_load_state()
    return page


def test_pages_turn_round_and_nothing_is_cut_off(site, from_the_right):
    page = from_the_right
    for path in PAGES:
        page.goto(site.url + path)
        assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == [
            "rtl",
            PSEUDO_RTL,
        ], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        title, tools = (
            page.locator(".site-title").bounding_box(),
            page.locator(".tools").bounding_box(),
        )
        assert (
            title["x"] + title["width"] > tools["x"] + tools["width"] - 1 or title["y"] < tools["y"]
        ), path

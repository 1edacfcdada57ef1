"""On paper a lesson is the text, its figure and room to write; nothing that only works on a screen."""

import pytest

from tests.support.pdf_text import pages_of

LESSON = "/modules/cv/profile-text"
ON_SCREEN_ONLY = (
    "nav",
    ".foot",
    ".talk",
    ".demo",
    "main button",
    "main details",
    ".said",
    ".crumb",
    "#saved-at",
    "#other-languages",
    ".tools",
)
A4 = {"format": "A4", "margin": {side: "16mm" for side in ("top", "bottom", "left", "right")}}


@pytest.fixture
def paper(page, site):
    """paper(path, locale) -> the page as it is printed."""

    def show(path, locale):
        page.context.add_cookies([{"name": "ju_lang", "value": locale, "url": site.url}])
        page.goto(site.url + path)
        page.set_viewport_size({"width": 673, "height": 1000})  # A4 between the margins
        page.emulate_media(media="print")
        return page

    return show


def words_of(page):
    return [" ".join(sheet.split()) for sheet in pages_of(page.pdf(**A4))]


@pytest.mark.parametrize("locale", ["da", "uk"])
@pytest.mark.parametrize("path", [LESSON, "/modules/cv"])
def test_nothing_of_the_screen_is_printed(paper, path, locale):
    page = paper(path, locale)
    shown = [
        place
        for place in ON_SCREEN_ONLY
        if any(one.is_visible() for one in page.locator(place).all())
    ]
    assert shown == []
    assert page.locator("h1").is_visible()


def test_an_empty_exercise_leaves_lines_to_write_on_and_an_answer_is_printed(paper):
    page = paper(LESSON, "da")
    field = page.locator("#exercise textarea")
    assert field.bounding_box()["height"] >= 150
    assert "repeating-linear-gradient" in field.evaluate(
        "field => getComputedStyle(field).backgroundImage"
    )
    field.fill("Erfaren butiksassistent.\n" * 12)
    assert "Erfaren butiksassistent." in words_of(page)[-1]
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight + 1")


def test_the_danish_is_printed_beside_and_a_pair_is_never_torn(paper):
    page = paper(f"{LESSON}?danish=1", "uk")
    for pair in page.locator(".pair").all():
        own, danish = (
            pair.locator(".pair-own").bounding_box(),
            pair.locator(".pair-danish").bounding_box(),
        )
        assert own["x"] + own["width"] <= danish["x"]
        assert abs(own["y"] - danish["y"]) < 2
        assert pair.evaluate("pair => getComputedStyle(pair).breakInside") == "avoid"


def test_a_figure_is_printed_whole_with_its_words_and_no_sheet_is_empty(paper):
    sheets = words_of(paper("/modules/search-strategy/my-week", "en"))
    assert all(sheets)
    assert (
        sum("Wednesday Talk" in sheet and "Weekend Free both days" in sheet for sheet in sheets)
        == 1
    )


def test_a_heading_stands_with_its_text(paper):
    page = paper("/modules/cv/purpose", "da")
    headings = page.locator("#lesson-text h2").all_inner_texts()
    assert headings
    assert [
        heading for heading in headings for sheet in words_of(page) if sheet.endswith(heading)
    ] == []

"""Every lesson in every language at phone size: axe finds nothing, nothing scrolls sideways, each
figure's words stand inside their shapes.
"""

import pytest

from jobunivers.learning import catalogue
from tests.browser.conftest import PHONE

# Words may neither leave the drawing, nor run out of the shape they begin in, nor lie across each
# other.
MISPLACED = """() => [...document.querySelectorAll(".figure svg")].flatMap((drawing) => {
  const { width, height } = drawing.viewBox.baseVal;
  const texts = [...drawing.querySelectorAll("text")].map((text) => [text.textContent, text.getBBox()]);
  const areas = [...drawing.querySelectorAll("rect, path:not(.fig-line)")]
    .map((shape) => shape.getBBox()).filter((box) => box.height > 20);
  const holds = (area, box) => area.y < box.y + box.height / 2
    && box.y + box.height / 2 < area.y + area.height
    && area.x <= box.x && box.x < area.x + area.width;
  return texts.filter(([, box], place) => {
    const ends = areas.filter((area) => holds(area, box)).map((area) => area.x + area.width);
    const isOut = box.x < 0 || box.x + box.width > Math.min(width, ...ends)
      || box.y + box.height > height + 1;
    return isOut || texts.slice(place + 1).some(([, other]) =>
      box.x < other.x + other.width && other.x < box.x + box.width
      && box.y + 3 < other.y + other.height - 3 && other.y + 3 < box.y + box.height - 3);
  }).map(([words]) => words);
})"""


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_words_of_figures_stand_where_they_belong(page, site, locale):
    page.context.add_cookies([{"name": "ju_lang", "value": locale, "url": site.url}])
    drawn = set()
    for module in catalogue.modules():
        for lesson in module.lessons:
            names = {
                block.kind
                for block in lesson.text(locale).blocks
                if block.kind.startswith("figure:")
            }
            if names - drawn:
                page.goto(f"{site.url}/modules/{lesson.key}")
                assert page.evaluate(MISPLACED) == [], lesson.key
                assert (
                    page.locator(".figure text").first.evaluate(
                        "text => text.getBoundingClientRect().height"
                    )
                    >= 14
                )
                drawn |= names
    assert len(drawn) >= 8


def test_danish_word_of_a_lesson_leads_to_its_explanation_without_script_and_help_is_short(
    browser, site
):
    context = browser.new_context(**PHONE, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/help")
    assert not page.locator("dl.words").is_visible()
    assert page.locator("html").evaluate("html => html.scrollHeight") < 3000
    page.locator('main a[href="#words"]').click()
    assert page.locator("dl.words").is_visible()
    page.goto(f"{site.url}/modules/cv/purpose")
    page.locator("a.term").first.click()
    explained = page.locator(":target")
    assert explained.is_visible()
    assert 0 <= explained.bounding_box()["y"] < 844
    context.close()


def test_what_speaks_of_money_waits_until_she_has_said_that_she_may_receive_it(browser, site):
    """A residence permit for job search can end with a benefit: nothing suggests one before the
    question, and the answer leaves no trace.
    """
    context = browser.new_context(**PHONE, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    for path in ("/modules/first-steps/who-does-what", "/modules/first-steps/first-week?danish=1"):
        page.goto(site.url + path)
        money, ask = page.locator(".box-money"), page.locator(".permit-ask")
        assert (
            money.count()
            and not any(box.is_visible() for box in money.all())
            and not ask.is_visible()
        )
        page.get_by_text("No, or I do not know").click()
        assert ask.is_visible() and not any(box.is_visible() for box in money.all())
        page.get_by_text("have been told that I may").click()
        assert all(box.is_visible() for box in money.all()) and not ask.is_visible()
    assert page.locator("form [name=permit]").count() == 0
    context.close()


@pytest.mark.long
@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_every_lesson_is_accessible_on_a_phone(page, site, axe, locale):
    page.context.add_cookies([{"name": "ju_lang", "value": locale, "url": site.url}])
    complaints = []
    for module in catalogue.modules():
        for lesson in module.lessons:
            page.goto(f"{site.url}/modules/{lesson.key}?danish=1")
            try:
                axe(page)
                assert page.evaluate("document.documentElement.scrollWidth") <= 390, (
                    f"{lesson.key} scrolls sideways"
                )
            except AssertionError as error:
                complaints.append(str(error))
    assert complaints == []

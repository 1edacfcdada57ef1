"""/demo/components: in the demonstration only, in three languages, sound as every page."""

import pytest

from jobunivers.portal import component_pages as pages
from tests.support.client import PageClient


def folded(text):
    return " ".join(text.split())


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_every_macro_is_drawn_with_its_call(app, locale):
    page = PageClient(app, locale).get("/demo/components")
    calls = {folded(code.get_text()) for code in page.soup.select("code.as-written")}
    for macro in pages.macros():
        assert page.soup.find("h2", id=f"macro-{macro.name}"), macro.name
        for example in pages.examples_of(macro):
            assert folded(example.call) in calls
    assert page.soup.select(".form-error-message") and page.soup.select("[disabled]")
    assert page.soup.select('[aria-busy="true"]') and page.soup.select("#main .error-summary")


def test_the_choice_of_persons_leads_there_and_what_is_typed_goes_nowhere(app):
    client = PageClient(app)
    assert client.get("/demo").soup.select_one('a[href="/demo/components"]')
    client.post("/demo/components", {"name": "Gerda"}, status=204)


def test_a_service_does_not_have_it(app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", False)
    PageClient(app).get("/demo/components", status=404)

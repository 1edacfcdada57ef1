"""A module as one PDF: accessible, in the reader's language, with her answers and the Danish beside
it.
"""

import pytest

from jobunivers.learning import catalogue
from tests.support.client import PageClient
from tests.support.pdf_text import text_of

FILE = "/modules/cv.pdf"
TEXT = "Erfaren butiksassistent."


def words_of(page):
    return " ".join(text_of(page.body).split())


def fetch(reader, path):
    answer = reader.http.get(path)
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    answer.body = answer.get_data()
    return words_of(answer)


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
def test_every_module_becomes_a_file_in_every_language(app, locale):
    reader = PageClient(app, locale)
    for module in catalogue.modules():
        words = fetch(reader, f"/modules/{module.slug}.pdf")
        assert module.text(locale).title.split()[0] in words


def test_the_file_holds_my_answers_and_the_danish_when_i_want_it(app):
    reader = PageClient(app, "uk")
    reader.post("/modules/cv/profile-text", {"answer": TEXT})
    assert TEXT in fetch(reader, FILE)
    assert TEXT not in fetch(PageClient(app, "uk"), FILE)
    danish = catalogue.get_module("cv").texts["da"].blocks[0].text.split()[0]
    assert danish in fetch(reader, f"{FILE}?danish=1")


def test_a_figure_is_drawn_on_paper_in_both_languages(app):
    words = fetch(PageClient(app, "uk"), f"{FILE}?danish=1")
    assert "три–п’ять рядків про вас у роботі" in words
    assert "tre til fem linjer om dig i et job" in words


def test_no_module_no_file(client):
    client.get("/modules/no-such.pdf", status=404)

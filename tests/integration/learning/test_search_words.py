"""People search with their own words: what they type leads to the module that is about it."""

import pytest

from jobunivers.learning import catalogue
from jobunivers.learning import search_catalogue as search
from jobunivers.shared.content import CONTENT, read_yaml


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("резюме", "cv"),
        ("resume", "cv"),
        ("співбесда", "interview"),
        ("jobsamtale", "interview"),
        ("cover letter", "application"),
        ("sygemeldt", "everyday-life"),
        ("депресія", "everyday-life"),
        ("зарплата", "company-routes/pay-and-rules"),
        ("salary", "company-routes/pay-and-rules"),
        ("dagpenge", "first-steps"),
    ],
)
def test_an_everyday_word_finds_the_place_that_is_about_it(typed, first):
    module, lesson = search.find(typed)[0]
    assert (lesson.key if lesson else module.slug) == first


def test_every_everyday_word_belongs_to_a_module_or_lesson_that_is_there():
    keys = read_yaml(CONTENT / "learning" / "search-words.yaml")
    assert [
        key
        for key in keys
        if catalogue.find_module(key) is None and catalogue.find_lesson(key) is None
    ] == []

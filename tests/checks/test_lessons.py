"""Every module and lesson opens in every language; the database has no part in it, so one engine is
enough.
"""

from jobunivers.learning import catalogue
from tests.support.client import PageClient


def test_every_module_and_lesson_opens_in_every_language(app):
    for locale in ("da", "en", "uk"):
        reader = PageClient(app, locale)
        for module in catalogue.modules():
            reader.get(f"/modules/{module.slug}")
            for lesson in module.lessons:
                page = reader.get(f"/modules/{lesson.key}")
                assert (
                    page.soup.select_one("#lesson-text h2") is not None or lesson.text(locale).html
                )

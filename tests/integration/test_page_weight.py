"""What a phone downloads on its first visit: HTML + CSS within the first round trip, everything
within 35 kB and 5 requests' worth of bytes.
"""

import re

import brotli
import pytest

from jobunivers.learning import catalogue
from tests.support.queries import counted_queries

FIRST_ROUND_TRIP, FIRST_VISIT, LATER_PAGE, TWO_LANGUAGES, MOST_REQUESTS = (
    14_600,
    35_000,
    8_000,
    14_000,
    8,
)
LESSONS = [lesson.key for module in catalogue.modules() for lesson in module.lessons]
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')
PUBLIC = [
    "/",
    "/modules",
    "/modules/cv",
    "/modules/cv/profile-text",
    "/log-in",
    "/help",
    "/privacy",
    "/accessibility",
    "/how-we-screen",
    "/in-demand",
    "/in-demand/cook",
    "/jobs",
    "/events",
    "/programmes",
]


def on_the_wire(http, path):
    answer = http.get(path, headers={"Accept-Encoding": "br", "Accept-Language": "uk"})
    assert answer.status_code == 200
    return answer.get_data(), (
        brotli.decompress(answer.get_data())
        if answer.headers.get("Content-Encoding") == "br"
        else answer.get_data()
    )


@pytest.mark.parametrize("path", PUBLIC)
def test_first_visit_is_light(app, path):
    http = app.test_client()
    packed, plain = on_the_wire(http, path)
    sizes = {
        asset: len(on_the_wire(http, asset)[0]) for asset in set(ASSET.findall(plain.decode()))
    }
    css = sum(size for asset, size in sizes.items() if ".css" in asset)
    assert len(packed) <= LATER_PAGE
    assert len(packed) + css <= FIRST_ROUND_TRIP
    assert (
        len(packed) + sum(size for asset, size in sizes.items() if "illustrations" not in asset)
        <= FIRST_VISIT
    )


@pytest.mark.parametrize("path", PUBLIC)
def test_anonymous_pages_cost_no_session(app, path):
    """No cookie is set by reading, and nothing is written."""
    answer = app.test_client().get(path)
    assert "Set-Cookie" not in answer.headers


def too_heavy(app, locale, most, query=""):
    """Lessons whose page is larger than `most` bytes, and the queries that all of them together
    cost once the sign-offs are known.
    """
    http, sizes = app.test_client(), {}
    http.get(f"/modules/{LESSONS[0]}")
    with counted_queries(app) as queries:
        for key in LESSONS:
            answer = http.get(
                f"/modules/{key}{query}",
                headers={"Accept-Encoding": "br", "Accept-Language": locale},
            )
            assert answer.status_code == 200
            sizes[key] = len(answer.get_data())
    return {key: size for key, size in sizes.items() if size > most}, queries


@pytest.mark.parametrize(
    "locale",
    [pytest.param("da", marks=pytest.mark.long), pytest.param("en", marks=pytest.mark.long), "uk"],
)
def test_every_lesson_is_light_and_asks_the_database_nothing(app, locale):
    assert len(LESSONS) > 80
    assert too_heavy(app, locale, LATER_PAGE) == ({}, [])


@pytest.mark.long
@pytest.mark.parametrize("locale", ["en", "uk"])
def test_every_lesson_with_the_danish_beside_is_light(app, locale):
    assert too_heavy(app, locale, TWO_LANGUAGES, "?danish=1") == ({}, [])

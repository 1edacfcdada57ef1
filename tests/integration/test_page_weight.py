"""What a phone downloads on its first visit: HTML + CSS within the first round trip, everything within 35 kB and 5 requests' worth of bytes."""

import re

import brotli
import pytest

FIRST_ROUND_TRIP, FIRST_VISIT, LATER_PAGE, MOST_REQUESTS = 14_600, 35_000, 8_000, 8
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
]


def on_the_wire(http, path):
    answer = http.get(path, headers={"Accept-Encoding": "br", "Accept-Language": "uk"})
    assert answer.status_code == 200
    return answer.get_data(), (brotli.decompress(answer.get_data()) if answer.headers.get("Content-Encoding") == "br" else answer.get_data())


@pytest.mark.parametrize("path", PUBLIC)
def test_first_visit_is_light(app, path):
    http = app.test_client()
    packed, plain = on_the_wire(http, path)
    sizes = {asset: len(on_the_wire(http, asset)[0]) for asset in set(ASSET.findall(plain.decode()))}
    css = sum(size for asset, size in sizes.items() if ".css" in asset)
    assert len(packed) <= LATER_PAGE
    assert len(packed) + css <= FIRST_ROUND_TRIP
    assert len(packed) + sum(size for asset, size in sizes.items() if "illustrations" not in asset) <= FIRST_VISIT


@pytest.mark.parametrize("path", PUBLIC)
def test_anonymous_pages_cost_no_session(app, path):
    """No cookie is set by reading, and nothing is written."""
    answer = app.test_client().get(path)
    assert "Set-Cookie" not in answer.headers

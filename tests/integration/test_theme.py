"""A municipality's colours arrive as one small file that phones keep."""

import re

from jobunivers.shared.profile import load_profile


def test_page_of_a_municipality_with_colours_links_them_and_the_worker_keeps_them(app, monkeypatch):
    monkeypatch.setitem(app.config, "PROFILE", load_profile("aalborg"))
    http = app.test_client()
    href = re.search(
        r'href="(/theme\.css\?v=\w+)"', http.get("/modules?page=coloured").get_data(as_text=True)
    )[1]
    answer = http.get(href, headers={"Accept-Encoding": "br"})
    assert (
        answer.mimetype == "text/css"
        and "immutable" in answer.headers["Cache-Control"]
        and len(answer.get_data()) < 250
    )
    assert "--brand:#1d4f7c" in http.get(href).get_data(as_text=True)
    assert href in http.get("/sw.js").get_data(as_text=True)


def test_page_of_a_municipality_without_colours_asks_for_no_such_file(app):
    assert "theme.css" not in app.test_client().get("/modules").get_data(as_text=True)

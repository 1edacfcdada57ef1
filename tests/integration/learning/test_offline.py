"""The service worker and the marks in a lesson that it needs; the rest is tried in a browser."""

from tests.support.client import PageClient

LESSON = "/modules/cv/profile-text"


def mark_of(page):
    return page.soup.select_one("[data-offline]")["data-owner"]


def test_worker_may_rule_the_whole_site_and_names_files_that_exist(client):
    page = client.get("/sw.js")
    assert page.headers["Service-Worker-Allowed"] == "/"
    assert page.headers["Content-Type"].startswith("text/javascript")
    head = page.text.splitlines()[0]
    assert "/static/js/lesson.js?v=" in head
    for address in [part for part in head.split('"') if part.startswith("/")]:
        assert client.http.get(address).status_code == 200


def test_the_page_for_no_connection_is_the_same_for_everybody(client):
    assert "No connection just now" in client.get("/offline").words


def test_answers_wait_under_a_mark_of_their_owner_that_names_nobody(app, client, make):
    assert mark_of(client.get(LESSON)) == ""
    client.post(LESSON, {"answer": "Mine"})
    draft = mark_of(client.get(LESSON))
    citizen, other = make.citizen(), make.citizen()
    client.log_in(citizen.user)
    hers = mark_of(client.get(LESSON))
    second = PageClient(app)
    second.log_in(other.user)
    assert len({"", draft, hers, mark_of(second.get(LESSON))}) == 4
    assert str(citizen.user) not in hers
    assert mark_of(client.get("/modules/cv/experience")) == hers


def test_shared_computers_keep_nothing(app, client, make, monkeypatch):
    monkeypatch.setitem(app.config, "KIOSK", True)
    assert client.get(LESSON).soup.select("[data-offline]") == []
    assert "unregister" in client.get("/sw.js").text
    client.log_in(make.citizen().user)
    assert client.post("/log-out").headers["Clear-Site-Data"] == '"cache", "storage"'

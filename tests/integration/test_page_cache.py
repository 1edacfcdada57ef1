"""Public pages are kept for people who are not logged in, and only for them."""


def test_kept_page_is_the_same_page_in_each_language(app):
    http = app.test_client()
    first = http.get("/", headers={"Accept-Language": "uk"})
    again = http.get("/", headers={"Accept-Language": "uk"})
    danish = http.get("/", headers={"Accept-Language": "da"})
    assert first.text == again.text
    assert 'lang="uk"' in again.text
    assert 'lang="da"' in danish.text
    assert again.headers["Content-Security-Policy"]


def test_logged_in_person_never_gets_or_fills_the_kept_page(make, client, client_of):
    client.get("/")
    citizen = make.citizen(name="Maja Demo")
    browser = client_of(citizen.user)
    assert "Maja Demo" in browser.get("/").words
    assert "Maja Demo" not in client.get("/").words


def test_form_of_a_kept_page_still_works(client):
    token = client.get("/").soup.find("input", attrs={"name": "csrf_token"})["value"]
    client.post("/language", {"lang": "uk", "csrf_token": token}, token=False)

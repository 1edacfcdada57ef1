"""The shell around everything: front page, language, log-in guard."""


def test_front_page_speaks_the_browsers_language_and_danish_otherwise(app):
    http = app.test_client()
    assert '<html lang="uk"' in http.get("/", headers={"Accept-Language": "uk"}).text
    assert '<html lang="da"' in http.get("/", headers={"Accept-Language": "fr"}).text


def test_language_switch_comes_back_to_the_same_page_and_stays(client):
    answer = client.post("/language", {"lang": "uk", "next": "/log-in?next=/my/cv"})
    assert answer.location == "/log-in?next=/my/cv"
    client.locale = "uk"
    client.get("/log-in")


def test_language_switch_never_leads_to_another_site(client):
    assert client.post("/language", {"lang": "uk", "next": "https://evil.example/"}).location == "/"
    assert client.post("/language", {"lang": "uk", "next": "//evil.example/"}).location == "/"


def test_forged_post_is_refused_kindly(client):
    page = client.post("/language", {"lang": "uk"}, token=False, status=400)
    assert "Nothing was changed" in page.words
    client.post("/language", {"lang": "uk"}, status=400, headers={"Sec-Fetch-Site": "cross-site"})


def test_log_out_deletes_the_session_row(app, make, client_of):
    citizen = make.citizen()
    browser = client_of(citizen.user)
    assert "Log out" in browser.get("/").words
    browser.post("/log-out")
    assert "Log out" not in browser.get("/").words


def test_unknown_page_is_kind(client):
    assert "Nothing of yours is lost" in client.get("/no-such-page", status=404).words

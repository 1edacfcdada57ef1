"""Public pages: open to everybody, in three languages."""

import pytest

PATHS = ("/", "/help", "/privacy", "/accessibility", "/how-we-screen", "/figures")


@pytest.mark.parametrize("locale", ["da", "en", "uk"])
@pytest.mark.parametrize("path", PATHS)
def test_public_page_is_open_in_the_readers_language(client, path, locale):
    client.locale = locale
    client.http.set_cookie("ju_lang", locale)
    page = client.get(path)
    assert not page.soup.main.select("[lang]:not(dt):not(a)"), "a passage in another language"


def test_was_leads_to_accessibility(client):
    assert client.get("/was", status=303).location == "/accessibility"


def test_front_page_offers_three_ways(client):
    hrefs = [link["href"] for link in client.get("/").soup.main.find_all("a")]
    assert {"/modules", "/log-in?next=/my", "/help"} <= set(hrefs)


def test_each_term_has_an_anchor_that_lessons_can_point_at(client):
    soup = client.get("/help").soup
    assert "fund you pay into" in soup.find(id="term-a-kasse").text
    assert soup.find(id="term-digital-post")


def test_small_numbers_are_not_shown(make, client_of):
    screen = client_of(
        make.citizen(log_in=True, weeks_out_of_work=20).user
    )  # pages of people who are logged in are not kept for an hour
    for _number in range(3):
        make.citizen(log_in=False, weeks_out_of_work=20)
    assert screen.get("/figures").words.count("fewer than 5") == 2
    make.citizen(log_in=False, weeks_out_of_work=20)
    assert screen.get("/figures").words.count("fewer than 5") == 1


def test_figures_of_two_days_cannot_be_compared_to_find_one_person(make, client_of):
    screen = client_of(make.citizen(log_in=True, weeks_out_of_work=20).user)
    for _number in range(6):
        make.citizen(log_in=False, weeks_out_of_work=20)
    before = screen.get("/figures").words
    make.citizen(log_in=False, weeks_out_of_work=1)  # new since the quarter ended
    assert screen.get("/figures").words == before


def test_privacy_names_the_data_protection_officer(client):
    assert "dpo@example.org" in client.get("/privacy").words

"""A citizen makes her CV: parts, months, order, two windows, other people's CVs."""

import pytest

from jobunivers.cv import queries
from jobunivers.cv.types import Section
from tests.support.htmx import assert_swap_equals_reload
from tests.support.queries import counted_queries


@pytest.fixture
def maja(make, client_of):
    person = make.citizen(name="Maja Demo")
    person.browser = client_of(person.user)
    return person


def hidden(page, name):
    return page.soup.select_one(f'main input[name="{name}"]')["value"]


def content(app, owner_id):
    with app.app_context():
        return queries.content_of(queries.find_cv(owner_id))


def test_a_new_citizen_finds_an_invitation_and_no_files(maja):
    page = maja.browser.get("/my/cv")
    assert "bit by bit" in page.words
    assert not page.soup.select('a[href$=".pdf"]')


def test_head_suggests_her_own_name_and_leads_back_to_the_cv(app, maja):
    form = maja.browser.get("/my/cv/head")
    assert form.soup.select_one("#name")["value"] == "Maja Demo"
    answer = maja.browser.post(
        "/my/cv/head",
        {
            "name": "Maja Demo",
            "title": "Cook",
            "phone": "22 33 44 55",
            "email": "m@example.org",
            "language": "da",
            "version": hidden(form, "version"),
        },
    )
    assert answer.location == "/my/cv"
    page = maja.browser.follow(answer)
    assert "22 33 44 55 · m@example.org" in page.one("cv-head").text
    assert content(app, maja.owner_id).title == "Cook"


@pytest.mark.parametrize(
    "wrong", [{"email": "maja"}, {"phone": "<b>"}, {"name": "x" * 200}, {"language": "xx"}]
)
def test_wrong_contact_is_shown_and_not_saved(app, maja, wrong):
    page = maja.browser.post("/my/cv/head", {"name": "M", "language": "da", **wrong}, status=422)
    assert page.soup.select(".error-summary a")
    assert content(app, maja.owner_id).name == ""


def test_profile_saves_itself_while_it_is_written(app, maja):
    form = maja.browser.get("/my/cv/profile")
    first = maja.browser.htmx_post(
        "/my/cv/profile", {"profile": "I cook.", "version": hidden(form, "version")}
    )
    assert "Saved" in first.one("saved-at").text
    second = maja.browser.htmx_post(
        "/my/cv/profile",
        {"profile": "I cook for 80.", "version": first.soup.select_one("input")["value"]},
    )
    assert content(app, maja.owner_id).profile == "I cook for 80."
    reloaded = maja.browser.get("/my/cv/profile")
    assert " ".join(second.text.split()) == " ".join(
        reloaded.soup.select_one("#saved").decode_contents().split()
    ).replace("/>", "/>") or (
        second.soup.select_one("input") == reloaded.soup.select_one("#saved input")
    )


def test_the_same_post_twice_is_no_conflict(maja):
    form = maja.browser.get("/my/cv/profile")
    for _tap in range(2):
        assert (
            maja.browser.post(
                "/my/cv/profile", {"profile": "I cook.", "version": hidden(form, "version")}
            ).location
            == "/my/cv"
        )


def test_an_old_window_is_shown_both_versions_and_she_picks(app, maja):
    form = maja.browser.get("/my/cv/profile")
    maja.browser.post(
        "/my/cv/profile", {"profile": "From the phone.", "version": hidden(form, "version")}
    )
    both = maja.browser.post(
        "/my/cv/profile",
        {"profile": "From the library.\nTwo lines.", "version": hidden(form, "version")},
        status=409,
    )
    assert "From the library." in both.one("mine").text
    assert "From the phone." in both.one("stored").text
    assert content(app, maja.owner_id).profile == "From the phone."
    kept = {name: hidden(both, name) for name in ("profile", "version")}
    maja.browser.post("/my/cv/profile", kept)
    assert content(app, maja.owner_id).profile == "From the library.\nTwo lines."


def test_an_old_window_that_saves_itself_says_so_and_changes_nothing(app, maja):
    form = maja.browser.get("/my/cv/profile")
    maja.browser.post("/my/cv/profile", {"profile": "New.", "version": hidden(form, "version")})
    answer = maja.browser.htmx_post(
        "/my/cv/profile", {"profile": "Old window.", "version": hidden(form, "version")}, status=409
    )
    assert "another window" in answer.words
    assert content(app, maja.owner_id).profile == "New."


def test_too_long_a_text_is_not_saved_and_says_why_at_the_line(app, maja):
    answer = maja.browser.htmx_post("/my/cv/profile", {"profile": "x" * 6000}, status=422)
    assert "Not saved yet" in answer.words
    assert content(app, maja.owner_id).profile == ""


def test_a_job_takes_its_place_by_its_dates_and_shows_them_in_words(app, maja):
    for title, started, ended in (
        ("Cook", "marts 2015", "2018"),
        ("Chef", "1.9.2019", ""),
        ("Helper", "2010", "12/2012"),
    ):
        answer = maja.browser.post(
            "/my/cv/sections/experience/new",
            {
                "title": title,
                "place": "Aarhus",
                "started": started,
                "ended": ended,
                "points": "- did\n• more\n",
            },
        )
    page = maja.browser.follow(answer)
    assert [entry.h2.text for entry in page.all("entry")] == ["Chef", "Cook", "Helper"]
    assert "Sep 2019 – now" in page.all("entry")[0].text
    assert content(app, maja.owner_id).entries(Section.EXPERIENCE)[1].points == ("did", "more")


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"started": "long ago"},
        {"started": "2020", "ended": "2019"},
        {"points": "x" * 400},
        {"points": "\n".join("abcdefghijklmnopqrstuvwxyzæøåABCDEF")},
    ],
)
def test_a_job_that_cannot_be_understood_is_not_saved(app, maja, wrong):
    maja.browser.post("/my/cv/sections/experience/new", {"title": "Cook", **wrong}, status=422)
    assert content(app, maja.owner_id).entries(Section.EXPERIENCE) == ()


def test_a_job_is_changed_and_deleted(app, maja, make):
    job = make.cv_job(maja.owner_id, title="Cook", started="2019-03", points=["did"])
    form = maja.browser.get(f"/my/cv/entries/{job}")
    assert form.soup.select_one("#started")["value"] == "03-2019"
    answer = maja.browser.post(
        f"/my/cv/entries/{job}",
        {
            "title": "Head cook",
            "started": "2019",
            "version": hidden(form, "version"),
            "points": "did\nled",
        },
    )
    assert "Head cook" in maja.browser.follow(answer).words
    maja.browser.post(f"/my/cv/entries/{job}/delete")
    assert content(app, maja.owner_id).entries(Section.EXPERIENCE) == ()
    maja.browser.post(f"/my/cv/entries/{job}/delete", status=404)


def test_entries_move_up_and_down_and_the_swap_is_the_page(app, maja, make):
    make.cv_lines(maja.owner_id, Section.SKILLS, "First", "Second", "Third")
    with app.app_context():
        ids = [
            entry.id
            for entry in queries.list_entries(queries.find_cv(maja.owner_id), Section.SKILLS)
        ]
    swapped = maja.browser.htmx_post(f"/my/cv/entries/{ids[2]}/up")
    page = maja.browser.get("/my/cv/sections/skills")
    assert [entry.h2.text for entry in page.all("entry")] == ["First", "Third", "Second"]
    assert_swap_equals_reload(swapped, page, "#entries")
    swapped = maja.browser.htmx_post(f"/my/cv/entries/{ids[0]}/down")
    page = maja.browser.get("/my/cv/sections/skills")
    assert [entry.h2.text for entry in page.all("entry")] == ["Third", "First", "Second"]
    assert_swap_equals_reload(swapped, page, "#entries")
    assert maja.browser.post(f"/my/cv/entries/{ids[2]}/up").location == "/my/cv/sections/skills"
    assert [entry.title for entry in content(app, maja.owner_id).entries(Section.SKILLS)] == [
        "Third",
        "First",
        "Second",
    ]


def test_lines_are_added_several_at_a_time_and_never_doubled(app, maja):
    maja.browser.post("/my/cv/sections/skills", {"lines": "- Forklift\n\n2. Scanner"})
    maja.browser.post("/my/cv/sections/skills", {"lines": "Scanner\nExcel"})
    assert [entry.title for entry in content(app, maja.owner_id).entries(Section.SKILLS)] == [
        "Forklift",
        "Scanner",
        "Excel",
    ]
    maja.browser.post("/my/cv/sections/skills", {"lines": " "}, status=422)


def test_a_line_is_changed(app, maja, make):
    make.cv_lines(maja.owner_id, Section.OTHER, "Licence B")
    with app.app_context():
        line = queries.find_cv(maja.owner_id).entries[0].id
    form = maja.browser.get(f"/my/cv/entries/{line}")
    maja.browser.post(
        f"/my/cv/entries/{line}", {"title": "Licence B and C", "version": hidden(form, "version")}
    )
    assert content(app, maja.owner_id).entries(Section.OTHER)[0].title == "Licence B and C"


def test_unknown_sections_and_wrong_kinds_are_not_found(maja):
    for path in (
        "/my/cv/sections/secrets",
        "/my/cv/sections/secrets/new",
        "/my/cv/sections/skills/new",
    ):
        maja.browser.get(path, status=404)
    maja.browser.post("/my/cv/sections/experience", {"lines": "x"}, status=404)


def test_somebody_elses_cv_is_not_found(make, client_of, maja):
    cv_id = make.cv_head(maja.owner_id, name="Maja")
    job = make.cv_job(maja.owner_id)
    other = client_of(make.citizen(name="Other").user)
    for path in (
        f"/my/cv/{cv_id}.pdf",
        f"/my/cv/{cv_id}.txt",
        f"/my/cv/{cv_id}.json",
        f"/my/cv/entries/{job}",
    ):
        other.get(path, status=404)
    for verb in ("up", "down", "delete"):
        other.post(f"/my/cv/entries/{job}/{verb}", status=404)


def test_without_log_in_and_draft_one_is_asked_to_log_in_and_staff_has_no_cv(
    client, make, client_of
):
    assert client.get("/my/cv", status=303).location == "/log-in?next=/my/cv"
    client_of(make.caseworker().id).get("/my/cv", status=403)


def test_checks_explain_and_never_score(maja, make):
    make.cv_head(maja.owner_id, name="Maja")
    page = maja.browser.get("/my/cv")
    assert "Your languages" in page.words
    assert "An employer who wants to meet you usually rings" in page.words
    assert "%" not in page.soup.main.get_text()


def test_each_piece_of_advice_leads_to_the_part_it_is_about(maja, make):
    make.cv_head(maja.owner_id, name="Maja")
    advice = maja.browser.get("/my/cv").all("cv-check")
    doors = {check.h3.text: check.a["href"] for check in advice if check.a}
    assert doors["The job you go for"] == "/my/cv/head"
    assert doors["Your languages"] == "/my/cv/sections/languages"
    assert all(maja.browser.get(href).status_code == 200 for href in doors.values())


def test_page_costs_few_queries_however_long_the_cv_is(app, maja, make):
    make.cv_job(maja.owner_id)
    with counted_queries(app) as few:
        maja.browser.get("/my/cv")
    for number in range(12):
        make.cv_job(maja.owner_id, title=f"Job {number}", started=f"20{number + 10}")
    with counted_queries(app) as many:
        maja.browser.get("/my/cv")
    assert len(few) == len(many) <= 9

"""Whose CV: a draft without log-in, a visitor before graduation, a citizen, her helper; two at
once.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from jobunivers.applications import services as letters
from jobunivers.cv import queries, services
from jobunivers.goals import services as goals
from jobunivers.identity import access
from jobunivers.interviews import services as interviews
from jobunivers.planner import services as planner
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Stale
from tests.support.make_artefacts import cv_version

PAGES = (
    "/my/cv",
    "/my/cv/head",
    "/my/cv/profile",
    "/my/cv/sections/experience",
    "/my/letters",
    "/my/interviews",
    "/my/interviews/gap",
    "/my/goals",
    "/my/planner",
)


@pytest.fixture
def draft_browser(app, make, client):
    """A browser that points at a draft."""
    client.owner_id = make.draft()
    with app.test_request_context("/"):
        client.http.set_cookie(
            access.DRAFT_COOKIE, access._serializer().dumps(str(client.owner_id))
        )
    return client


def version(page):
    return page.soup.select_one('main input[name="version"]')["value"]


def write_profile(browser, text):
    return browser.post(
        "/my/cv/profile", {"profile": text, "version": version(browser.get("/my/cv/profile"))}
    )


def profile(app, owner_id):
    with app.app_context():
        return queries.content_of(queries.find_cv(owner_id)).profile


@pytest.mark.parametrize("path", PAGES)
def test_a_draft_without_log_in_sees_all_its_pages(draft_browser, path):
    draft_browser.get(path)


def test_a_draft_writes_into_its_own_cv(app, draft_browser):
    write_profile(draft_browser, "From the library.")
    assert profile(app, draft_browser.owner_id) == "From the library."


def test_a_visitor_account_gets_an_owner_with_the_first_word(app, make, client_of):
    visitor = make.staff()  # a log-in without grants and without a citizen is a visitor account
    browser = client_of(visitor.id)
    for path in PAGES:
        browser.get(path)
    write_profile(browser, "Before graduation.")
    assert "Before graduation." in browser.get("/my/cv").words


@pytest.mark.parametrize("path", PAGES)
def test_pages_read_in_danish_and_ukrainian_too(make, client_of, path):
    for code in ("da", "uk"):
        client_of(make.citizen(locale=code).user, locale=code).get(path)


def test_two_at_once_make_one_cv_and_only_one_passes_the_version(app, make):
    owner_id = make.citizen().owner_id
    version_before = cv_version({"profile": ""})

    def save(number):
        with app.app_context():
            try:
                with write():
                    services.change_profile(
                        owner_id,
                        {"profile": f"Window {number}"},
                        version=version_before,
                        now=clock.now(),
                    )
            except Stale:
                return "refused"
        return "saved"

    with ThreadPoolExecutor(6) as windows:
        results = list(windows.map(save, range(6)))
    assert sorted(results) == ["refused"] * 5 + ["saved"]
    assert profile(app, owner_id).startswith("Window ")


def test_everything_she_keeps_is_on_the_page_about_her_data(make, client_of):
    maja = make.citizen()
    make.cv_head(maja.owner_id, title="Cook")
    make.keep(letters.start_letter, maja.owner_id, now=clock.now(), job_title="Baker")
    make.keep(interviews.keep_answer, maja.owner_id, "gap", "I learned Danish.", now=clock.now())
    make.keep(goals.keep_track, maja.owner_id, "near", ["Butcher"])
    make.keep(planner.add_entry, maja.owner_id, "tasks", what="Ring the canteen")
    words = client_of(maja.user).get("/my/data").words
    for kept in ("Cook", "Baker", "I learned Danish.", "Butcher", "Ring the canteen"):
        assert kept in words

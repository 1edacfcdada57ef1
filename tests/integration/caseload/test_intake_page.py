"""A coordinator takes in a file in the browser: sees every line first, and nothing is saved before."""

import io
from datetime import timedelta

import pytest

from jobunivers.caseload import intake_views, queries
from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.shared import clock, vault
from tests.unit.shared.test_tables import workbook


def day():
    """A day three weeks ago, as Danes write it."""
    return f"{clock.today() - timedelta(days=20):%d-%m-%Y}"


def good():
    return f"cpr;navn;målgruppe;ledig fra\n010190-1234;Maja Demo;insured;{day()}\n"


def bad():
    return good() + f"010190-9999;Ole Demo;kings;{day()}\n"


@pytest.fixture
def coordinator(make, client_of):
    return client_of(make.staff("coordinator", team_id=make.team()))


def show(browser, data, status=200):
    data = data if isinstance(data, bytes) else data.encode()
    return browser.post("/coordinator/intake", {"file": (io.BytesIO(data), "a.csv")}, status=status)


def take_in(browser, page, status=303, **more):
    sealed = page.soup.select_one('input[name="file"]')["value"]
    return browser.post("/coordinator/intake/take-in", {"file": sealed, **more}, status=status)


def people(app):
    with app.app_context():
        return [one.name for one in db.session.query(Citizen).order_by(Citizen.name_key)]


def test_every_line_is_shown_before_anything_is_saved(app, coordinator):
    page = show(coordinator, good())
    assert "1 line can be taken in." in page.words and people(app) == []
    assert "Maja Demo" in page.one("intake-line").get_text()
    take_in(coordinator, page)
    assert people(app) == ["Maja Demo"]
    assert "Taken in: 1 new" in coordinator.get("/coordinator/intake").words


def test_no_cpr_number_stands_in_the_page(app, coordinator):
    page = show(coordinator, good())
    assert "010190" not in page.text and "1234" not in page.soup.get_text()
    with app.app_context():
        assert "010190" not in vault.unseal(
            page.soup.select_one('input[name="file"]')["value"].encode()
        )


def test_a_line_with_a_mistake_stands_first_and_stops_the_rest_until_it_is_left_out(
    app, coordinator
):
    page = show(coordinator, bad())
    assert "Target group is not a target group of the municipality" in page.words
    assert page.soup.select('[data-test="intake-line"] th')[0].get_text() == "3"
    again = take_in(coordinator, page, status=422)
    assert people(app) == []
    take_in(coordinator, again, leave_out="y")
    assert people(app) == ["Maja Demo"]


def test_taking_in_twice_makes_nobody_twice(app, coordinator):
    page = show(coordinator, good())
    take_in(coordinator, page)
    take_in(coordinator, page)
    assert people(app) == ["Maja Demo"]
    assert "1 registered already" in coordinator.get("/coordinator/intake").words


def test_excel_files_come_in_as_they_are(app, coordinator):
    rows = [
        ["cpr", "navn", "målgruppe", "ledig fra"],
        [101901234, "Maja Demo", "insured", day()],
    ]
    page = show(coordinator, workbook(rows))
    assert "CPR number had lost its first zero" in page.words and "XLSX" in page.words
    take_in(coordinator, page)
    with app.app_context():
        assert queries.find_by_fingerprint(vault.fingerprints("0101901234")) is not None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("", "The file is empty."),
        ("navn;cpr\nMaja;0101901234\n", "The file lacks a column: Target group"),
        (b"\xd0\xcf\x11\xe0", "old Excel file"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(coordinator, data, says):
    assert says in show(coordinator, data, status=422).words


def test_what_was_sealed_cannot_be_exchanged(app, coordinator):
    for wrong in ("", "x", "gAAAAAB"):
        answer = coordinator.post("/coordinator/intake/take-in", {"file": wrong}, status=422)
        assert "choose the file again" in answer.words
    assert people(app) == []


@pytest.mark.parametrize("role", ["caseworker", "admin"])
def test_only_coordinators_take_in_files(make, client_of, role):
    client_of(make.staff(role)).get("/coordinator/intake", status=403)


def test_a_file_that_is_too_large_for_the_page_says_so(coordinator, monkeypatch):
    monkeypatch.setattr(intake_views, "LARGEST", 20)
    assert "too large" in show(coordinator, good(), status=422).words

"""Staff find a person by name in any spelling, and by number without a number in any address."""

import pytest

from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.shared import vault
from jobunivers.shared.db import write


@pytest.fixture
def desk(make, client_of):
    staff = make.caseworker()
    browser = client_of(staff)
    browser.person = staff
    return browser


def person(app, make, desk, name, cpr="0101901234", phone="+4520000009"):
    citizen = make.citizen(name=name, caseworker=desk.person)
    with app.app_context(), write():
        row = db.session.get(Citizen, citizen.id)
        row.cpr_fingerprint, row.phone = vault.fingerprint(cpr), phone
    return citizen


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Łukasz Đorđević", "lukasz dordevic"),
        ("Işık Yılmaz", "isik yilmaz"),
        ("Guðmundur Þór", "gudmundur thor"),
        ("Ольга Лук’яненко", "Лукʼяненко"),
        ("Ольга Лукʼяненко", "Лук'яненко"),
        ("Ольга Лук'яненко", "лукяненко"),
    ],
)
def test_a_name_is_found_however_it_is_typed(app, make, desk, name, typed):
    person(app, make, desk, name)
    found = desk.get("/caseworker/citizens", query_string={"name": typed})
    assert name in found.words


@pytest.mark.parametrize(
    "typed",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "010190‑1234",
        "20 00 00 09",
        "+45 20000009",
        "0045 20 00 00 09",
        "\u202a+45 (0)20 00 00 09\u202c",
    ],
)
def test_a_number_leads_to_the_person_in_any_form(app, make, desk, typed):
    citizen = person(app, make, desk, "Maja Demo")
    answer = desk.post("/caseworker/citizens/find", {"number": typed})
    assert answer.location == f"/caseworker/citizens/{citizen.id}"


@pytest.mark.parametrize("typed", ["", "x", "020290-1234", "20 00 00 08", "12"])
def test_a_number_that_nobody_has_leads_back_and_says_so(app, make, desk, typed):
    person(app, make, desk, "Maja Demo")
    assert desk.post("/caseworker/citizens/find", {"number": typed}).location == (
        "/caseworker/citizens"
    )
    assert "Nobody in your teams has that number" in desk.get("/caseworker/citizens").words


def test_a_person_of_another_team_is_nobody(app, make, desk, client_of):
    person(app, make, desk, "Maja Demo")
    curious = client_of(make.caseworker())
    curious.post("/caseworker/citizens/find", {"number": "010190-1234"})
    assert "Nobody in your teams has that number" in curious.get("/caseworker/citizens").words


def test_two_people_with_one_phone_are_not_guessed_between(app, make, desk):
    person(app, make, desk, "Maja Demo")
    person(app, make, desk, "Ole Demo", cpr="0202901234")
    desk.post("/caseworker/citizens/find", {"number": "20 00 00 09"})
    assert "more than one person has it" in desk.get("/caseworker/citizens").words

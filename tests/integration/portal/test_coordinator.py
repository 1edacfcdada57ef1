"""The coordinator sees that nobody is lost."""

from datetime import timedelta

import pytest

from jobunivers.contact.models import Exemption
from jobunivers.identity.types import Grant
from jobunivers.shared import audit, clock


@pytest.fixture
def office(make, client_of):
    return client_of(make.staff(Grant.COORDINATOR))


def test_coordinator_sees_people_without_a_next_contact_by_team(office, make):
    caseworker = make.caseworker()
    make.citizen(caseworker=caseworker, weeks_out_of_work=20)
    page = office.get("/coordinator")
    assert "1 person out of work has no next contact" in page.one("without-contact").text


def test_empty_municipality_is_a_page_too(office):
    office.get("/coordinator")
    assert "No decisions yet" in office.get("/coordinator/screening").words
    assert "Nobody is exempt now" in office.get("/coordinator/exemptions").words


def test_exemption_stands_in_the_own_teams_register_and_is_logged(app, office, make, client_of):
    caseworker = make.caseworker(name="Bo Demo")
    citizen = make.citizen(name="Maja Demo", caseworker=caseworker)
    today = clock.today()
    make.save(
        Exemption(
            citizen_id=citizen.id,
            scope="self_booking",
            reason="Little Danish",
            starts_on=today,
            ends_on=today + timedelta(days=90),
            by_user_id=caseworker.id,
        )
    )
    words = office.get("/coordinator/exemptions").words
    assert "Maja Demo" not in words  # another team's
    lars = make.staff(Grant.COORDINATOR, team_id=caseworker.team_id)
    words = client_of(lars).get("/coordinator/exemptions").words
    assert "Maja Demo" in words
    assert "Little Danish" in words
    assert "Bo Demo" in words
    with app.app_context():
        (look,) = audit.looks_at(citizen.id)
        assert (look.actor_id, look.action, look.purpose) == (lars.id, "list.view", "exemptions")
    assert "1 citizen need not book" in office.get("/coordinator").words


def test_caseworker_alone_does_not_see_it(make, client_of):
    client_of(make.caseworker()).get("/coordinator", status=403)

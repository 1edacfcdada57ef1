"""The demonstration: every persona of the contract, each in her own situation, made once."""

import pytest

from jobunivers.caseload.models import Citizen
from jobunivers.extensions import db
from jobunivers.identity import queries as identity
from jobunivers.seed import demo

CONTRACT = {
    "citizen-da",
    "citizen-uk",
    "citizen-en",
    "graduate-da",
    "citizen-new",
    "citizen-quiet",
    "citizen-paper",
    "caseworker",
    "caseworker-2",
    "adviser",
    "coordinator",
    "admin",
}


@pytest.fixture
def demonstration(app):
    with app.app_context():
        demo.ensure()
    return app


def test_every_persona_of_the_contract_exists_once_and_is_called_demo(demonstration):
    with demonstration.app_context():
        demo.ensure()  # a second time changes nothing
        personas = identity.list_personas()
        assert {persona.persona for persona in personas} == CONTRACT == set(demo.PERSONAS)
        assert all("demo" in persona.name for persona in personas)
        assert all("demo" in citizen.name for citizen in db.session.query(Citizen))


def test_personas_log_in_with_one_tap_and_land_on_a_page(demonstration, client):
    for code in sorted(CONTRACT):
        answer = client.post("/demo/log-in", {"persona": code}, token=False)
        client.locale = {"citizen-uk": "uk", "citizen-en": "en"}.get(code, "da")
        client.get(answer.location, status=303 if answer.location == "/my/meetings" else 200)


def test_each_persona_shows_her_situation(demonstration, client_of):
    def home_of(code, locale):
        with demonstration.app_context():
            user = identity.find_persona(code).id
        return client_of(user, locale=locale).get("/my")

    assert (
        home_of("citizen-da", "da")
        .one("next")
        .select_one("a.button")["href"]
        .startswith("/my/screening/decisions/")
    )
    assert (
        home_of("citizen-uk", "uk")
        .one("next")
        .select_one("a.button")["href"]
        .startswith("/my/meetings/")
    )
    assert "Gerda Skov" in home_of("citizen-paper", "da").words
    assert (
        home_of("citizen-new", "da").one("next").select_one("a.button")["href"] == "/my/screening"
    )


def test_the_desk_of_the_demonstration_is_alive(demonstration, client_of):
    with demonstration.app_context():
        user = identity.find_persona("caseworker").id
    page = client_of(user, locale="da").get("/caseworker")
    assert len(page.all("todays-meeting")) >= 2
    assert page.all("flag")
    assert page.all("task")

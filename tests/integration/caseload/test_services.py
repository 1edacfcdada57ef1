"""Intake, assignment, end of a spell, and who may see whom."""

from datetime import timedelta

import pytest

from jobunivers.caseload import queries, services
from jobunivers.caseload.types import Duplicate, Outcome
from jobunivers.messages.types import Channel
from jobunivers.shared import audit, clock, vault
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, NotFound


def register(**more):
    values = {
        "name": "Maja Demo",
        "started_on": clock.today(),
        "target_group": "insured",
        "now": clock.now(),
        **more,
    }
    with write():
        return services.register_citizen(**values).id


@pytest.fixture
def staffed(make):
    team_id = make.team(groups=("insured",))
    return [make.caseworker(team_id=team_id, name=name) for name in ("Anna", "Bente")]


def test_a_new_citizen_gets_team_caseworker_spell_and_a_letter_when_there_is_no_address(
    staffed, context
):
    citizen_id = register()
    citizen = queries.get_citizen(citizen_id)
    assert queries.caseworker_of(citizen_id) == (staffed[0].id, "Anna")
    assert queries.current_spell(citizen_id).target_group == "insured"
    assert (citizen.team_id, citizen.channel) == (staffed[0].team_id, Channel.LETTER)


def test_the_next_citizen_goes_to_the_colleague_with_fewer(staffed, context):
    register()
    assert queries.caseworker_of(register(name="Ole Demo"))[1] == "Bente"


def test_nobody_is_registered_twice(staffed, context):
    register(cpr="010190-1234", person_uuid="abc")
    with pytest.raises(services.AlreadyKnown) as same_number:
        register(cpr="010190 1234")
    with pytest.raises(services.AlreadyKnown) as same_person:
        register(person_uuid="abc")
    assert (same_number.value.by, same_person.value.by) == (Duplicate.CPR, Duplicate.PERSON_ID)


def test_the_cpr_number_is_stored_sealed(staffed, context):
    citizen = queries.get_citizen(register(cpr="010190-1234"))
    assert b"010190" not in citizen.cpr_sealed
    assert "010190" not in citizen.cpr_fingerprint
    assert vault.unseal(citizen.cpr_sealed) == "0101901234"


def test_a_spell_ends_with_its_outcome_and_nobody_is_the_caseworker_any_more(staffed, context):
    citizen_id = register()
    with write():
        services.end_spell(
            citizen_id,
            outcome=Outcome.JOB,
            ended_on=clock.today(),
            now=clock.now(),
            by_user_id=staffed[0].id,
        )
    assert queries.current_spell(citizen_id) is None
    assert queries.caseworker_of(citizen_id) is None
    assert [event.action for event in audit.looks_at(citizen_id)][0] == "citizen.spell_ended"


def test_a_spell_cannot_end_twice_or_before_it_began(staffed, context):
    citizen_id = register()
    ending = {"outcome": Outcome.JOB, "now": clock.now(), "by_user_id": None}
    with pytest.raises(Conflict), write():
        services.end_spell(citizen_id, ended_on=clock.today() - timedelta(days=1), **ending)
    with write():
        services.end_spell(citizen_id, ended_on=clock.today(), **ending)
    with pytest.raises(Conflict), write():
        services.end_spell(citizen_id, ended_on=clock.today(), **ending)


def test_staff_sees_the_own_caseload_and_the_team_and_nobody_else(make, context):
    mine, colleague_team = make.caseworker(), make.caseworker()
    stand_in = make.caseworker(team_id=mine.team_id)
    citizen = make.citizen(caseworker=mine)
    assert queries.get_citizen_for(mine.id, citizen.id).name == citizen.name
    assert queries.get_citizen_for(stand_in.id, citizen.id).name == citizen.name
    assert (
        queries.is_own_citizen(mine.id, citizen.id),
        queries.is_own_citizen(stand_in.id, citizen.id),
    ) == (True, False)
    with pytest.raises(NotFound):
        queries.get_citizen_for(colleague_team.id, citizen.id)


def test_recipient_carries_what_a_notice_needs(make, context):
    citizen = make.citizen(locale="uk", phone="20 20 20 20")
    recipient = queries.recipient_of(citizen.id)
    assert (recipient.name, recipient.locale, recipient.phone, recipient.channel) == (
        "Maja Demo",
        "uk",
        "20 20 20 20",
        Channel.EMAIL,
    )
    assert recipient.email == citizen.email


def test_the_list_goes_on_after_the_last_name_and_finds_without_accents(make, context):
    mine = make.caseworker()
    for name in ("Åse Demo", "Anna Demo", "Éva Demo"):
        make.citizen(name=name, caseworker=mine)
    first = queries.list_caseload(mine.id, limit=2)
    rest = queries.list_caseload(mine.id, limit=2, after=(first[-1].name_key, first[-1].id))
    assert [row.name for row in first + rest] == ["Anna Demo", "Éva Demo", "Åse Demo"]
    assert [row.name for row in queries.list_caseload(mine.id, search="EVA dem")] == ["Éva Demo"]
    assert queries.count_caseload(mine.id, search="demo") == 3

"""The coordinator's team: who has how many, who is away, and another caseworker for many at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import CitizenChange
from jobunivers.contact.models import Task
from jobunivers.extensions import db
from jobunivers.identity.services import close_staff
from jobunivers.identity.types import Grant
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from jobunivers.shared.db import write

TEAM = "/coordinator/team"


@pytest.fixture
def anne(make):
    return make.caseworker(name="Anne Demo")


@pytest.fixture
def bo(make, anne):
    return make.caseworker(team_id=anne.team_id, name="Bo Demo")


@pytest.fixture
def lead(make, anne, client_of):
    return client_of(make.staff(Grant.COORDINATOR, team_id=anne.team_id, name="Lead Demo"))


def whose(app, *citizens):
    with app.app_context():
        found = caseload.caseworkers_of(one.id for one in citizens)
        return [found.get(one.id) for one in citizens]


def test_many_move_after_a_preview_are_told_and_come_back_within_a_day(app, make, anne, bo, lead):
    maja, ole = make.citizen(caseworker=anne), make.citizen(caseworker=anne, name="Ole Demo")
    task = make.task(maja, anne)
    sent = {"citizen": [str(maja.id), str(ole.id)], "to": str(bo.id)}
    assert len(lead.get(f"{TEAM}/{anne.id}").all("to-move")) == 2
    shown = lead.post(f"{TEAM}/preview", sent, status=200)
    assert [one.text for one in shown.all("moves")] == ["Maja Demo", "Ole Demo"]
    assert whose(app, maja, ole) == [anne.id, anne.id]
    page = lead.post(f"{TEAM}/move", sent)
    assert whose(app, maja, ole) == [bo.id, bo.id]
    with app.app_context():
        assert db.session.get(Task, task).user_id == bo.id
        told = db.session.scalars(sa.select(Message.kind)).all()
        assert told.count("citizen.moved") == 2
        assert db.session.scalars(sa.select(CitizenChange.what)).all().count("caseworker") == 2
    batch = page.location.rpartition("=")[2]
    lead.post(f"{TEAM}/move/{batch}/undo")
    assert whose(app, maja, ole) == [anne.id, anne.id]
    with app.app_context():
        assert db.session.get(Task, task).user_id == anne.id
    lead.post(f"{TEAM}/move/{batch}/undo")  # twice changes nothing
    assert whose(app, maja) == [anne.id]


def test_after_a_day_a_move_is_not_taken_back(app, make, anne, bo, lead):
    maja = make.citizen(caseworker=anne)
    page = lead.post(f"{TEAM}/move", {"citizen": [str(maja.id)], "to": str(bo.id)})
    clock.start_at(clock.now() + timedelta(hours=25))
    lead.log_in(make.staff(Grant.COORDINATOR, team_id=anne.team_id))
    lead.post(f"{TEAM}/move/{page.location.rpartition('=')[2]}/undo")
    assert whose(app, maja) == [bo.id]


def test_citizens_of_somebody_who_left_stand_in_one_list(app, make, anne, bo, lead):
    maja, admin = make.citizen(caseworker=anne), make.staff(Grant.ADMIN)
    assert "Everybody has a caseworker." in lead.get(TEAM).words
    with app.app_context(), write():
        close_staff(anne.id, by_user_id=admin.id, now=clock.now())
    assert [one.text.strip() for one in lead.get(TEAM).all("to-move")] == ["Maja Demo"]
    lead.post(f"{TEAM}/move", {"citizen": [str(maja.id)], "to": str(bo.id)})
    assert lead.get(TEAM).all("to-move") == []


def test_other_teams_are_not_there(app, make, anne, bo, lead):
    far = make.caseworker()
    maja, other = make.citizen(caseworker=anne), make.citizen(caseworker=far)
    lead.get(f"{TEAM}/{far.id}", status=404)
    lead.post(f"{TEAM}/{far.id}/absences", {}, status=404)
    lead.post(f"{TEAM}/move", {"citizen": [str(other.id)], "to": str(bo.id)}, status=404)
    lead.post(f"{TEAM}/move", {"citizen": [str(maja.id)], "to": str(far.id)}, status=404)
    assert whose(app, maja, other) == [anne.id, far.id]


def test_the_coordinator_enters_an_absence_for_a_colleague_and_ends_it(make, anne, bo, lead):
    form = {"first_on": str(clock.today()), "last_on": str(clock.today() + timedelta(days=2))}
    lead.post(f"{TEAM}/{anne.id}/absences", {}, status=422)
    lead.post(f"{TEAM}/{anne.id}/absences", {**form, "reason": "other", "substitute": str(bo.id)})
    assert "Bo Demo stands in" in lead.get(TEAM).words
    [line] = lead.get(f"{TEAM}/{anne.id}").all("absence")
    end = lead.get(f"{TEAM}/{anne.id}").soup.select_one("[data-test=absence] form")["action"]
    assert "Bo Demo" in line.text
    lead.post(end)
    assert "Bo Demo stands in" not in lead.get(TEAM).words

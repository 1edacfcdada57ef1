"""The coordinator's team: who has how many, who is away, and another caseworker for many at once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import Absence, Citizen, CitizenChange, TeamMember
from jobunivers.contact.models import Task
from jobunivers.extensions import db
from jobunivers.identity.services import close_staff
from jobunivers.identity.types import Grant
from jobunivers.messages.models import Message
from jobunivers.shared import audit, clock
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


def given(lead, to, *citizens, **more):
    """The answer to what the preview's form sends."""
    sent = {"citizen": [str(one.id) for one in citizens], "to": str(getattr(to, "id", to)), **more}
    shown = lead.post(f"{TEAM}/preview", sent, status=200)
    plan = [field["value"] for field in shown.soup.select("input[name=plan]")]
    return lead.post(f"{TEAM}/move", {"plan": plan})


def undo(lead):
    return lead.post(lead.get(TEAM).one("made").form["action"])


def test_many_move_after_a_preview_are_told_and_come_back_within_a_day(app, make, anne, bo, lead):
    maja, ole = make.citizen(caseworker=anne), make.citizen(caseworker=anne, name="Ole Demo")
    task = make.task(maja, anne)
    make.booking(maja, anne, clock.now() + timedelta(days=2))
    sent = {"citizen": [str(maja.id), str(ole.id)], "to": str(bo.id)}
    assert len(lead.get(f"{TEAM}/{anne.id}").all("to-move")) == 2
    shown = lead.post(f"{TEAM}/preview", sent, status=200)
    assert [one.th.text.strip() for one in shown.all("moves")] == ["Maja Demo", "Ole Demo"]
    assert "1 booked meeting stays" in shown.one("meetings-stay").text
    assert whose(app, maja, ole) == [anne.id, anne.id]
    given(lead, bo, maja, ole)
    assert whose(app, maja, ole) == [bo.id, bo.id]
    with app.app_context():
        assert db.session.get(Task, task).user_id == bo.id
        told = db.session.scalars(sa.select(Message.kind)).all()
        assert told.count("citizen.moved") == 2
        assert db.session.scalars(sa.select(CitizenChange.what)).all().count("caseworker") == 2
        rows = audit.looks_at(maja.id, roles=("coordinator",))
        assert "citizen.caseworker" in [row.action for row in rows]
    made = lead.get(TEAM).one("made")  # on the page for a day, not only right after
    assert "2 citizens to Bo Demo" in made.text
    undo(lead)
    assert whose(app, maja, ole) == [anne.id, anne.id]
    with app.app_context():
        assert db.session.get(Task, task).user_id == anne.id
    assert lead.get(TEAM).all("made") == []
    lead.post(made.form["action"])  # twice changes nothing
    assert whose(app, maja) == [anne.id]


def test_she_reads_who_it_is_on_her_page_and_the_notice_names_nobody(
    app, make, anne, bo, lead, client_of
):
    maja = make.citizen(caseworker=anne)
    given(lead, bo, maja)
    page = client_of(maja.user).get("/my/messages")
    assert "Your caseworker has changed" in page.words and "Bo Demo" in page.words
    with app.app_context():
        assert db.session.scalar(sa.select(Message.params)) == {"what": "changed"}
    undo(lead)
    assert "Your caseworker is the same as before" in client_of(maja.user).get("/my/messages").words


def test_after_a_day_a_move_is_not_taken_back(app, make, anne, bo, lead):
    maja = make.citizen(caseworker=anne)
    given(lead, bo, maja)
    action = lead.get(TEAM).one("made").form["action"]
    clock.start_at(clock.now() + timedelta(hours=25))
    lead.log_in(make.staff(Grant.COORDINATOR, team_id=anne.team_id))
    assert lead.get(TEAM).all("made") == []
    lead.post(action)
    assert whose(app, maja) == [bo.id]


def test_whom_a_colleague_has_moved_in_the_meantime_stays_there(app, make, anne, bo, lead):
    carl = make.caseworker(team_id=anne.team_id, name="Carl Demo")
    maja, ole = make.citizen(caseworker=anne), make.citizen(caseworker=anne, name="Ole Demo")
    sent = {"citizen": [str(maja.id), str(ole.id)], "to": str(bo.id)}
    shown = lead.post(f"{TEAM}/preview", sent, status=200)
    given(lead, carl, maja)
    page = lead.post(
        f"{TEAM}/move", {"plan": [one["value"] for one in shown.soup.select("input[name=plan]")]}
    )
    assert "1 citizen has got another caseworker in the meantime" in lead.follow(page).words
    assert whose(app, maja, ole) == [carl.id, bo.id]


def test_everybody_on_a_list_is_spread_over_those_at_work(app, make, anne, bo, lead):
    carl = make.caseworker(team_id=anne.team_id, name="Carl Demo")
    dora = make.caseworker(team_id=anne.team_id, name="Dora Demo")
    people = [make.citizen(caseworker=anne, name=f"Citizen {number}") for number in range(4)]
    form = {"first_on": str(clock.today()), "last_on": str(clock.today()), "reason": "course"}
    lead.post(f"{TEAM}/{dora.id}/absences", {**form, "substitute": ""})
    given(lead, "even", all="1", whose=str(anne.id))
    assert sorted(whose(app, *people), key=str) == sorted([bo.id, bo.id, carl.id, carl.id], key=str)
    undo(lead)
    assert whose(app, *people) == [anne.id] * 4


def test_spreading_keeps_everybody_in_the_own_team_and_out_of_who_spreads(
    app, make, anne, bo, client_of
):
    far = make.caseworker(name="Far Demo")
    both = make.staff(Grant.CASEWORKER, Grant.COORDINATOR, team_id=anne.team_id, name="Lead Demo")
    make.save(TeamMember(team_id=far.team_id, user_id=both.id))
    near = [make.citizen(caseworker=anne, name=f"Near {number}") for number in range(3)]
    desk = client_of(both)
    given(desk, "even", all="1", whose=str(anne.id))
    assert whose(app, *near) == [bo.id] * 3
    alone = make.citizen(caseworker=far, name="Alone Demo")
    given(desk, "even", alone)
    with app.app_context():
        assert caseload.caseworker_of(alone.id)[0] in (anne.id, bo.id)
        assert db.session.get(Citizen, alone.id).team_id == anne.team_id


def test_from_her_page_one_citizen_gets_another_caseworker_after_saying_why(
    app, make, anne, bo, client_of
):
    both = make.staff(Grant.CASEWORKER, Grant.COORDINATOR, team_id=anne.team_id)
    maja = make.citizen(caseworker=anne, name_protected=True)
    desk = client_of(both)
    where = f"{TEAM}/citizens/{maja.id}"
    assert "Maja" not in desk.get(where).words
    page = desk.get(f"/caseworker/citizens/{maja.id}?because=supervision")
    assert page.one("change-caseworker")["href"] == where
    assert "Maja Demo" in desk.get(where).one("to-move").text
    given(desk, bo, maja)
    assert whose(app, maja) == [bo.id]
    ordinary = make.caseworker(team_id=anne.team_id)
    page = client_of(ordinary).get(f"/caseworker/citizens/{maja.id}?because=standing_in")
    assert page.all("change-caseworker") == []


def test_who_is_in_no_team_is_in_the_list_and_comes_to_the_colleagues_team(app, make, bo, lead):
    maja = make.citizen(name="Maja Demo", name_protected=True)
    assert [one.text.strip() for one in lead.get(TEAM).all("to-move")] == ["Maja Demo"]
    task = make.task(maja, make.caseworker())
    given(lead, bo, maja)
    assert whose(app, maja) == [bo.id]
    with app.app_context():
        assert db.session.get(Citizen, maja.id).team_id == bo.team_id
        assert db.session.get(Task, task).user_id == bo.id


def test_load_of_each_colleague_with_overdue_tasks(make, anne, bo, lead):
    maja = make.citizen(caseworker=anne)
    make.task(maja, anne, days=-3)
    make.task(maja, anne, days=3)
    [first, second] = [" ".join(one.text.split()) for one in lead.get(TEAM).all("colleague")]
    assert first.startswith("Anne Demo 1 2 · 1 overdue") and second.startswith("Bo Demo 0 0")


def test_before_an_absence_is_saved_the_meetings_of_those_days_are_shown(
    app, make, anne, bo, lead, client_of
):
    maja = make.citizen(caseworker=anne)
    make.booking(maja, anne, clock.now() + timedelta(days=1))
    day = str(clock.today() + timedelta(days=1))
    query = {"first_on": day, "last_on": day, "reason": "holiday", "substitute": str(bo.id)}
    for screen, where in (
        (lead, f"{TEAM}/{anne.id}/absences/check"),
        (client_of(anne), "/caseworker/calendar/absences/check"),
    ):
        page = screen.get(where, query_string=query)
        assert "1 meeting is on these days" in page.words and "Bo Demo stands in" in page.words
        assert "Maja" not in page.words
        screen.get(where, query_string={"first_on": day}, status=422)
    with app.app_context():
        assert db.session.scalars(sa.select(Absence)).all() == []
    form = page.soup.find("form", class_="actions")
    sent = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    client_of(anne).post(form["action"], sent)
    assert "Bo Demo stands in" in client_of(anne).get("/caseworker/calendar/windows").words


def test_citizens_of_somebody_who_left_stand_in_one_list(app, make, anne, bo, lead):
    maja, admin = make.citizen(caseworker=anne), make.staff(Grant.ADMIN)
    make.booking(maja, anne, clock.now() + timedelta(days=2))
    assert "Everybody has a caseworker." in lead.get(TEAM).words
    with app.app_context(), write():
        close_staff(anne.id, by_user_id=admin.id, now=clock.now())
    assert [one.text.strip() for one in lead.get(TEAM).all("to-move")] == ["Maja Demo"]
    shown = lead.post(f"{TEAM}/preview", {"citizen": [str(maja.id)], "to": str(bo.id)}, status=200)
    assert shown.all("meetings-stay") == []  # it is with somebody who is gone
    given(lead, bo, maja)
    assert lead.get(TEAM).all("to-move") == []
    undo(lead)
    assert whose(app, maja) == [None]


def test_other_teams_are_not_there(app, make, anne, bo, lead):
    far = make.caseworker()
    maja, other = make.citizen(caseworker=anne), make.citizen(caseworker=far)
    lead.get(f"{TEAM}/{far.id}", status=404)
    lead.post(f"{TEAM}/{far.id}/absences", {}, status=404)
    for one, to in ((other, bo), (maja, far)):
        sent = {"citizen": [str(one.id)], "to": str(to.id)}
        lead.post(f"{TEAM}/preview", sent, status=404)
        now = anne if one is maja else far
        lead.post(f"{TEAM}/move", {"plan": [f"{one.id}~{now.id}~{to.id}"]}, status=404)
    lead.post(f"{TEAM}/move", {"plan": ["nonsense"]}, status=404)
    lead.get(f"{TEAM}/citizens/{other.id}", status=404)
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

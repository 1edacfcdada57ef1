"""A colleague is away, or has left: nothing is lost, and nobody reads "with" somebody who is gone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import absence_services
from jobunivers.booking.models import Appointment, OpeningWindow
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload import absence_queries
from jobunivers.caseload import queries as caseload
from jobunivers.caseload.models import Absence, Assignment, CitizenChange
from jobunivers.contact.models import Task
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.identity.services import change_grants, close_staff
from jobunivers.identity.types import Grant
from jobunivers.shared import clock
from jobunivers.shared.db import write

FORM = "/caseworker/calendar/absences"


def at(days=0, hour=10):
    day = clock.now().replace(hour=hour, minute=0, second=0, microsecond=0)
    return day + timedelta(days=days)


@pytest.fixture
def team(make):
    return make.team("North")


@pytest.fixture
def anne(make, team):
    return make.caseworker(team_id=team, name="Anne Demo")


@pytest.fixture
def bo(make, team):
    return make.caseworker(team_id=team, name="Bo Demo")


@pytest.fixture
def maja(make, anne, team):
    return make.citizen(caseworker=anne, name="Maja Demo", phone="20304050")


def away(app, user, *, first=0, days=3, substitute=None, now=None):
    start = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    with app.app_context(), write():
        return absence_services.add_absence(
            user.id,
            starts_at=start + timedelta(days=first),
            ends_at=start + timedelta(days=first + days),
            substitute_id=substitute.id if substitute else None,
            now=now or clock.now(),
        ).id


def tasks(app, what=TaskKind.HOST_AWAY):
    with app.app_context():
        return [
            (task.user_id, task.done_at is None)
            for task in db.session.scalars(sa.select(Task).where(Task.what == what))
        ]


def test_a_meeting_of_an_absent_colleague_is_on_the_substitutes_desk_and_stands(
    app, make, anne, bo, maja, client_of
):
    meeting = make.booking(maja, anne, at(2))
    form = {"first_on": clock.today(), "last_on": clock.today() + timedelta(days=3)}
    more = {"reason": "holiday", "substitute": str(bo.id)}
    for _twice in range(2):
        client_of(anne).post(FORM, {**{k: str(v) for k, v in form.items()}, **more})
    assert tasks(app) == [(bo.id, True)]
    with app.app_context():
        assert db.session.get(Appointment, meeting).status is AppointmentStatus.BOOKED
    desk = client_of(bo).get("/caseworker")
    assert f"/caseworker/calendar/{meeting}/move" in desk.text
    assert "a colleague is away (Anne Demo)" in desk.one("task").text
    windows = client_of(anne).get("/caseworker/calendar/windows").one("absence").text
    assert "Bo Demo stands in" in windows and "Holiday" in windows


def test_her_tasks_and_messages_stand_on_the_substitutes_desk_marked_for_whom(
    app, make, anne, bo, maja, client_of
):
    task = make.task(maja, anne, days=-2)
    client_of(maja.user).post("/my/messages", {"body": "Hello?", "key": "0" * 32})
    assert client_of(bo).get("/caseworker").all("for") == []
    away(app, anne, substitute=bo)
    desk = client_of(bo).get("/caseworker")
    assert [mark.text for mark in desk.all("for")] == ["for Anne Demo"] * 2
    client_of(bo).post(f"/caseworker/lists/tasks/{task}/done")
    with app.app_context():
        assert db.session.get(Task, task).done_at is not None
    client_of(bo).post(f"/caseworker/lists/tasks/{task}/open")
    other = make.caseworker(team_id=make.team("South"))
    client_of(other).post(f"/caseworker/lists/tasks/{task}/done", status=404)


def test_back_early_the_tasks_are_hers_again_and_nobody_need_move_a_meeting(
    app, make, anne, bo, maja, client_of
):
    make.task(maja, anne)
    make.booking(maja, anne, at(2))
    absence = away(app, anne, substitute=bo)
    client_of(anne).post(f"{FORM}/{absence}/remove")
    assert tasks(app) == [(bo.id, False)]
    assert client_of(bo).get("/caseworker").all("for") == []
    with app.app_context():  # that she was away stays true
        assert db.session.get(Absence, absence).ends_at <= clock.now()
    coming = away(app, anne, first=5, substitute=bo)
    client_of(anne).post(f"{FORM}/{coming}/remove")
    with app.app_context():
        assert db.session.get(Absence, coming) is None


def test_a_chain_of_substitutes_ends_at_somebody_who_is_here(app, make, anne, bo, team):
    carl = make.caseworker(team_id=team, name="Carl Demo")

    def who():
        with app.app_context():
            return absence_queries.stand_in_of(anne.id, clock.now())

    assert who() is None
    away(app, anne, substitute=bo)
    assert who() == bo.id
    away(app, bo, substitute=carl)
    assert who() == carl.id
    away(app, carl, substitute=anne)  # a circle, and nobody of the team is here
    assert who() is None
    dora = make.caseworker(team_id=team, name="Dora Demo")
    assert who() == dora.id


def test_a_substitute_who_has_left_is_replaced_by_the_team(app, make, anne, bo, team):
    away(app, anne, substitute=bo)
    carl = make.caseworker(team_id=team, name="Carl Demo")
    admin = make.staff(Grant.ADMIN)
    with app.app_context(), write():
        close_staff(bo.id, by_user_id=admin.id, now=clock.now())
    with app.app_context():
        assert absence_queries.stand_in_of(anne.id, clock.now()) == carl.id
        [line] = absence_queries.list_absences([anne.id], clock.now())
        assert line.substitute is None


def test_an_absence_entered_after_the_day_began_leaves_what_is_over(app, make, anne, bo, maja):
    make.booking(maja, anne, at(1))
    now = at(1, hour=15)  # the meeting is over when she says that she went home
    away(app, anne, first=1, substitute=bo, now=now)
    assert tasks(app) == []


def test_moving_or_cancelling_the_meeting_settles_the_task(app, make, anne, bo, maja, client_of):
    meeting = make.booking(maja, anne, at(2))
    away(app, anne, substitute=bo)
    desk = client_of(bo)
    desk.get(f"/caseworker/calendar/{meeting}?because=standing_in")
    desk.post(f"/caseworker/calendar/{meeting}/cancel", {"why": ""}, status=422)
    desk.post(f"/caseworker/calendar/{meeting}/cancel", {"why": "No time is left"})
    with app.app_context():
        status = db.session.get(Appointment, meeting).status
    assert status is AppointmentStatus.CANCELLED_BY_OFFICE
    assert tasks(app) == [(bo.id, False)]


def test_somebody_who_left_leaves_citizens_times_meetings_and_tasks_to_the_team(
    app, make, anne, bo, maja, client_of
):
    make.windows(anne)
    meeting = make.booking(maja, anne, at(2))
    task = make.task(maja, anne)
    away(app, anne, first=20)
    admin = make.staff(Grant.ADMIN)
    with app.app_context(), write():
        close_staff(anne.id, by_user_id=admin.id, now=clock.now())
    with app.app_context():
        assert caseload.caseworker_of(maja.id) is None
        assert db.session.scalar(sa.select(Assignment)).ended_at is not None
        assert "caseworker_left" in db.session.scalars(sa.select(CitizenChange.what)).all()
        assert db.session.get(Task, task).user_id == bo.id
        assert all(
            w.valid_to <= clock.today() for w in db.session.scalars(sa.select(OpeningWindow))
        )
        assert db.session.scalars(sa.select(Absence)).all() == []
    assert tasks(app, TaskKind.HOST_LEFT) == [(bo.id, True)]
    page = client_of(maja.user).get(f"/my/meetings/{meeting}")
    assert "a colleague of ours" in page.words
    for path in (f"/my/meetings/{meeting}", "/my", "/my/meetings", "/my/messages"):
        assert "Anne" not in client_of(maja.user).get(path).words, path
    assert "Anne Demo" in client_of(maja.user).get("/my/data").words  # the past as it was


def test_who_is_a_caseworker_no_more_leaves_her_citizens_too(app, make, anne, bo, maja):
    admin = make.staff(Grant.ADMIN)
    with app.app_context(), write():
        change_grants(anne.id, [Grant.ADMIN], by_user_id=admin.id, now=clock.now())
    with app.app_context():
        assert caseload.caseworker_of(maja.id) is None


def test_times_of_a_colleague_who_is_away_are_not_offered(app, make, anne, bo, maja, client_of):
    make.windows(anne)
    book = f"/my/meetings/book?need={make.need(maja)}"
    assert client_of(maja.user).get(book).all("slot")
    away(app, anne, days=60)
    assert client_of(maja.user).get(book).all("slot") == []

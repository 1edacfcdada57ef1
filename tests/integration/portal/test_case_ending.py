"""The period out of work ends: meetings, invitations and tasks end with it, and for a day it can be
taken back.
"""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import queries as booking
from jobunivers.booking.models import OccupiedCell
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload import ending_services as endings
from jobunivers.caseload import queries, services
from jobunivers.caseload.models import Citizen
from jobunivers.caseload.types import Outcome
from jobunivers.contact.models import Need, Task
from jobunivers.contact.types import NeedStatus
from jobunivers.extensions import db
from jobunivers.messages import services as messages
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import Delivery, Message, OutboxJob
from jobunivers.messages.types import Channel, JobState
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    return anne


@pytest.fixture
def maja(make, anne):
    return make.citizen(caseworker=anne, phone="20304050")


@pytest.fixture
def desk(client_of, anne):
    return client_of(anne.id)


def form(outcome="job", **more):
    return {"outcome": outcome, "ended_on": clock.today().isoformat(), "confirmed": "1", **more}


def url(citizen):
    return f"/caseworker/citizens/{citizen.id}/end-spell"


def kinds(app):
    with app.app_context():
        return sorted(db.session.scalars(sa.select(Message.kind)))


def status_of(app, meeting):
    with app.app_context():
        return booking.get_meeting_by_id(meeting).status


def test_what_stands_is_shown_before_anything_ends(app, make, anne, maja, desk):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    make.need(maja, "job-broker")
    make.task(maja, anne)
    page = desk.post(url(maja), {"outcome": "job", "ended_on": "2026-11-23"}, status=200)
    assert len(page.all("standing")) == 1
    assert "Meeting with a job broker" in page.words
    assert "1 task about this person is closed." in page.words
    assert status_of(app, meeting) is AppointmentStatus.BOOKED


def test_meetings_are_cancelled_with_a_neutral_word_and_their_times_are_free(
    app, make, anne, maja, desk
):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    need, task = make.need(maja, "job-broker"), make.task(maja, anne)
    desk.post(url(maja), form())
    assert status_of(app, meeting) is AppointmentStatus.CANCELLED_BY_OFFICE
    assert kinds(app) == ["appointment.booked", "appointment.cancelled"]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(OccupiedCell.id))) == 0
        assert db.session.get(Need, need).status is NeedStatus.CLOSED
        assert db.session.get(Task, task).done_at is not None


def test_a_talk_after_the_job_has_begun_may_stand(app, make, anne, maja, desk):
    keep = make.booking(maja, anne, TEN, now=NOW)
    go = make.booking(maja, anne, TEN + timedelta(days=1), now=NOW)
    desk.post(url(maja), form(keep=str(keep)))
    assert status_of(app, keep) is AppointmentStatus.BOOKED
    assert status_of(app, go) is AppointmentStatus.CANCELLED_BY_OFFICE


def test_after_a_death_nothing_is_sent_any_more(app, make, anne, maja, desk):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    desk.post(url(maja), form("death", keep=str(meeting)))
    assert status_of(app, meeting) is AppointmentStatus.CANCELLED_BY_OFFICE
    assert kinds(app) == ["appointment.booked"]
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Delivery.id))) == 0
        waiting = sa.select(OutboxJob.kind).where(OutboxJob.state == JobState.WAITING)
        assert "booking.remind" not in list(db.session.scalars(waiting))
        with write():
            recipient = queries_recipient(maja)
            messages.notify(recipient, "need.invited", {"kind": "follow-up"}, now=NOW, key="later")
        assert db.session.scalar(sa.select(sa.func.count(Delivery.id))) == 0
    worker.run_once(app, NOW + timedelta(days=1))
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(Delivery.id))) == 0


def queries_recipient(citizen):
    return queries.recipient_of(citizen.id)


def test_for_a_day_the_end_is_taken_back(app, make, anne, maja, desk):
    free, taken = (
        make.booking(maja, anne, TEN, now=NOW),
        make.booking(maja, anne, TEN + timedelta(days=1), now=NOW),
    )
    need = make.need(maja, "job-broker")
    desk.post(url(maja), form("death"))
    ole = make.citizen(name="Ole Demo", caseworker=anne)
    make.booking(ole, anne, TEN + timedelta(days=1), now=NOW)
    assert desk.get(url(maja)).one("undo-end")
    desk.post(f"{url(maja)}/undo")
    with app.app_context():
        assert queries.current_spell(maja.id) is not None
        assert queries.caseworker_of(maja.id) == (anne.id, "Anne Demo")
        assert db.session.get(Citizen, maja.id).channel is Channel.EMAIL
        assert db.session.get(Need, need).status is NeedStatus.OPEN
        tasks = db.session.scalars(sa.select(Task.what).where(Task.citizen_id == maja.id))
        assert list(tasks) == ["find_another_time"]
    assert status_of(app, free) is AppointmentStatus.BOOKED
    assert status_of(app, taken) is AppointmentStatus.CANCELLED_BY_OFFICE
    desk.post(f"{url(maja)}/undo", status=409)


def test_after_a_day_it_is_too_late_and_the_case_is_still_found(app, make, anne, maja, desk):
    desk.post(url(maja), form())
    page = desk.get("/caseworker/citizens?who=ended&name=maja")
    assert "Ended Monday 23 November" in page.one("citizen").text
    clock.start_at(NOW + timedelta(days=1, minutes=1))
    assert desk.get(url(maja)).all("undo-end") == []
    with app.app_context(), pytest.raises(Conflict), write():
        endings.undo_end(maja.id, now=clock.now(), by_user_id=anne.id)


def test_the_last_caseworker_finds_somebody_without_a_team(app, make, anne, client_of):
    alone = make.citizen(name="Alma Demo", caseworker=anne)
    with app.app_context(), write():
        db.session.get(Citizen, alone.id).team_id = None
        services.end_spell(
            alone.id,
            outcome=Outcome.JOB,
            ended_on=clock.today(),
            now=clock.now(),
            by_user_id=anne.id,
        )
    assert client_of(anne.id).get("/caseworker/citizens?who=ended").all("citizen")
    client_of(anne.id).get(url(alone))
    stranger = make.caseworker(name="Bo Demo")
    client_of(stranger.id).get(url(alone), status=404)
    client_of(stranger.id).post(f"{url(alone)}/undo", status=404)
    assert client_of(stranger.id).get("/caseworker/citizens?who=ended").all("citizen") == []

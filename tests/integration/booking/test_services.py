"""Booking, moving, cancelling: each outcome of each service, on both engines."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import agenda_services as agenda
from jobunivers.booking import cell_services, queries, services
from jobunivers.booking.models import (
    AgendaPoint,
    Appointment,
    AppointmentHistory,
    OccupiedCell,
    Participant,
)
from jobunivers.booking.types import Actor, AppointmentStatus, Form
from jobunivers.contact import queries as contact
from jobunivers.contact.models import Need, Task
from jobunivers.contact.types import NeedStatus
from jobunivers.extensions import db
from jobunivers.messages.models import Message, OutboxJob
from jobunivers.messages.types import JobState
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict, NotAllowed, NotFound

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)  # 10.00 in Denmark
HERSELF = Actor(None, "citizen")


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    return make.caseworker(name="Anne Demo")


@pytest.fixture
def maja(make, anne):
    return make.citizen(caseworker=anne)


def do(app, service, *args, **more):
    with app.app_context(), write():
        service(*args, **more)


def count(model, *where):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*where))


def test_booking_takes_the_time_of_caseworker_and_citizen_and_meets_the_need(app, make, anne, maja):
    need = make.need(maja)
    make.save(AgendaPoint(owner_id=maja.owner_id, text="Can I take a course?"))
    meeting = make.booking(
        maja, anne, TEN, now=NOW, need_id=need, interpreter_language="uk", has_companion=True
    )
    with app.app_context():
        row = queries.get_meeting(maja.id, meeting)
        assert (row.starts_at, row.ends_at, row.sequence) == (TEN, TEN + timedelta(minutes=75), 0)
        assert [point.text for point in row.points] == ["Can I take a course?"]
        assert (
            count(OccupiedCell, OccupiedCell.resource == f"user:{anne.id}") == 75 // 5 + 1 + 2
        )  # five minutes before, ten after
        assert count(OccupiedCell, OccupiedCell.resource == f"citizen:{maja.id}") == 75 // 5
        assert db.session.get(Need, need).status is NeedStatus.MET
        assert set(db.session.scalars(sa.select(Participant.role))) == {
            "citizen",
            "caseworker",
            "interpreter",
            "companion",
        }
        assert [
            (line.from_status, line.to_status)
            for line in db.session.scalars(sa.select(AppointmentHistory))
        ] == [(None, AppointmentStatus.BOOKED)]
        assert list(db.session.scalars(sa.select(Message.kind))) == ["appointment.booked"]
        assert count(OutboxJob, OutboxJob.kind == services.REMIND) == 2


@pytest.mark.parametrize("minutes", [0, 15, -15, 50, -50])
def test_overlapping_times_of_a_caseworker_are_refused(app, make, anne, maja, minutes):
    make.booking(maja, anne, TEN, now=NOW)
    with pytest.raises(Conflict):
        make.booking(make.citizen(caseworker=anne), anne, TEN + timedelta(minutes=minutes), now=NOW)
    with app.app_context():
        assert count(Appointment) == 1
        assert count(Participant) == 2


def test_times_after_each_other_are_both_booked(app, make, anne, maja):
    first = make.booking(maja, anne, TEN, now=NOW)
    second = make.booking(make.citizen(caseworker=anne), anne, TEN + timedelta(hours=1), now=NOW)
    assert first != second


def test_a_citizen_is_never_in_two_meetings_at_once(make, anne, maja):
    make.booking(maja, anne, TEN, now=NOW)
    with pytest.raises(Conflict):
        make.booking(maja, make.caseworker(), TEN, now=NOW)


def test_rooms_are_taken_one_by_one(make, anne):
    library = {"form": Form.LIBRARY, "location": "main-library", "rooms": 2}
    for _room in range(2):
        make.booking(make.citizen(), make.caseworker(), TEN, now=NOW, **library)
    with pytest.raises(Conflict):
        make.booking(make.citizen(), make.caseworker(), TEN, now=NOW, **library)


def test_the_same_form_sent_twice_books_once(app, make, anne, maja):
    first = make.booking(maja, anne, TEN, now=NOW, request_key="form-1")
    assert make.booking(maja, anne, TEN, now=NOW, request_key="form-1") == first
    with app.app_context():
        assert count(Appointment) == 1
        assert count(Message) == 1


def test_moving_keeps_the_old_time_when_the_new_one_is_taken(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    other = TEN + timedelta(hours=2)
    make.booking(make.citizen(caseworker=anne), anne, other, now=NOW)
    with pytest.raises(Conflict):
        do(app, services.move, meeting, make.choice(anne, other), by=HERSELF, now=NOW)
    with app.app_context():
        row = queries.get_meeting(maja.id, meeting)
        assert (row.starts_at, row.sequence) == (TEN, 0)
        assert (
            count(
                OccupiedCell,
                OccupiedCell.appointment_id == meeting,
                OccupiedCell.resource == f"citizen:{maja.id}",
            )
            == 9
        )


def test_moving_frees_the_old_time_and_tells_her_once(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    new = TEN + timedelta(minutes=15)  # overlaps her own old time
    do(app, services.move, meeting, make.choice(anne, new), by=HERSELF, now=NOW)
    do(app, services.move, meeting, make.choice(anne, new), by=HERSELF, now=NOW)  # sent twice
    make.booking(make.citizen(caseworker=anne), anne, TEN - timedelta(minutes=45), now=NOW)
    with app.app_context():
        row = queries.get_meeting(maja.id, meeting)
        assert (row.starts_at, row.sequence, row.status) == (new, 1, AppointmentStatus.BOOKED)
        moved = db.session.scalars(
            sa.select(AppointmentHistory)
            .where(AppointmentHistory.appointment_id == meeting)
            .order_by(AppointmentHistory.at)
        ).all()
        assert (moved[-1].from_starts_at, moved[-1].to_starts_at) == (TEN, new)
        assert (
            count(Message, Message.citizen_id == maja.id, Message.kind == "appointment.moved") == 1
        )
        reminders = db.session.scalars(
            sa.select(OutboxJob).where(
                OutboxJob.kind == services.REMIND, OutboxJob.subject_key == f"appointment:{meeting}"
            )
        )
        assert (
            sorted(job.state for job in reminders)
            == [JobState.CANCELLED] * 2 + [JobState.WAITING] * 2
        )


def test_cancelling_frees_the_time_reopens_the_need_and_keeps_her_points(app, make, anne, maja):
    need = make.need(maja, days=1)
    meeting = make.booking(maja, anne, TEN, now=NOW, need_id=need)
    with app.app_context(), write():
        agenda.add_point(maja.owner_id, "My question", appointment_id=meeting)
    do(app, services.cancel, meeting, by=HERSELF, now=NOW, why="ill")
    do(app, services.cancel, meeting, by=HERSELF, now=NOW)  # twice changes nothing
    with app.app_context():
        row = queries.get_meeting(maja.id, meeting)
        assert (row.status, row.sequence) == (AppointmentStatus.CANCELLED_BY_CITIZEN, 1)
        assert count(OccupiedCell) == 0
        [again] = contact.list_open_needs(maja.id)
        assert (again.deadline_on - clock.today()).days >= 8
        assert [point.text for point in queries.list_waiting_points(maja.owner_id)] == [
            "My question"
        ]
        assert (
            count(OutboxJob, OutboxJob.kind == services.REMIND, OutboxJob.state == JobState.WAITING)
            == 0
        )
        assert count(Message, Message.kind == "appointment.cancelled") == 1


def test_a_cancelled_meeting_cannot_be_moved(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    do(app, services.cancel, meeting, by=Actor(anne.id, "caseworker"), now=NOW)
    with pytest.raises(Conflict):
        do(
            app,
            services.move,
            meeting,
            make.choice(anne, TEN + timedelta(days=1)),
            by=HERSELF,
            now=NOW,
        )
    with app.app_context():
        assert queries.get_meeting(maja.id, meeting).status is AppointmentStatus.CANCELLED_BY_OFFICE


def test_nobody_cancels_what_has_begun(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    with pytest.raises(NotAllowed):
        do(app, services.cancel, meeting, by=HERSELF, now=TEN)


def test_missed_puts_a_call_on_the_list_and_has_no_other_consequence(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW, need_id=make.need(maja))
    with pytest.raises(NotAllowed):
        do(
            app,
            services.record_outcome,
            meeting,
            AppointmentStatus.MISSED,
            by=Actor(anne.id, "caseworker"),
            now=NOW,
        )
    do(
        app,
        services.record_outcome,
        meeting,
        AppointmentStatus.MISSED,
        by=Actor(anne.id, "caseworker"),
        now=TEN,
    )
    with app.app_context():
        [task] = contact.list_tasks(anne.id)
        assert (task.what, task.citizen_name) == ("missed_meeting", "Maja Demo")
        assert count(Message, Message.kind != "appointment.booked") == 0
        assert count(Task) == 1


def test_somebody_elses_meeting_is_not_found(app, make, anne, maja):
    meeting = make.booking(maja, anne, TEN, now=NOW)
    with app.app_context():
        for ask in (
            lambda: queries.get_meeting(make.citizen().id, meeting),
            lambda: queries.get_meeting_for(make.caseworker().id, meeting),
        ):
            with pytest.raises(NotFound):
                ask()
        assert queries.get_meeting_for(anne.id, meeting).citizen_name == "Maja Demo"
        assert [line.id for line in queries.list_todays_appointments(anne.id, TEN.date())] == [
            meeting
        ]
        assert queries.find_next_appointment(maja.id, NOW).id == meeting


def test_cells_of_the_past_are_forgotten_and_those_of_the_future_kept(app, make, anne, maja):
    make.booking(maja, anne, TEN, now=NOW)
    make.booking(maja, anne, TEN + timedelta(days=7), now=NOW)
    with app.app_context(), write():
        assert cell_services.forget_past_cells(TEN + timedelta(days=3)) > 0
    with app.app_context():
        assert count(OccupiedCell) == 9 + 1 + 2 + 9


def test_everything_known_can_be_taken_along(app, make, anne, maja):
    import json

    make.booking(maja, anne, TEN, now=NOW, need_id=make.need(maja))
    with app.app_context():
        told = json.dumps(
            [
                queries.everything_about_citizen(maja.id),
                queries.everything_about_owner(maja.owner_id),
                contact.everything_about_citizen(maja.id),
            ]
        )
    assert "first-meeting" in told and "2026-11-26T09:00:00+00:00" in told

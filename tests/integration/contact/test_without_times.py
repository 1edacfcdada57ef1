"""An invitation is sent only when there is something to book; else it is the team's task."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.caseload.models import Absence
from jobunivers.contact import jobs, list_queries, queries, services
from jobunivers.contact.models import Need, Task
from jobunivers.extensions import db
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from jobunivers.shared.db import write

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def anne(app, make):
    """A caseworker who offers no time."""
    clock.start_at(NOW)
    return make.caseworker(name="Anne Demo")


def night(app, now=NOW):
    with app.app_context():
        return jobs.apply_to_everybody(now)


def invited(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(Message.kind)))


def to_do(app, anne):
    with app.app_context():
        return [(task.what, task.due_on) for task in queries.list_tasks(anne.id)]


def one_need(app):
    with app.app_context():
        return db.session.scalars(sa.select(Need)).one()


def test_without_times_the_team_is_asked_and_she_is_not(app, make, anne):
    make.citizen(caseworker=anne, weeks_out_of_work=12)
    first = night(app)
    assert (first.invited, first.without_times, first.tasks) == (0, 1, 1)
    assert invited(app) == []
    assert to_do(app, anne) == [("no_slot_found", date(2026, 11, 24))]
    assert one_need(app).invited_at is None
    second = night(app)
    assert (second.invited, second.without_times, second.tasks) == (0, 0, 0)


def test_she_reads_that_somebody_calls_and_no_last_day(app, make, anne, client_of):
    maja = make.citizen(caseworker=anne, weeks_out_of_work=12)
    night(app)
    phone = client_of(maja.user)
    assert "You need not do anything. One of us calls you" in phone.get("/my").text
    assert phone.get("/my/meetings").all("deadline") == []


def test_when_times_come_she_is_invited_with_eight_days_and_the_task_is_done(app, make, anne):
    make.citizen(caseworker=anne, weeks_out_of_work=12)
    night(app)
    make.windows(anne)
    later = NOW + timedelta(days=30)
    clock.start_at(later)
    assert night(app, later).invited == 1
    assert invited(app) == ["need.invited"]
    assert to_do(app, anne) == []
    assert one_need(app).deadline_on >= clock.danish_day(later) + timedelta(days=8)
    assert night(app, later).invited == 0


def test_a_task_done_without_a_time_comes_again_and_nobody_is_lost(app, make, anne):
    make.citizen(caseworker=anne, weeks_out_of_work=12)
    night(app)
    with app.app_context(), write():
        db.session.execute(sa.update(Task).values(done_at=NOW))
    with app.app_context():
        assert list_queries.count_without_next_contact(today=clock.today()) == 1
    tomorrow = NOW + timedelta(days=1)
    clock.start_at(tomorrow)
    assert night(app, tomorrow).tasks == 1
    assert to_do(app, anne) == [("no_slot_found", date(2026, 11, 25))]


def test_a_colleague_s_time_is_enough(app, make, anne):
    make.citizen(caseworker=anne, weeks_out_of_work=12)
    make.windows(make.caseworker(name="Bo Demo", team_id=anne.team_id))
    assert night(app).invited == 1


def test_times_before_her_first_day_or_after_her_last_are_none(app, make, anne):
    make.windows(anne, valid_from=date(2027, 3, 1))
    maja = make.citizen(caseworker=anne)
    with app.app_context(), write():
        need = services.open_need(maja.id, "first-meeting", reason="staff", now=NOW)
        assert need.invited_at is None
    assert invited(app) == []
    assert [what for what, _day in to_do(app, anne)] == ["no_slot_found"]


def test_days_away_are_no_times(app, make, anne):
    make.windows(anne)
    make.save(Absence(user_id=anne.id, starts_at=NOW, ends_at=NOW + timedelta(days=120)))
    make.citizen(caseworker=anne, weeks_out_of_work=12)
    assert (night(app).invited, invited(app)) == (0, [])


def test_a_night_asks_as_often_for_many_as_for_few(app, make, anne):
    """Citizens of one caseworker share a look."""
    make.windows(anne)

    def statements(number):
        for index in range(number):
            make.citizen(name=f"N {number} {index}", caseworker=anne, log_in=False)
        seen = []
        with app.app_context():
            sa.event.listen(db.engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
            jobs.apply_to_everybody(NOW)
        return len([text for text in seen if "opening_window" in text])

    assert statements(3) == statements(20) == 1

"""Needs, tasks, and the list of people without a next contact."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking import services as booking
from jobunivers.booking.types import Actor, AppointmentStatus, Form
from jobunivers.contact import jobs, list_queries, queries, services, task_services
from jobunivers.contact.models import Exemption, Need, Task
from jobunivers.contact.types import NeedStatus
from jobunivers.extensions import db
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import NotFound

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def anne(app, make):
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    return anne


def without(app):
    with app.app_context():
        lines = list_queries.without_next_contact(today=clock.today(), now=clock.now())
        assert len(lines) == list_queries.count_without_next_contact(today=clock.today())
        return [line.name for line in lines]


def night(app, now=NOW):
    with app.app_context():
        return jobs.apply_to_everybody(now)


def test_the_night_gives_everybody_a_next_contact_and_a_second_night_changes_nothing(
    app, make, anne
):
    for weeks, group in (
        (0, "insured"),
        (12, "insured"),
        (30, "cash-benefit-ready"),
        (3, "displaced-ukrainian"),
        (5, "no-rule-for-these"),
    ):
        make.citizen(
            name=f"{group} {weeks}",
            caseworker=anne,
            weeks_out_of_work=weeks,
            target_group=group,
            log_in=False,
        )
    assert len(without(app)) == 5
    first = night(app)
    assert (first.looked_at, first.invited, first.tasks) == (
        5,
        4,
        1,
    )  # no rule for the last one: a task
    assert without(app) == []
    second = night(app)
    assert (second.invited, second.tasks) == (0, 0)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Message)) == 4
        [task] = queries.list_tasks(anne.id)
        assert task.what == "no_next_contact"


def test_what_counts_as_next_contact(app, make, anne):
    def citizen(name, **more):
        return make.citizen(name=name, caseworker=anne, log_in=False, **more)

    make.booking(citizen("meeting today"), anne, NOW + timedelta(hours=3))
    make.need(citizen("invitation until today"), days=0)
    make.need(citizen("invitation passed"), days=-1)
    make.task(citizen("task in five working days"), anne, days=7)
    make.task(citizen("task too far away"), anne, days=9)
    make.task(citizen("task overdue"), anne, days=-1)
    held = make.booking(citizen("meeting held"), anne, NOW + timedelta(hours=5))
    with app.app_context(), write():
        booking.record_outcome(
            held,
            AppointmentStatus.HELD,
            by=Actor(anne.id, "caseworker"),
            now=NOW + timedelta(hours=6),
        )
    exempt = citizen("exempt until March")
    make.save(
        Exemption(
            citizen_id=exempt.id,
            scope="talks",
            reason="sick",
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=90),
            by_user_id=anne.id,
        )
    )
    endless = citizen("exempt without end")
    make.save(
        Exemption(
            citizen_id=endless.id,
            scope="talks",
            reason="sick",
            starts_on=clock.today(),
            by_user_id=anne.id,
        )
    )
    assert sorted(without(app)) == [
        "exempt without end",
        "invitation passed",
        "meeting held",
        "task overdue",
        "task too far away",
    ]


def test_the_list_is_cut_to_the_asker_and_paged_by_key(app, make, anne):
    other = make.caseworker()
    for weeks in (9, 7, 5):
        make.citizen(name=f"Week {weeks}", caseworker=anne, weeks_out_of_work=weeks, log_in=False)
    make.citizen(name="Elsewhere", caseworker=other, log_in=False)
    with app.app_context():
        today, now = clock.today(), clock.now()
        first = list_queries.without_next_contact(today=today, now=now, user_id=anne.id, limit=2)
        assert [line.name for line in first] == ["Week 9", "Week 7"]
        rest = list_queries.without_next_contact(
            today=today,
            now=now,
            user_id=anne.id,
            limit=2,
            after=(first[-1].started_on, first[-1].citizen_id),
        )
        assert [line.name for line in rest] == ["Week 5"]
        assert list_queries.count_without_next_contact(today=today, team_ids=[other.team_id]) == 1


def test_a_need_opens_once_by_its_key_and_tells_her_at_once(app, make, anne):
    maja = make.citizen(caseworker=anne)
    with app.app_context(), write():
        first = services.open_need(
            maja.id, "job-broker", reason="offer", now=NOW, by_user_id=anne.id, key="flag:1"
        ).id
        assert (
            services.open_need(maja.id, "job-broker", reason="offer", now=NOW, key="flag:1").id
            == first
        )
    with app.app_context():
        [need] = queries.list_open_needs(maja.id)
        assert (need.kind, need.deadline_on - clock.today()) == ("job-broker", timedelta(days=10))
        assert db.session.scalars(sa.select(Message.kind)).all() == ["need.invited"]


def test_a_missed_meeting_is_asked_for_again(app, make, anne):
    maja = make.citizen(caseworker=anne, weeks_out_of_work=12)
    night(app)
    with app.app_context():
        need_id = queries.list_open_needs(maja.id)[0].id
    meeting = make.booking(maja, anne, NOW + timedelta(days=1), now=NOW, need_id=need_id)
    later = NOW + timedelta(days=2)
    with app.app_context(), write():
        booking.record_outcome(
            meeting, AppointmentStatus.MISSED, by=Actor(anne.id, "caseworker"), now=later
        )
    clock.start_at(later)
    night(app, later)
    with app.app_context():
        [need] = queries.list_open_needs(maja.id)
        assert (need.id, (need.deadline_on - clock.today()).days) == (
            need_id,
            12,
        )  # the tenth day is a Saturday


def test_a_day_that_passed_puts_her_on_a_named_persons_list_and_does_nothing_else(app, make, anne):
    maja = make.citizen(caseworker=anne, weeks_out_of_work=12)
    make.need(maja, days=0, reason="first-talk-insured-2026")
    assert night(app).tasks == 1
    with app.app_context():
        [task] = queries.list_tasks(anne.id)
        assert (task.what, task.due_on) == ("deadline_passed", clock.today() + timedelta(days=1))
        assert queries.list_open_needs(maja.id)[0].deadline_on == clock.today()
    make.booking(maja, anne, NOW + timedelta(days=2), now=NOW, need_id=make.need(maja))
    with app.app_context():
        assert queries.list_tasks(anne.id) == []  # booked: nobody need call


def test_no_task_is_due_on_a_day_when_the_office_is_closed(app, make, anne):
    clock.start_at(datetime(2026, 12, 23, 9, 0, tzinfo=UTC))
    maja = make.citizen(caseworker=anne)
    with app.app_context(), write():
        services.ask_staff(maja.id, what="cancelled_late", now=clock.now())
    with app.app_context():
        assert [task.due_on.isoformat() for task in queries.list_tasks(anne.id)] == [
            "2026-12-28"
        ]  # 24 December is the profile's own


def test_a_citizen_without_caseworker_gets_a_named_person_too(app, make, anne):
    lonely = make.citizen(name="Lonely", target_group="no-rule", log_in=False)
    assert night(app).tasks == 1
    with app.app_context():
        assert [task.citizen_id for task in queries.list_tasks(anne.id)] == [lonely.id]


def test_tasks_are_done_by_their_owner_only(app, make, anne):
    task, other = make.task(make.citizen(caseworker=anne), anne), make.caseworker()
    with app.app_context(), write(), pytest.raises(NotFound):
        task_services.finish_task(task, user_id=other.id, now=NOW)
    for _twice in range(2):
        with app.app_context(), write():
            task_services.finish_task(task, user_id=anne.id, now=NOW)
    with app.app_context():
        assert queries.list_tasks(anne.id) == []
        assert db.session.get(Task, task).done_at == NOW


def test_a_closed_need_says_who_and_why(app, make, anne):
    need = make.need(make.citizen(caseworker=anne))
    with app.app_context(), write():
        services.close_need(need, reason="has a job", now=NOW, by_user_id=anne.id)
    with app.app_context():
        row = db.session.get(Need, need)
        assert (row.status, row.closed_reason, row.closed_at) == (
            NeedStatus.CLOSED,
            "has a job",
            NOW,
        )


def test_lists_of_week_22_and_never_met(app, make, anne):
    long_out = make.citizen(name="Long", caseworker=anne, weeks_out_of_work=23, log_in=False)
    make.citizen(name="Short", caseworker=anne, weeks_out_of_work=3, log_in=False)
    met = make.citizen(name="Met", caseworker=anne, weeks_out_of_work=25, log_in=False)
    meeting = make.booking(
        met, anne, NOW + timedelta(hours=1), now=NOW, kind="week-22", form=Form.VIDEO
    )
    with app.app_context(), write():
        booking.record_outcome(
            meeting,
            AppointmentStatus.HELD,
            by=Actor(anne.id, "caseworker"),
            now=NOW + timedelta(hours=2),
        )
    coming = make.booking(
        long_out, anne, NOW + timedelta(days=1), now=NOW, kind="week-22", form=Form.VIDEO
    )
    assert coming
    with app.app_context():
        today, now = clock.today(), clock.now()
        week_22 = list_queries.list_week_22(today=today, now=now, user_id=anne.id)
        assert [(line.name, line.next_meeting_at) for line in week_22] == [
            ("Long", NOW + timedelta(days=1))
        ]
        assert [
            line.name for line in list_queries.list_never_met(today=today, now=now, user_id=anne.id)
        ] == ["Long", "Short"]


def test_the_office_own_closed_days_are_no_working_days(app, make, anne):
    """24 December is no public holiday; the profile closes it, so no deadline and no call falls on
    it.
    """
    maja = make.citizen(caseworker=anne)
    with app.app_context(), write():
        need = services.open_need(
            maja.id,
            "follow-up",
            reason="offer",
            now=datetime(2026, 12, 14, 9, 0, tzinfo=clock.COPENHAGEN),
        )
        assert need.deadline_on == date(2026, 12, 28)

"""Absences at their edges: longer, shorter, twice, over a closed day, over New Year, over the night
on which the clock is changed.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from jobunivers.booking import absence_services, closing_services, queries, services
from jobunivers.booking.forms import AbsenceForm
from jobunivers.booking.jobs import ask_for_hosts
from jobunivers.caseload import absence_queries
from jobunivers.caseload.models import Absence
from jobunivers.contact.jobs import apply_to_everybody
from jobunivers.contact.models import Task
from jobunivers.contact.types import TaskKind
from jobunivers.extensions import db
from jobunivers.identity.services import close_staff
from jobunivers.identity.types import Grant
from jobunivers.messages import notices
from jobunivers.shared import clock
from jobunivers.shared.db import write

DENMARK = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def anne(make):
    return make.caseworker(name="Anne Demo")


@pytest.fixture
def bo(make, anne):
    return make.caseworker(team_id=anne.team_id, name="Bo Demo")


@pytest.fixture
def maja(make, anne):
    return make.citizen(caseworker=anne, name="Maja Demo", phone="20304050")


def day(ahead):
    return clock.today() + timedelta(days=ahead)


def ten(on):
    return datetime(on.year, on.month, on.day, 10, tzinfo=DENMARK)


def times(app, first, last):
    with app.test_request_context("/"):
        form = AbsenceForm(data={"first_on": first, "last_on": last})
        return form.times()


def away(app, user, first, last, substitute=None, now=None):
    starts_at, ends_at = times(app, first, last)
    with app.app_context(), write():
        return absence_services.add_absence(
            user.id,
            starts_at=starts_at,
            ends_at=ends_at,
            substitute_id=substitute.id if substitute else None,
            now=now or clock.now(),
        ).id


def back(app, absence_id, user, now=None):
    with app.app_context(), write():
        absence_services.end_absence(absence_id, by_user_id=user.id, now=now or clock.now())


def open_tasks(app):
    with app.app_context():
        query = sa.select(Task).where(Task.done_at.is_(None)).order_by(Task.due_on, Task.what)
        return [(task.what, task.user_id, task.due_on) for task in db.session.scalars(query)]


def test_an_absence_that_becomes_longer_asks_for_each_meeting_once(app, make, anne, bo, maja):
    make.booking(maja, anne, ten(day(1)))
    other = make.citizen(caseworker=anne, name="Ole Demo")
    make.booking(other, anne, ten(day(6)))
    first = away(app, anne, day(0), day(3), bo)
    longer = away(app, anne, day(0), day(7), bo)
    assert [what for what, _who, _due in open_tasks(app)] == [TaskKind.HOST_AWAY] * 2
    coming = away(app, anne, day(6), day(6), bo)
    back(app, coming, anne)  # the longer one still covers that day
    assert len(open_tasks(app)) == 2
    back(app, first, anne)  # she is back from all that had begun
    assert open_tasks(app) == []
    with app.app_context():
        assert absence_queries.list_absences([anne.id], clock.now()) == []
        assert db.session.get(Absence, longer).ends_at <= clock.now()


def test_back_early_keeps_what_another_absence_covers(app, make, anne, bo, maja):
    make.booking(maja, anne, ten(day(8)))
    ill = away(app, anne, day(0), day(2), bo)
    away(app, anne, day(7), day(9), bo)
    back(app, ill, anne)
    assert [(what, who) for what, who, _due in open_tasks(app)] == [("host_away", bo.id)]


def test_on_a_closed_day_too_one_new_time_settles_both(app, make, anne, bo, maja, client_of):
    clock.start_at(
        datetime(2026, 11, 24, 10, tzinfo=DENMARK)
    )  # the next day is open until it is closed
    make.windows(bo)
    meeting = make.booking(maja, anne, ten(day(1)))
    admin = make.staff(Grant.ADMIN)
    away(app, anne, day(1), day(1), bo)
    with app.app_context(), write():
        closed = {"first": day(1), "last": day(1), "location": "", "label": "Staff day"}
        closing_services.close(**closed, by_user_id=admin.id, now=clock.now())
    assert sorted(what for what, _who, _due in open_tasks(app)) == ["closed_day", "host_away"]
    desk = client_of(bo)
    where = f"/caseworker/calendar/{meeting}/move"
    page = desk.get(f"{where}?because=standing_in&form=phone")
    slot = page.all("slot")[0]
    assert "Bo Demo" in slot.text  # another colleague is proposed, with her name
    page = desk.get(f"{where}?form=phone&slot={slot['value']}")
    desk.post(where, {"slot": slot["value"], "form": "phone", "phone": "20304050"})
    assert open_tasks(app) == []


def test_over_new_year_the_task_is_due_on_a_working_day_before_the_meeting(
    app, make, anne, bo, maja
):
    clock.start_at(datetime(2026, 12, 30, 14, tzinfo=DENMARK))
    make.booking(maja, anne, ten(date(2027, 1, 4)), now=clock.now())
    away(app, anne, date(2026, 12, 31), date(2027, 1, 5), bo)
    [(what, who, due_on)] = open_tasks(app)
    assert (what, who) == ("host_away", bo.id)
    assert date(2026, 12, 31) <= due_on <= date(2027, 1, 4)


@pytest.mark.parametrize(
    ("first", "hours"), [(date(2027, 3, 28), 23), (date(2027, 10, 31), 25), (date(2027, 3, 27), 24)]
)
def test_a_day_away_is_a_danish_day_also_when_the_clock_is_changed(app, first, hours):
    starts_at, ends_at = times(app, first, first)
    assert (ends_at - starts_at) == timedelta(hours=hours)
    assert starts_at.astimezone(DENMARK).hour == ends_at.astimezone(DENMARK).hour == 0


def test_an_objection_to_her_decision_passes_to_the_substitute(
    app, make, anne, bo, maja, client_of
):
    make.task(maja, anne, what=TaskKind.OBJECTION)
    away(app, anne, day(0), day(3), bo)
    task = client_of(bo).get("/caseworker").one("task").text
    assert "sees a decision differently" in task and "for Anne Demo" in task


def test_what_is_asked_of_her_while_she_is_away_stands_on_the_substitutes_desk(
    app, make, anne, bo, maja, client_of
):
    away(app, anne, day(0), day(3), bo)
    client_of(maja.user).post("/my/messages", {"body": "Hello?", "key": "0" * 32})
    make.task(maja, anne, days=-20)
    desk = client_of(bo).get("/caseworker")
    assert "Maja Demo" in desk.one("task").text and "Maja Demo" in desk.one("unanswered").text
    after = client_of(bo)
    clock.start_at(clock.now() + timedelta(days=4))
    assert "Maja Demo" not in after.get("/caseworker").words


def test_who_is_away_is_not_said_to_call(app, make, anne, bo, maja, client_of):
    need = make.need(maja)
    screen = client_of(maja.user)
    screen.post(f"/my/meetings/needs/{need}/cannot", {})
    assert "Anne Demo calls you" in screen.get("/my/meetings").one("asked").text
    away(app, anne, day(0), day(1), bo)
    assert "A colleague of ours calls you" in screen.get("/my/meetings").one("asked").text


def test_what_nobody_could_take_over_is_somebodys_the_night_after_somebody_came(
    app, make, anne, maja
):
    task, admin = make.task(maja, anne), make.staff(Grant.ADMIN)
    with app.app_context(), write():
        close_staff(anne.id, by_user_id=admin.id, now=clock.now())
    with app.app_context():
        assert db.session.get(Task, task).user_id == anne.id  # there is nobody else
    new = make.caseworker(team_id=anne.team_id, name="New Demo")
    with app.app_context():
        apply_to_everybody(clock.now())
    with app.app_context():
        assert db.session.get(Task, task).user_id == new.id


def test_a_meeting_for_which_nobody_could_be_asked_is_asked_about_at_night_once(
    app, make, anne, maja
):
    make.booking(maja, anne, ten(day(6)))
    away(app, anne, day(5), day(8))  # alone in the team: it stays on her own list
    other = make.caseworker(name="Far Demo")
    ole = make.citizen(caseworker=other, name="Ole Demo")
    meeting = make.booking(ole, other, ten(day(7)))
    save_absence_of_old(make, other, day(6), day(8))
    stands_in = make.caseworker(team_id=other.team_id, name="Near Demo")
    for _night in range(2):
        with app.app_context():
            ask_for_hosts({}, clock.now())
    assert {who for _what, who, _due in open_tasks(app)} == {anne.id, stands_in.id}
    assert len(open_tasks(app)) == 2
    with app.app_context(), write():
        db.session.execute(sa.update(Task).values(done_at=clock.now()))
    with app.app_context():
        ask_for_hosts({}, clock.now())
    assert open_tasks(app) == []  # somebody has said that it is done
    admin = make.staff(Grant.ADMIN)
    with app.app_context(), write():
        close_staff(other.id, by_user_id=admin.id, now=clock.now())
        db.session.execute(sa.delete(Task))
    with app.app_context():
        ask_for_hosts({}, clock.now())
        assert queries.get_meeting_by_id(meeting).host_name == ""
    assert [(what, who) for what, who, _due in open_tasks(app)] == [("host_left", stands_in.id)]


def save_absence_of_old(make, user, first, last):
    """As it was stored before anybody was asked to stand in."""
    make.save(
        Absence(
            user_id=user.id,
            starts_at=ten(first) - timedelta(hours=10),
            ends_at=ten(last) + timedelta(hours=14),
        )
    )


def test_nothing_that_leaves_the_house_names_somebody_who_has_left(
    app, make, anne, bo, maja, client_of
):
    meeting = make.booking(maja, anne, ten(day(3)))
    admin = make.staff(Grant.ADMIN)
    with app.app_context(), write():
        close_staff(anne.id, by_user_id=admin.id, now=clock.now())
    with app.app_context():
        line = queries.get_meeting_by_id(meeting)
        params = {
            "appointment_id": str(meeting),
            "sequence": line.sequence,
            "starts_at": line.starts_at.isoformat(),
            "kind": line.kind,
            "form": line.form.value,
        }
        texts = [
            str(read(kind, params, code))
            for kind in (services.BOOKED, services.MOVED, services.CANCELLED, services.REMINDER)
            for code in ("da", "en", "uk")
            for read in (notices.read, notices.read_on_paper, notices.read_outside)
        ]
        link = f"/m/{queries.link_code_of(meeting)}"
    screen = client_of(maja.user)
    texts.append(screen.http.get(f"/my/meetings/{meeting}.ics").get_data(as_text=True))
    texts.append(screen.http.get(link, follow_redirects=True).get_data(as_text=True))
    assert "BEGIN:VEVENT" in texts[-2]
    assert [text for text in texts if "Anne Demo" in text] == []

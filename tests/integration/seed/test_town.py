"""The demonstration's town: alive at every hour, the same people each time, and quick."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from jobunivers.booking.models import Appointment
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload.models import Citizen
from jobunivers.contact import list_queries
from jobunivers.contact.holiday_rules import holidays_between
from jobunivers.extensions import db
from jobunivers.identity import queries as identity
from jobunivers.identity.models import User
from jobunivers.seed import demo
from jobunivers.shared import clock

MOMENTS = ("2026-12-01T08:10", "2026-12-24T12:10", "2027-03-28T03:10", "2028-02-29T23:55")


def start(app, moment):
    clock.start_at(datetime.fromisoformat(moment).replace(tzinfo=clock.COPENHAGEN))
    with app.app_context():
        demo.ensure(with_town=True)


@pytest.mark.parametrize("moment", MOMENTS)
def test_pages_of_staff_are_alive(app, client_of, moment):
    start(app, moment)
    with app.app_context():
        people = {
            code: identity.find_persona(code).id
            for code in ("caseworker", "caseworker-2", "adviser", "coordinator")
        }
        lost = list_queries.count_without_next_contact(today=clock.today())
        citizens = db.session.scalar(sa.select(sa.func.count()).select_from(Citizen))
        held = db.session.scalar(
            sa.select(sa.func.count())
            .select_from(Appointment)
            .where(Appointment.status == AppointmentStatus.HELD)
        )
    assert citizens == 150
    assert 1 <= lost <= 12
    assert held > 150
    for code in ("caseworker", "caseworker-2", "adviser"):
        page = client_of(people[code], locale="da").get("/caseworker")
        assert page.all("flag")
    overview = client_of(people["coordinator"], locale="da").get("/coordinator")
    assert "Team Havnen" in overview.words
    assert "Team Parken" in overview.words


@pytest.mark.parametrize("moment", MOMENTS)
def test_one_colleague_is_away_with_a_substitute_and_one_has_left(app, client_of, moment):
    start(app, moment)
    with app.app_context():
        people = {code: identity.find_persona(code).id for code in ("caseworker", "coordinator")}
        who_left = db.session.scalars(
            sa.select(Appointment.citizen_id)
            .join(User, User.id == Appointment.caseworker_id)
            .where(User.disabled_at.is_not(None), Appointment.status == AppointmentStatus.BOOKED)
        ).all()
        one = db.session.scalars(sa.select(User).where(User.citizen_id == who_left[0])).one()
        her = (one.id, one.locale)
    team = client_of(people["coordinator"], locale="da").get("/coordinator/team")
    [away] = [row.text for row in team.all("colleague") if "Omar Aziz" in row.text]
    assert away.count("(demo)") == 2  # she, and who stands in
    assert len(team.all("to-move")) == len(who_left) >= 1
    assert "Frank" not in team.words
    desk = client_of(people["caseworker"], locale="da").get("/caseworker")
    assert desk.all("other-times")  # the meeting of the colleague who is away
    screen = client_of(her[0], locale=her[1])
    for page in ("/my", "/my/meetings", "/my/messages"):
        assert "Frank" not in screen.get(page).words


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_meeting_is_on_a_closed_day_or_over_another(app, moment):
    start(app, moment)
    with app.app_context():
        rows = db.session.execute(
            sa.select(Appointment.caseworker_id, Appointment.starts_at, Appointment.status)
        ).all()
    closed = holidays_between(date(2026, 1, 1), date(2028, 12, 31), ("06-05", "12-24", "12-31"))
    days = {clock.danish_day(starts_at) for _host, starts_at, _status in rows}
    assert [day for day in days if day.weekday() > 4 or day in closed] == []
    times = [(host, starts_at) for host, starts_at, _status in rows]
    assert len(times) == len(set(times))
    now = clock.now()
    assert all(
        starts_at + timedelta(hours=1) > now
        for _host, starts_at, status in rows
        if status is AppointmentStatus.BOOKED and clock.danish_day(starts_at) != clock.today()
    )


def test_the_same_people_live_there_every_day(app, databases):
    with app.app_context():
        demo.ensure(with_town=True)
        names = set(db.session.scalars(sa.select(Citizen.name)))
    assert all("(demo)" in name for name in names)
    assert len(names) > 120

"""The synthetic city: reproducible, in proportion, and never poured over real people."""

import sqlalchemy as sa

from jobunivers.booking.models import Appointment, OccupiedCell
from jobunivers.booking.types import AppointmentStatus
from jobunivers.caseload.models import Citizen, Spell
from jobunivers.contact import list_queries
from jobunivers.extensions import db
from jobunivers.seed import city, demo
from jobunivers.shared import clock


def names_and_meetings():
    names = list(db.session.scalars(sa.select(Citizen.name).order_by(Citizen.person_uuid)))
    times = list(
        db.session.scalars(
            sa.select(Appointment.starts_at).order_by(Appointment.starts_at, Appointment.id)
        )
    )
    return names, times


def test_each_citizen_has_three_meetings_and_nobody_two_at_once(context):
    counts = city.make(200, 1, now=clock.now())
    assert (counts["citizen"], counts["appointment"]) == (200, 600)
    same = (
        sa.select(Appointment.caseworker_id)
        .group_by(Appointment.caseworker_id, Appointment.starts_at)
        .having(sa.func.count() > 1)
    )
    assert db.session.scalars(same).all() == []
    coming = (
        sa.select(sa.func.count())
        .select_from(Appointment)
        .where(Appointment.status == AppointmentStatus.BOOKED)
    )
    held_cells = sa.select(sa.func.count(sa.distinct(OccupiedCell.appointment_id)))
    assert db.session.scalar(coming) == db.session.scalar(held_cells) > 0


def test_the_same_seed_gives_the_same_city_and_another_seed_another(app, databases):
    now, seen = clock.now(), []
    for seed in (7, 7, 8):
        url = databases.fresh()
        engine = sa.create_engine(url)
        with app.app_context():
            earlier = db.engines["default"]
            db.engines["default"] = engine
            db.sessionmaker.configure(bind=engine)
            city.make(40, seed, now=now)
            seen.append(names_and_meetings())
            db.session.close()
            db.engines["default"] = earlier
            db.sessionmaker.configure(bind=earlier)
        engine.dispose()
        databases.drop(url)
    assert seen[0] == seen[1] != seen[2]


def test_proportions_are_those_of_a_city(context):
    city.make(400, 1, now=clock.now())
    going_on = db.session.scalar(
        sa.select(sa.func.count()).select_from(Spell).where(Spell.ended_on.is_(None))
    )
    assert 0.3 < going_on / 400 < 0.5
    assert list_queries.count_without_next_contact(today=clock.today()) < going_on * 0.05


def test_a_city_stands_beside_the_demonstration_but_never_over_other_people(app, make):
    with app.app_context():
        demo.ensure()
        assert not city.is_taken()
    make.citizen(name="Maja Jensen")
    with app.app_context():
        assert city.is_taken()

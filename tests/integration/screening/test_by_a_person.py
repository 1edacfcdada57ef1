"""No decision without a person: the database itself refuses it, and the trace outlives the log-in."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.models import User
from jobunivers.migrations import runner
from jobunivers.models import metadata
from jobunivers.screening import flag_services, log_queries, services
from jobunivers.screening import logbook_services as logbook
from jobunivers.screening.models import Flag, Review
from jobunivers.screening.types import Choice
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.make_screening import FAR


@pytest.fixture
def staff(make):
    return make.caseworker(name="Karen Koch")


@pytest.fixture
def maja(make, staff):
    return make.citizen(name="Maja", caseworker=staff)


def decide(app, flag_id, staff, **changed):
    values = {
        "choice": Choice.OFFER_LATER,
        "reason": None,
        "offer_kind": None,
        "note": "",
        "message": "",
        "sees_health": False,
        "seen": 0,
        **changed,
    }
    with app.app_context(), write():
        return flag_services.review_flag(
            flag_id, reviewer_id=staff.id, now=clock.now(), **values
        ).id


def refused(app, statement):
    def change():
        with write() as session:
            session.execute(statement)

    with app.app_context(), pytest.raises(sa.exc.IntegrityError):
        change()


def test_a_flag_without_a_review_cannot_be_decided(app, make, maja):
    flag_id = make.flag(maja)
    change = sa.update(Flag).where(Flag.id == flag_id)
    refused(app, change.values(status="decided"))
    refused(app, change.values(status="decided", decision_id=uuid4()))


def test_the_review_of_another_flag_decides_nothing(app, make, staff, maja):
    other, flag_id = make.flag(maja, rule="citizen_asked"), make.flag(maja)
    review_id = decide(app, other, staff)
    change = sa.update(Flag).where(Flag.id == flag_id)
    refused(app, change.values(status="decided", decision_id=review_id))


def test_a_decided_flag_keeps_its_review_and_the_review_its_person(app, make, staff, maja):
    review_id = decide(app, make.flag(maja), staff)
    change = sa.update(Review).where(Review.id == review_id)
    refused(app, sa.delete(Review).where(Review.id == review_id))
    refused(app, change.values(reviewer_id=None))
    refused(app, change.values(reviewer_id=uuid4()))
    refused(app, sa.delete(User).where(User.id == staff.id))


def test_a_decided_flag_cannot_be_written_at_once_without_its_review(app, make, maja):
    make.flag(maja)
    with app.app_context():
        row = dict(db.session.execute(sa.select(Flag.__table__)).one()._mapping)
    row |= {"id": uuid4(), "status": "decided", "decision_id": uuid4()}
    refused(app, sa.insert(Flag.__table__).values(**row))


def test_who_decided_is_still_named_when_her_log_in_is_deleted(app, make, staff, maja):
    flag_id = make.flag(maja)
    decide(app, flag_id, staff)
    with app.app_context(), write():
        identity.delete_account(staff.id)
    with app.app_context():
        gone = db.session.get_one(User, db.session.scalars(sa.select(Review.reviewer_id)).one())
        assert (gone.name, gone.email, gone.grants) == ("Karen Koch", None, [])
        assert gone.disabled_at is not None


def test_a_log_in_that_decided_nothing_is_deleted_whole(app, make, staff):
    with app.app_context(), write():
        identity.delete_account(staff.id)
    with app.app_context():
        assert db.session.get(User, staff.id) is None


def test_erasing_her_case_takes_flag_and_review_together(app, make, staff, maja):
    decide(app, make.flag(maja), staff)
    with app.app_context():
        with write() as session:
            session.execute(sa.text("DELETE FROM citizen WHERE name = 'Maja'"))
        assert db.session.scalars(sa.select(Review.id)).all() == []


def scored(app, citizen):
    with app.app_context():
        return [e.payload for e in log_queries.events_of(citizen.id) if e.kind == "scored"]


def test_answers_in_the_log_go_with_the_answers_and_the_log_stays_whole(app, make, maja):
    make.screening(maja, FAR)
    assert all(payload["inputs"] for payload in scored(app, maja))
    with app.app_context(), write() as session:
        session.execute(sa.text("DELETE FROM screening"))
        assert logbook.shred(now=clock.now()) == 1
    assert not any({"inputs", "points", "total", "salt"} & set(p) for p in scored(app, maja))
    with app.app_context():
        assert logbook.verify() == []
        with write():
            assert logbook.shred(now=clock.now()) == 0


def test_answers_that_stand_stay_in_the_log(app, make, maja):
    make.screening(maja, FAR)
    with app.app_context(), write():
        assert logbook.shred(now=clock.now()) == 0
    assert all(payload["inputs"] for payload in scored(app, maja))


def test_erasing_her_takes_her_answers_out_of_the_log(app, make, maja):
    make.screening(maja, FAR)
    with app.app_context():
        with write():
            services.erase_citizen(maja.id, now=clock.now())
        assert logbook.verify() == []
        kept = [e.payload for e in log_queries.list_events() if e.kind == "scored"]
        assert kept and not any("inputs" in payload for payload in kept)


def test_the_log_notices_answers_taken_out_by_another_hand(app, make, maja):
    make.screening(maja, FAR)
    with app.app_context():
        with write():
            (event,) = [e for e in log_queries.events_of(maja.id) if e.kind == "scored"]
            event.payload = logbook.without_answers(event.payload)
        assert logbook.verify() != []


def test_the_log_notices_when_what_is_left_is_changed_afterwards(app, make, maja):
    make.screening(maja, FAR)
    with app.app_context():
        with write():
            services.erase_citizen(maja.id, now=clock.now())
        with write():
            (event,) = [e for e in log_queries.list_events() if e.kind == "scored"]
            event.payload = {**event.payload, "screening": "another"}
        assert logbook.verify() != []


@pytest.mark.both_engines
@pytest.mark.own_database
def test_what_stood_before_waits_for_a_person_or_names_a_former_colleague(database_url):
    engine = sa.create_engine(database_url)
    runner.downgrade(engine, "0034")
    now, citizen_id, flags = clock.now(), uuid4(), [uuid4(), uuid4()]
    citizen = metadata.tables["citizen"]
    common = {"created_at": now, "citizen_id": citizen_id, "route": "needs", "rule": "needs"}
    flag = sa.table(
        "flag", *(column._copy() for column in Flag.__table__.c if column.name != "decision_id")
    )
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        who = {"id": citizen_id, "created_at": now, "name": "Maja", "locale": "da"}
        way = {"channel": "sms", "digital_post_exempt": False, "name_protected": False}
        connection.execute(sa.insert(citizen).values(**who, **way))
        for flag_id in flags:
            more = {"params": {}, "wording_version": "1", "status": "decided", "raised_at": now}
            connection.execute(sa.insert(flag).values(id=flag_id, **common, **more))
        words = {"choice": "offer_later", "note": "", "message": "", "decided_at": now}
        review = {"id": uuid4(), "created_at": now, "flag_id": flags[0], **words}
        connection.execute(sa.insert(Review.__table__).values(**review))
    runner.upgrade(engine)
    with engine.connect() as connection:
        found = {row.id: row.status for row in connection.execute(sa.select(Flag.id, Flag.status))}
        assert [found[flag_id].value for flag_id in flags] == ["decided", "open"]
        query = sa.select(User.name, User.disabled_at).join(Review, Review.reviewer_id == User.id)
        name, disabled_at = connection.execute(query).one()
        assert name == "" and disabled_at is not None
    runner.downgrade(engine, "0034")
    engine.dispose()

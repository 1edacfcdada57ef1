"""The first night of the rules in a city that never had them opens very much at once."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from jobunivers.contact import course_queries as courses
from jobunivers.contact import jobs, services
from jobunivers.contact.models import Need
from jobunivers.extensions import db
from jobunivers.messages.models import Delivery, Message, OutboxJob
from jobunivers.messages.types import Channel
from jobunivers.shared import clock
from jobunivers.shared.audit import AuditEvent

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def city(app, make):
    """Five citizens, each reached in another way; the rules have never run."""
    clock.start_at(NOW)
    anne = make.caseworker(name="Anne Demo")
    make.windows(anne)
    ways = {
        "mail": {},
        "sms": {"channel": Channel.SMS, "phone": "12345678"},
        "paper": {"channel": Channel.LETTER, "address": "Demo Street 1"},
    }
    ways |= {
        "nothing": {"channel": Channel.NONE},
        "no mailbox": {"email": None, "address": "Demo Street 2"},
    }
    return {
        name: make.citizen(name=name, caseworker=anne, log_in=False, **more).id
        for name, more in ways.items()
    }


def told(app):
    """(citizens invited, messages, way of each delivery, jobs that send, rows in the log)"""
    with app.app_context():
        needs = list(db.session.scalars(sa.select(Need)))
        ways = {
            row[0]: row[1]
            for row in db.session.execute(
                sa.select(Message.citizen_id, Delivery.channel).join(
                    Delivery, Delivery.message_id == Message.id
                )
            )
        }
        return (
            {need.citizen_id for need in needs},
            db.session.scalar(sa.select(sa.func.count()).select_from(Message)),
            ways,
            db.session.scalar(
                sa.select(sa.func.count())
                .select_from(OutboxJob)
                .where(OutboxJob.kind == "messages.deliver")
            ),
            db.session.scalar(
                sa.select(sa.func.count())
                .select_from(AuditEvent)
                .where(AuditEvent.action == "need.opened")
            ),
        )


def all_told(city):
    ways = {
        city["mail"]: Channel.EMAIL,
        city["sms"]: Channel.SMS,
        city["paper"]: Channel.LETTER,
        city["no mailbox"]: Channel.LETTER,
    }
    return set(city.values()), 5, ways, 2, 5


def test_each_is_told_once_in_her_own_way(app, city):
    with app.app_context():
        jobs.apply_to_everybody(NOW)
    assert told(app) == all_told(city)


def test_a_night_that_is_cut_short_is_finished_by_the_next_one(app, city, monkeypatch):
    monkeypatch.setattr(courses, "BATCH", 2)
    whole, begun = services.apply_rules, []

    def cut_short(*given, **more):
        begun.append(1)
        done = whole(*given, **more)
        if len(begun) == 2:
            raise KeyboardInterrupt
        return done

    monkeypatch.setattr(services, "apply_rules", cut_short)
    with app.app_context(), pytest.raises(KeyboardInterrupt):
        jobs.apply_to_everybody(NOW)
    assert len(told(app)[0]) == 2
    monkeypatch.setattr(services, "apply_rules", whole)
    with app.app_context():
        jobs.apply_to_everybody(NOW)
    assert told(app) == all_told(city)


def test_what_another_worker_opened_in_the_same_second_is_not_opened_twice(app, city, monkeypatch):
    insert = services._insert

    def later(fresh, without, *, now):
        _id, course, new = fresh[0]
        services.open_need(
            course.citizen_id,
            new.kind,
            reason=new.rule,
            now=now,
            deadline_on=new.deadline_on,
            key=new.key,
        )
        insert(fresh, without, now=now)

    monkeypatch.setattr(services, "_insert", later)
    with app.app_context():
        jobs.apply_to_everybody(NOW)
    assert told(app) == all_told(city)

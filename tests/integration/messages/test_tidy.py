"""What the night takes away: nothing that anybody still needs."""

from datetime import UTC, datetime, timedelta

from jobunivers.extensions import db
from jobunivers.identity import services as identity
from jobunivers.identity.models import Owner
from jobunivers.messages import jobs, services
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages.models import Delivery, OutboxJob
from jobunivers.messages.types import Channel, JobState
from jobunivers.shared import clock
from jobunivers.shared.db import write

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def test_finished_jobs_go_after_ninety_days_and_waiting_ones_never(app):
    with app.app_context():
        for days, state in ((91, JobState.DONE), (91, JobState.WAITING), (89, JobState.DONE)):
            with write():
                outbox.enqueue(
                    "test.note", {}, run_at=NOW - timedelta(days=days), key=f"{days}{state}"
                )
                db.session.query(OutboxJob).filter_by(key=f"{days}{state}").update({"state": state})
        jobs.tidy({}, NOW)
        assert sorted(job.key for job in db.session.query(OutboxJob)) == ["89done", "91waiting"]


def test_address_of_a_mail_that_never_left_is_forgotten_but_a_letter_keeps_its_own(app, make):
    citizen = make.citizen()
    clock.start_at(NOW - timedelta(days=8))
    with app.app_context():
        for channel in (Channel.EMAIL, Channel.LETTER):
            with write():
                services.notify(
                    make.recipient(citizen, channel=channel), "test.news", {}, now=clock.now()
                )
        jobs.tidy({}, NOW)
        assert {row.channel: bool(row.address) for row in db.session.query(Delivery)} == {
            Channel.EMAIL: False,
            Channel.LETTER: True,
        }


def test_drafts_nobody_came_back_to_go_when_their_time_is_over(app):
    from jobunivers.identity import jobs as identity_jobs

    with app.app_context():
        with write():
            old, young = (
                identity.start_draft(NOW - timedelta(days=91)).id,
                identity.start_draft(NOW - timedelta(days=89)).id,
            )
        identity_jobs.tidy({}, NOW)
        assert [owner.id for owner in db.session.query(Owner)] == [young] and old != young

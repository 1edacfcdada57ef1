"""The worker: nothing lost, nothing doubled."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from jobunivers.extensions import db
from jobunivers.messages import health_queries as health
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import rules
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import OutboxJob
from jobunivers.messages.types import JobState
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.patience import PATIENCE

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture
def calls(monkeypatch):
    """Handlers of invented jobs; what they were called with."""
    monkeypatch.setattr(outbox, "_kinds", dict(outbox._kinds))
    monkeypatch.setattr(worker, "_periodic", {})
    made = []
    outbox.handles("test.note")(lambda payload, now: made.append(payload["n"]))
    outbox.handles("test.quiet", quiet_at_night=True)(
        lambda payload, now: made.append(payload["n"])
    )

    def break_down(payload, now):
        made.append(payload["n"])
        raise OSError("the address of somebody")

    outbox.handles("test.broken")(break_down)
    return made


def put(app, kind="test.note", n=1, run_at=NOON, **more):
    with app.app_context(), write():
        outbox.enqueue(kind, {"n": n}, run_at=run_at, **more)


def states(app):
    with app.app_context():
        return [
            job.state
            for job in db.session.query(OutboxJob).order_by(OutboxJob.created_at, OutboxJob.id)
        ]


def test_job_is_done_once_and_not_before_its_time(app, calls):
    put(app, run_at=NOON)
    worker.run_once(app, NOON - timedelta(seconds=1))
    assert calls == []
    worker.run_once(app, NOON)
    worker.run_once(app, NOON)
    assert calls == [1] and states(app) == [JobState.DONE]


def test_same_key_is_one_job(app, calls):
    put(app, n=1, key="a")
    put(app, n=2, key="a")
    worker.run_once(app, NOON)
    put(app, n=3, key="a")
    worker.run_once(app, NOON)
    assert calls == [1]


def test_job_written_in_a_transaction_that_failed_never_existed(app, calls):
    def cause_that_fails():
        with app.app_context(), write():
            outbox.enqueue("test.note", {"n": 1}, run_at=NOON)
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, cause_that_fails)
    assert worker.run_once(app, NOON) == 0


def test_jobs_about_a_cancelled_thing_are_not_done_and_can_live_again(app, calls):
    put(app, key="reminder", subject_key="appointment:1")
    put(app, n=2, subject_key="appointment:2")
    with app.app_context(), write():
        assert outbox.cancel_about("appointment:1") == 1
    worker.run_once(app, NOON)
    assert calls == [2]
    put(app, n=3, key="reminder", subject_key="appointment:1")
    worker.run_once(app, NOON)
    assert calls == [2, 3]


def test_job_is_cancelled_when_its_sense_has_passed(app, calls):
    put(app, not_after=NOON + timedelta(hours=1))
    worker.run_once(app, NOON + timedelta(hours=2))
    assert calls == [] and states(app) == [JobState.CANCELLED]


def test_failure_is_tried_again_later_and_says_nothing_personal(app, calls):
    put(app, "test.broken")
    worker.run_once(app, NOON)
    worker.run_once(app, NOON + timedelta(seconds=4))
    assert calls == [1]
    worker.run_once(app, NOON + timedelta(seconds=5))
    assert calls == [1, 1] and states(app) == [JobState.WAITING]
    with app.app_context():
        assert db.session.query(OutboxJob).one().error == "OSError"


def test_job_is_given_up_after_days_and_kept_to_be_seen(app, calls):
    put(app, "test.broken")
    now = NOON
    for _ in range(rules.MAX_ATTEMPTS + 1):
        worker.run_once(app, now)
        now += timedelta(hours=1)
    assert len(calls) == rules.MAX_ATTEMPTS and states(app) == [JobState.FAILED]


def test_unknown_kind_is_kept_for_a_release_that_knows_it(app, calls):
    put(app, "test.from-the-future")
    worker.run_once(app, NOON)
    assert states(app) == [JobState.WAITING]


def test_quiet_job_of_the_night_waits_for_nine(app, calls):
    night = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # 21.00 in Denmark
    put(app, "test.quiet", run_at=night)
    worker.run_once(app, night)
    assert calls == []
    worker.run_once(app, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    assert calls == [1]


def test_job_of_a_dead_worker_is_taken_again_when_its_lease_has_run_out(app, calls, monkeypatch):
    put(app)
    with app.app_context():
        [job] = outbox.claim(NOON)
    assert worker.run_once(app, NOON) == 0  # held by the dead worker
    later = clock.real_now() + outbox.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert worker.run_once(app, NOON) == 1
    assert calls == [1]
    with app.app_context():
        assert not outbox.is_still_mine(job)  # the dead one, should it wake up, may not finish it


def test_lease_of_a_long_job_is_prolonged(app, calls, monkeypatch):
    monkeypatch.setattr(outbox, "LEASE", timedelta(seconds=0.3))
    renewed = threading.Event()
    renew = outbox.renew
    monkeypatch.setattr(outbox, "renew", lambda jobs: (renew(jobs), renewed.set()))
    outbox.handles("test.long")(lambda payload, now: calls.append(renewed.wait(PATIENCE)))
    put(app, "test.long")
    worker.run_once(app, NOON)
    assert calls == [True]


def test_stopped_worker_gives_back_what_it_holds(app, calls):
    stop = threading.Event()
    outbox.handles("test.stop")(lambda payload, now: stop.set())
    put(app, "test.stop", run_at=NOON - timedelta(minutes=1))
    put(app, n=2)
    worker.run_once(app, NOON, stop=stop)
    assert calls == []
    worker.run_once(app, NOON)
    assert calls == [2]


def test_nightly_work_is_planned_once_a_night_however_many_workers_plan(app, calls):
    outbox.handles("test.night")(lambda payload, now: calls.append(payload["turn"]))
    worker.every("test.night", nightly_hour=3)
    evening, night = (
        datetime(2026, 11, 24, 22, 0, tzinfo=UTC),
        datetime(2026, 11, 25, 2, 0, tzinfo=UTC),
    )
    for moment in (
        evening,
        evening,
        night - timedelta(seconds=1),
        night,
        night,
        night + timedelta(hours=9),
    ):
        worker.plan(app, moment)
        worker.run_once(app, moment)
    assert calls == ["2026-11-24", "2026-11-25"]


def test_work_of_every_few_minutes_comes_back(app, calls):
    outbox.handles("test.often")(lambda payload, now: calls.append(payload["turn"]))
    worker.every("test.often", minutes=10)
    for minutes in (0, 1, 9, 10, 25):
        worker.plan(app, NOON + timedelta(minutes=minutes))
        worker.run_once(app, NOON + timedelta(minutes=minutes))
    assert len(calls) == 3


def test_worker_is_seen_only_while_it_breathes(app, monkeypatch):
    with app.app_context():
        assert health.parts()["worker"] == "never seen"
    worker.breathe(app)
    worker.breathe(app)
    with app.app_context():
        assert health.parts() == {"database": "ok", "migrations": "ok", "worker": "ok"}
    later = clock.real_now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    with app.app_context():
        assert health.parts()["worker"] == "not seen for 5 minutes"


def test_endless_worker_stops_when_asked(app, calls):
    stop = threading.Event()
    outbox.handles("test.stop")(lambda payload, now: stop.set())
    put(app, "test.stop", run_at=clock.now())
    thread = threading.Thread(target=worker.run_for_ever, args=(app, stop), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive() and states(app) == [JobState.DONE]

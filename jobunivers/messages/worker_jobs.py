"""The background worker: takes what is due from the outbox, does it, and plans what returns every
few minutes or nights.

`run_once` does what is due now (tests, the simulation); `run_for_ever` lives in a thread of the
demo or in `jobunivers worker`.
"""

import contextlib
import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import sqlalchemy as sa
from flask import Flask, current_app

from jobunivers.extensions import db
from jobunivers.messages import delivery_jobs as delivery
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import rules
from jobunivers.messages.models import WorkerSeen
from jobunivers.messages.outbox_services import Claimed
from jobunivers.messages.types import JobState
from jobunivers.shared import clock
from jobunivers.shared.current import current_profile
from jobunivers.shared.db import insert_of, write
from jobunivers.shared.logs import logger, say

__all__ = ["delivery", "every", "run_for_ever", "run_once"]
POLL_SECONDS = 1.0
SEEN_EVERY = timedelta(seconds=20)
LONGEST_JOB = timedelta(minutes=30)


@dataclass(frozen=True)
class Periodic:
    """A job that returns: every so many minutes, or each night at an hour of the Danish clock."""

    kind: str
    minutes: int | None
    nightly_hour: int | None


_periodic: dict[str, Periodic] = {}


def every(kind: str, *, minutes: int | None = None, nightly_hour: int | None = None) -> None:
    """Plans jobs of `kind` (see `outbox.handles`) for ever: exactly one of `minutes` and
    `nightly_hour` (0-23, best 1 and 3-5).
    """
    if (minutes is None) == (nightly_hour is None):
        raise ValueError("give either minutes or nightly_hour")
    _periodic[kind] = Periodic(kind, minutes, nightly_hour)


def plan(app: Flask, now: datetime) -> None:
    """Writes the current turn of each periodic job into the outbox; its key keeps every turn to
    one, however many workers plan.
    """
    with app.app_context():
        for periodic in _periodic.values():
            turn, run_at = _turn(periodic, now)
            if run_at <= now:
                with write():
                    outbox.enqueue(
                        periodic.kind, {"turn": turn}, run_at=run_at, key=f"{periodic.kind}:{turn}"
                    )


def _turn(periodic: Periodic, now: datetime) -> tuple[str, datetime]:
    if periodic.minutes is not None:
        minute = int(now.timestamp()) // 60 // periodic.minutes * periodic.minutes
        return str(minute), now
    local = clock.local(now)
    return local.date().isoformat(), datetime.combine(
        local.date(), time(periodic.nightly_hour or 0), clock.COPENHAGEN
    ).astimezone(now.tzinfo)


def run_once(
    app: Flask,
    now: datetime | None = None,
    *,
    stop: threading.Event | None = None,
    at_night_too: bool = False,
    pulse: "Pulse | None" = None,
) -> int:
    """Does every job that is due at `now`; returns how many were taken. `at_night_too` ignores
    quiet hours (demo only).
    """
    taken = 0
    while not (stop and stop.is_set()):
        moment = now or clock.now()
        with app.app_context():
            jobs = outbox.claim(moment)
        if not jobs:
            break
        taken += len(jobs)
        with _held(app, jobs):
            for job in jobs:
                if pulse:
                    pulse.beat()
                _do(app, job, moment, stop=stop, at_night_too=at_night_too)
    return taken


def _do(
    app: Flask, job: Claimed, now: datetime, *, stop: threading.Event | None, at_night_too: bool
) -> None:
    with app.app_context():
        if stop and stop.is_set():
            outbox.release(job)
        elif not outbox.is_still_mine(job):
            return
        elif job.attempts > rules.MAX_ATTEMPTS:  # a worker died at the last try
            _give_up(job, InterruptedError(), now)
        elif job.not_after is not None and now > job.not_after:
            outbox.finish(job, JobState.CANCELLED, now)
        else:
            _try(job, now, at_night_too=at_night_too)


def _try(job: Claimed, now: datetime, *, at_night_too: bool) -> None:
    try:
        kind = outbox.find_kind(job.kind)
        if kind is None:
            raise LookupError(job.kind)  # a newer release may know it: kept, tried again
        if kind.is_quiet_at_night and not at_night_too:
            quiet = current_profile().quiet_hours
            at = rules.polite_time(now, quiet, clock.COPENHAGEN, begins_at=job.begins_at)
            if at > now:
                raise outbox.Later(at)
        outbox.run(job, kind, now)
    except outbox.Later as later:
        outbox.postpone(job, later.when(now))
    except Exception as error:
        db.session.rollback()
        fields = {"job": str(job.id), "kind": job.kind, "attempts": job.attempts}
        more = {"fields": fields | {"error": type(error).__name__}}
        logger.warning("job failed", extra=more)
        if outbox.is_last_try(job):
            _give_up(job, error, now)
        else:
            outbox.fail(job, error, now)
    else:
        outbox.finish(job, JobState.DONE, now)


def _give_up(job: Claimed, error: Exception, now: datetime) -> None:
    """The end of a job that never worked: its kind finds another way first."""
    kind = outbox.find_kind(job.kind)
    if kind is not None and kind.given_up is not None:
        kind.given_up(job.payload, now)
    outbox.fail(job, error, now)


@contextlib.contextmanager
def _held(app: Flask, jobs: list[Claimed]) -> Iterator[None]:
    """Prolongs the leases of a batch while it is at work, so that a long nightly job is not taken
    by another worker.
    """
    done = threading.Event()

    def renew() -> None:
        while not done.wait(outbox.LEASE.total_seconds() / 3):
            with app.app_context():
                outbox.renew(jobs)

    thread = threading.Thread(target=renew, daemon=True, name="lease")
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def breathe(app: Flask) -> None:
    """Notes that this worker lives (the machine's time); forgets workers not seen for a day."""
    with app.app_context():
        now = clock.real_now()
        row = insert_of(db.engine.dialect.name)(WorkerSeen).values(
            name=f"{socket.gethostname()}:{os.getpid()}", seen_at=now
        )
        with write() as session:
            session.execute(
                row.on_conflict_do_update(index_elements=["name"], set_={"seen_at": now})
            )
            session.execute(
                sa.delete(WorkerSeen).where(WorkerSeen.seen_at < now - timedelta(days=1))
            )


def run_for_ever(app: Flask, stop: threading.Event) -> None:
    """Works until `stop` is set; a database that is away for a while only makes it wait."""
    with app.app_context():
        say("worker begins", database=current_app.config["SETTINGS"].database_url.split(":")[0])
    pulse = Pulse(app, stop)
    pulse.start()
    planned = None
    while not stop.is_set():
        pulse.beat()
        with _stumbling():
            if planned is None or clock.real_now() - planned > SEEN_EVERY:
                planned = clock.real_now()
                plan(app, clock.now())
            run_once(app, stop=stop, pulse=pulse)
        stop.wait(POLL_SECONDS)
    pulse.join()


@contextlib.contextmanager
def _stumbling() -> Iterator[None]:
    """Whatever goes wrong is noted, and the work goes on."""
    try:
        yield
    except Exception as error:
        logger.exception("worker stumbled", extra={"fields": {"error": type(error).__name__}})


class Pulse(threading.Thread):
    """Breathes beside the work, so that a silent server or a long night's work is not taken for a
    dead worker; holds its breath when the work has not moved for LONGEST_JOB.
    """

    def __init__(self, app: Flask, stop: threading.Event) -> None:
        super().__init__(daemon=True, name="pulse")
        self.app, self.stop, self.moved_at = app, stop, clock.real_now()

    def beat(self) -> None:
        """The work has moved."""
        self.moved_at = clock.real_now()

    def run(self) -> None:
        """Breathes until the worker stops."""
        while not self.stop.is_set():
            if clock.real_now() - self.moved_at < LONGEST_JOB:
                with _stumbling():
                    breathe(self.app)
            self.stop.wait(SEEN_EVERY.total_seconds())

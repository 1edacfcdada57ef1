"""Workers as real processes: they share the work without doing anything twice, and one that is
killed loses nothing.
"""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobunivers.extensions import db
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from jobunivers.messages.models import OutboxJob
from jobunivers.messages.types import JobState
from jobunivers.shared import clock
from jobunivers.shared.db import write
from tests.support.patience import PATIENCE

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.own_database


@pytest.fixture
def start(database_url, tmp_path):
    """start(mode) -> a worker process that waits for `go`; all are ended after the test."""
    begun = []

    def begin(mode="work"):
        command = [
            sys.executable,
            "-m",
            "tests.integration.messages.worker_process",
            database_url,
            str(tmp_path / "done.txt"),
            mode,
        ]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def go(*processes):
    """Lets them begin together, once all are ready."""
    for process in processes:
        assert process.stdout.readline() == "ready\n", process.stderr.read()
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()


def put(app, count):
    with app.app_context(), write():
        for n in range(count):
            outbox.enqueue("test.note", {"n": n}, run_at=NOON)


def done(tmp_path):
    """(process, job) of every line the workers wrote."""
    file = tmp_path / "done.txt"
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def test_four_workers_do_five_hundred_jobs_once_each(app, start, tmp_path):
    put(app, 500)
    workers = [start() for _ in range(4)]
    go(*workers)
    for process in workers:
        assert process.wait(120) == 0, process.stderr.read()
    lines = done(tmp_path)
    assert Counter(job for _process, job in lines) == {str(n): 1 for n in range(500)}
    assert len({process for process, _job in lines}) > 1
    with app.app_context():
        assert (
            db.session.scalar(sa.select(sa.func.count()).where(OutboxJob.state == JobState.DONE))
            == 500
        )


def test_job_of_a_killed_worker_is_done_by_the_next_one(app, start, tmp_path, monkeypatch):
    put(app, 3)
    victim = start("hang")
    go(victim)
    deadline = time.monotonic() + PATIENCE
    while not done(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    victim.kill()
    victim.wait(PATIENCE)
    monkeypatch.setattr(outbox, "_kinds", {**outbox._kinds})
    again = []
    outbox.handles("test.note")(lambda payload, now: again.append(payload["n"]))
    assert worker.run_once(app, NOON) == 0  # its lease still holds
    later = clock.real_now() + outbox.LEASE + timedelta(seconds=1)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    worker.run_once(app, NOON)
    assert sorted(again) == [0, 1, 2]

"""Many hands reach for the same time: exactly one gets it, on both engines; a killed process leaves
nothing half.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from jobunivers.booking import services
from jobunivers.booking.models import Appointment, AppointmentHistory, OccupiedCell, Participant
from jobunivers.booking.types import Actor
from jobunivers.extensions import db
from jobunivers.messages.models import Message
from jobunivers.shared import clock
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from tests.support import race as race_support

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TEN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
THREADS, PROCESSES = 50, 20
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.own_database


def facts(app):
    """How many meetings, notices, histories, and cells that belong to nobody."""
    with app.app_context():
        counts = [
            db.session.scalar(sa.select(sa.func.count()).select_from(model))
            for model in (Appointment, Message, AppointmentHistory)
        ]
        lost = (
            sa.select(sa.func.count())
            .select_from(OccupiedCell)
            .where(OccupiedCell.appointment_id.not_in(sa.select(Appointment.id)))
        )
        return (*counts, db.session.scalar(lost))


def race(deeds):
    """Runs them all at once; the names of what came of each."""
    gate, results = threading.Barrier(len(deeds)), []

    def run(deed):
        gate.wait()
        try:
            deed()
            results.append("won")
        except Exception as error:
            results.append(type(error).__name__)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_fifty_threads_want_one_time_and_one_gets_it(app, make):
    clock.start_at(NOW)
    anne = make.caseworker()
    citizens = [make.citizen(caseworker=anne, log_in=False) for _number in range(THREADS)]
    # Different starts that overlap: a unique (caseworker, start) would not be enough.
    results = race(
        [
            lambda c=c, n=n: make.booking(c, anne, TEN + timedelta(minutes=15 * (n % 2)), now=NOW)
            for n, c in enumerate(citizens)
        ]
    )
    assert (results.count("won"), results.count("Conflict")) == (1, THREADS - 1)
    assert facts(app) == (1, 1, 1, 0)


def test_double_taps_at_the_same_instant_are_one_booking(app, make):
    clock.start_at(NOW)
    anne = make.caseworker()
    maja = make.citizen(caseworker=anne)
    assert (
        race([lambda: make.booking(maja, anne, TEN, now=NOW, request_key="one-form")] * 8)
        == ["won"] * 8
    )
    assert facts(app) == (1, 1, 1, 0)


def test_two_people_moving_into_each_others_time_never_both_lose_it(app, make):
    clock.start_at(NOW)
    anne = make.caseworker()
    times = [TEN, TEN + timedelta(hours=2)]
    meetings = [
        make.booking(make.citizen(caseworker=anne), anne, start, now=NOW) for start in times
    ]

    def move(meeting, start):
        with app.app_context(), write():
            services.move(meeting, make.choice(anne, start), by=Actor(None, "citizen"), now=NOW)

    results = race([lambda: move(meetings[0], times[1]), lambda: move(meetings[1], times[0])])
    assert set(results) <= {"won", "Conflict"}
    with app.app_context():
        rows = db.session.scalars(sa.select(Appointment)).all()
        cells = db.session.scalar(sa.select(sa.func.count()).select_from(OccupiedCell))
        assert len(rows) == 2 and len({row.starts_at for row in rows}) == 2
        assert cells == 2 * (9 + 9 + 1 + 2)


SCRIPT = """
import sys
from datetime import datetime
from uuid import UUID
from jobunivers.app import create_app
from jobunivers.booking import services
from jobunivers.booking.types import Actor, Choice, Form, Slot
from jobunivers.shared.db import write
from jobunivers.shared.errors import Conflict
from tests.support import race as race_support
from tests.conftest import settings_for
from datetime import timedelta

url, citizen, host, when = sys.argv[1:]
start = datetime.fromisoformat(when)
slot = Slot(start, start + timedelta(minutes=45), UUID(host), Form.PHONE, None)
choice = Choice("first-meeting", slot, 5, 10)
app = create_app(settings_for(url))

def stop(*_args, **_more):
    print("cells taken", flush=True)
    sys.stdin.readline()

services._tell = stop
with app.app_context(), write():
    now = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
    services.book(UUID(citizen), choice, by=Actor(None, "citizen"), now=now)
"""


def test_twenty_processes_want_one_time_and_one_gets_it(app, make, database_url):
    anne = make.caseworker()
    citizens = [make.citizen(caseworker=anne, log_in=False) for _number in range(PROCESSES)]
    server = multiprocessing.get_context("forkserver")
    server.set_forkserver_preload(["tests.support.race", "tests.support.race_app"])
    gate, results = server.Barrier(PROCESSES), server.Queue()
    processes = [
        server.Process(
            target=race_support.book,
            args=(database_url, citizen.id, anne.id, TEN, NOW, gate, results),
        )
        for citizen in citizens
    ]
    for process in processes:
        process.start()
    outcomes = Counter(results.get(timeout=180) for _process in processes)
    for process in processes:
        process.join()
    assert outcomes == {"won": 1, "Conflict": PROCESSES - 1}
    assert facts(app) == (1, 1, 1, 0)


def test_a_process_killed_in_the_middle_of_a_booking_leaves_nothing(app, make, database_url):
    anne = make.caseworker()
    arguments = [
        sys.executable,
        "-c",
        SCRIPT,
        database_url,
        str(make.citizen(caseworker=anne, log_in=False).id),
        str(anne.id),
        TEN.isoformat(),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
    )
    assert process.stdout.readline() == "cells taken\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert facts(app) == (0, 0, 0, 0)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OccupiedCell)) == 0
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Participant)) == 0
    other = make.citizen(caseworker=anne)
    make.booking(other, anne, TEN, now=NOW)  # the time is free at once, and no lock is left
    with pytest.raises(Conflict):
        make.booking(make.citizen(), anne, TEN, now=NOW)

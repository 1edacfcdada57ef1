"""A worker of its own process, for tests that let several compete or kill one: python
worker_process.py DATABASE_URL FILE MODE.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from jobunivers.app import create_app
from jobunivers.messages import outbox_services as outbox
from jobunivers.messages import worker_jobs as worker
from tests.conftest import settings_for

url, file, mode = sys.argv[1:]


@outbox.handles("test.note")
def note(payload, now):
    """One line a job, written in one go."""
    with Path(file).open("ab", buffering=0) as out:
        out.write(f"{os.getpid()} {payload['n']}\n".encode())
    if mode == "hang":
        signal.pause()  # until the test kills this process


app = create_app(settings_for(url))
sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()  # all begin together
worker.run_once(app, datetime.fromisoformat("2026-11-24T11:00:00+00:00"))

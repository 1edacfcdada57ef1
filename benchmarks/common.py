"""Shared by the benchmark scripts: a seeded demo application and a way to count CPU per request.

CPU is process time around the WSGI call (median of rounds): the figure to trust on a busy machine.
Run by hand.
"""

import atexit
import secrets
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import EnvironBuilder, run_wsgi_app

from jobunivers.app import create_app
from jobunivers.config import DEMO_DATA_KEY, DEMO_SECRET, Settings
from jobunivers.identity.models import LoginSession
from jobunivers.identity.session_http import token_hash
from jobunivers.identity.types import AuthMethod
from jobunivers.migrations import runner
from jobunivers.seed import demo
from jobunivers.shared import clock
from jobunivers.shared.db import engine_for, write


def scratch_folder() -> Path:
    """A folder that is gone when the script ends."""
    folder = Path(tempfile.mkdtemp(prefix="ju-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def demo_app(url: str | None = None) -> Flask:
    """The application on a fresh SQLite file (or `url`), with the demo data."""
    folder = scratch_folder()
    url = url or f"sqlite:///{folder / 'bench.demo.db'}"
    app = app_on(url, folder)
    with app.app_context():
        demo.ensure()
    return app


def app_on(url: str, folder: Path) -> Flask:
    """The application on that database, made or brought up to date; mails become files in `folder`."""
    engine = engine_for(url)
    runner.upgrade(engine)
    engine.dispose()
    return create_app(
        Settings(
            database_url=url,
            secret_key=DEMO_SECRET,
            data_keys=(DEMO_DATA_KEY,),
            demo=True,
            smtp_url=f"file:{folder / 'mail'}",
        )
    )


def session_of(app: Flask, user_id: UUID) -> str:
    """The session cookie of anybody, stored as if she had just logged in."""
    token, now = secrets.token_urlsafe(32), clock.real_now()
    # Noting the first visit of the day would write; it is not what is measured.
    values = {"noted_on": clock.today().isoformat()}
    row = {
        "token_hash": token_hash(token),
        "user_id": user_id,
        "method": AuthMethod.DEMO,
        "device": "",
        "values": values,
        "seen_at": now,
        "began_at": now,
    }
    with app.app_context(), write() as session:
        session.execute(sa.insert(LoginSession).values(**row))
    return f"ju_session={token}"


def cookie_of(app: Flask, persona: str) -> str:
    """The session cookie of a demo persona."""
    client = app.test_client()
    client.post("/demo/log-in", data={"persona": persona})
    cookie = client.get_cookie("ju_session")
    if cookie is None:
        raise RuntimeError(f"{persona} could not log in")
    return f"ju_session={cookie.value}"


def call(app: Flask, path: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """One request as a phone sends it: status, headers, body as on the wire."""
    environ = EnvironBuilder(
        path=path, headers={"Accept-Encoding": "br", "Accept-Language": "da", **headers}
    ).get_environ()
    chunks, status, answer = run_wsgi_app(app, environ, buffered=True)
    return status, dict(answer), b"".join(chunks)


def cpu_milliseconds(*works: Callable[[], object], rounds: int = 9, each: int = 40) -> list[float]:
    """Median CPU milliseconds of one call of each of them, taken in turn: who shares the machine
    disturbs all alike.
    """
    figures: list[list[float]] = [[] for _work in works]
    for number in range(rounds + 1):
        for work, found in zip(works, figures, strict=True):
            begin = time.process_time()
            for _call in range(each):
                work()
            if number:  # the first round warms up
                found.append((time.process_time() - begin) / each * 1000)
    return [statistics.median(found) for found in figures]

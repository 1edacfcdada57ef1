"""A real browser (headless Chromium) against a real server with a real worker, mail sink and
database.
"""

import os
import threading
import time
from datetime import datetime
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from werkzeug.serving import make_server

from jobunivers.app import create_app
from jobunivers.commands import _browser
from jobunivers.extensions import db
from jobunivers.messages import worker_jobs as worker
from jobunivers.seed import demo
from jobunivers.shared import clock
from tests.conftest import settings_for
from tests.support.patience import PATIENCE, PATIENCE_MS

A_MORNING = datetime(
    2026, 11, 24, 10, 0, tzinfo=clock.COPENHAGEN
)  # mails leave between 9 and 21 only
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
expect.set_options(timeout=PATIENCE_MS)
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = [
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    arguments = {
        **browser_type_launch_args,
        "timeout": PATIENCE_MS,
        "chromium_sandbox": bool(os.environ.get("JU_SANDBOX")),
        "args": quiet,
    }
    if path := _browser.find(_browser.Machine()):
        arguments["executable_path"] = path
    return arguments


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, **PHONE, "locale": "da-DK", "timezone_id": "Europe/Copenhagen"}


@pytest.fixture(scope="session")
def demonstrations(databases):
    """A pool of databases in which the demonstration stands, made once a process."""
    url = databases.fresh()
    app = create_app(settings_for(url, clock_start=A_MORNING))
    with app.app_context():
        demo.ensure()
        _leave(db.engine)
    pool = databases.like(url)
    yield pool
    pool.close_pool()
    databases.drop(url)


def _leave(engine):
    """Closes all connections; what SQLite kept beside the file is in the file."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture
def database(demonstrations):
    """A database of its own, which holds the demonstration."""
    lent = demonstrations.lend()
    yield lent
    demonstrations.give_back(lent)


@pytest.fixture
def site(database_url, tmp_path, free_port):
    """A demo site as `run.py demo` makes it: server, worker, mails as files. `site.url`,
    `site.mail`, `site.app`.
    """
    address = f"http://127.0.0.1:{free_port}"
    app = create_app(
        settings_for(
            database_url,
            smtp_url=f"file:{tmp_path / 'mail'}",
            base_url=address,
            clock_start=A_MORNING,
        )
    )
    app.config["TESTING"] = False  # errors become pages, as for a citizen
    stop = threading.Event()
    server = make_server("127.0.0.1", free_port, app, threaded=True)
    threads = [
        threading.Thread(target=server.serve_forever, daemon=True),
        threading.Thread(target=worker.run_for_ever, args=(app, stop), daemon=True),
    ]
    for thread in threads:
        thread.start()
    yield SimpleNamespace(url=address, mail=tmp_path / "mail", app=app)
    stop.set()
    server.shutdown()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def free_port():
    """A port that is free now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def axe():
    """axe(page) -> fails with the findings of axe-core, WCAG 2.2 AA and best practices."""
    engine = Axe()
    only_faults = {"resultTypes": ["violations"], "reporter": "no-passes"}

    def check(page):
        found = engine.run(page, options=only_faults)
        problems = [
            f"{violation['id']} ({violation['impact']}): {node['html'][:160]}"
            for violation in found.response["violations"]
            for node in violation["nodes"]
        ]
        assert problems == [], f"{page.url}: " + "\n".join(problems)

    return check


@pytest.fixture
def wait_for_mail(site):
    """wait_for_mail(address, content_type) -> the first mail to that address with such a part, as
    the worker sent it.
    """
    import email
    from email import policy

    def wait(address, content_type):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for path in sorted(site.mail.glob("*.eml")) if site.mail.is_dir() else []:
                mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
                if address in mail["To"] and any(
                    part.get_content_type() == content_type for part in mail.walk()
                ):
                    return mail
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address} with {content_type}")

    return wait


@pytest.fixture
def context(new_context):
    """A browser context (the application context of the same name is for tests without a browser)."""
    return new_context()

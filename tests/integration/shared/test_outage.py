"""The database is away or hangs: a kind page, and no token in any log."""

import contextlib
import logging
import threading
from functools import wraps

import pytest
import requests
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from waitress.server import create_server

from jobunivers.commands.serve import SPARE_THREADS
from jobunivers.shared import i18n, logs, outage, patience
from jobunivers.shared.patience import THREADS
from tests.support.bad_servers import SILENT, mail_server
from tests.support.patience import PATIENCE

TOKEN = "secret-token-of-a-link"


@pytest.fixture
def log(monkeypatch):
    """All that any logger writes, as our formatter writes it."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(logs.JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


def away(*_given, **_more):
    raise OperationalError("SELECT", {"token": TOKEN}, Exception(f"no server for {TOKEN}"))


def broken(*_given, **_more):
    raise RuntimeError(f"bad {TOKEN}")


@pytest.fixture
def real(app, monkeypatch):
    """As outside tests: nothing is raised through the application."""
    monkeypatch.setattr(app, "testing", False)
    monkeypatch.setitem(app.config, "TESTING", False)
    return app


PLACES = ("open_session", "view", "save_session", "before", "after")


def break_at(app, monkeypatch, place, how, path):
    if place in ("open_session", "save_session"):
        monkeypatch.setattr(app.session_interface, place, how)
    elif place == "view":
        endpoint, _given = app.url_map.bind("localhost").match(path)
        monkeypatch.setitem(app.view_functions, endpoint, wraps(app.view_functions[endpoint])(how))
    elif place == "before":
        before = app.before_request_funcs[None]
        monkeypatch.setitem(app.before_request_funcs, None, [*before, how])
    else:
        after = app.after_request_funcs[None]
        monkeypatch.setitem(app.after_request_funcs, None, [how, *after])


@pytest.mark.parametrize("how", [away, broken])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "path", [f"/m/{TOKEN}", f"/log-in/staff/password/{TOKEN}", f"/log-in/e-mail/{TOKEN}"]
)
def test_no_token_stands_in_a_log_whatever_fails_and_the_page_is_ours(
    real, monkeypatch, log, path, place, how
):
    break_at(real, monkeypatch, place, how, path)
    answer = real.test_client().get(path, headers={"Accept-Language": "uk"})
    assert TOKEN not in "\n".join(log)
    assert answer.status_code == (503 if how is away else 500)
    assert '<html lang="uk"' in answer.text and "tel:" in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Request-Id"] in answer.text
    assert any(answer.headers["X-Request-Id"] in line for line in log)
    assert ("Retry-After" in answer.headers) is (how is away)


@pytest.mark.parametrize(("code", "words"), [("da", "Vi kan ikke vise"), ("uk", "не можемо")])
def test_somebody_logged_in_reads_it_in_her_language(real, make, monkeypatch, code, words):
    client = real.test_client()
    client.set_cookie(i18n.LANGUAGE_COOKIE, code)
    monkeypatch.setattr(real.session_interface, "open_session", away)
    answer = client.get("/my")
    assert answer.status_code == 503 and words in answer.text


def test_what_a_statement_did_wrong_is_no_outage():
    assert not outage.is_away(sa.exc.IntegrityError("INSERT", {}, Exception()))
    assert outage.is_away(sa.exc.TimeoutError())


def test_every_engine_that_serves_pages_has_an_end_to_its_patience():
    for url in ("sqlite:///x.db", "postgresql+psycopg://h/x"):
        options = patience.options(url)
        assert options["pool_pre_ping"] and options["pool_timeout"] <= 5
    assert options["connect_args"]["connect_timeout"] <= 10
    assert "statement_timeout" in options["connect_args"]["options"]


def test_a_server_that_takes_connections_and_stays_silent_is_given_up(monkeypatch):
    monkeypatch.setattr(patience, "CONNECT_SECONDS", 2)
    with mail_server(greeting=SILENT) as silent:
        port = silent.server_address[1]
        engine = sa.create_engine(**patience.options(f"postgresql+psycopg://x@127.0.0.1:{port}/x"))
        patience.be_impatient(engine)
        with pytest.raises(OperationalError):
            engine.connect()
        engine.dispose()


def test_a_server_that_stops_in_the_middle_is_given_up(pg_url, monkeypatch):
    monkeypatch.setattr(patience, "STATEMENT_SECONDS", 60.0)
    engine = sa.create_engine(**patience.options(pg_url))
    patience.be_impatient(engine)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT 1")) == 1
        monkeypatch.setattr(patience, "SILENCE_SECONDS", 1.0)
        with pytest.raises(OperationalError):
            connection.execute(sa.text("SELECT pg_sleep(30)"))
        monkeypatch.setattr(patience, "SILENCE_SECONDS", 25.0)
    with engine.connect() as connection:  # the next one is a fresh connection
        assert connection.scalar(sa.text("SELECT 1")) == 1
    engine.dispose()


def test_lessons_and_healthz_answer_while_eight_requests_wait_for_a_hung_database(
    real, make, monkeypatch, client_of
):
    """A real server: eight people logged in wait, the ninth reads a lesson."""
    hung, waiting = threading.Event(), threading.Semaphore(0)

    def hang(*_given, **_more):
        waiting.release()
        hung.wait(PATIENCE)
        away()

    monkeypatch.setattr(real.session_interface, "open_session", _only_with_cookie(real, hang))
    server = create_server(real, host="127.0.0.1", port=0, threads=THREADS + SPARE_THREADS)
    threading.Thread(target=run_until_closed, args=(server,), daemon=True).start()
    base = f"http://127.0.0.1:{server.effective_port}"
    found = []

    def wait_for_page():
        answer = requests.get(f"{base}/my", cookies={"ju_session": "x"}, timeout=PATIENCE)
        found.append(answer.status_code)

    threads = [threading.Thread(target=wait_for_page, daemon=True) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert waiting.acquire(timeout=PATIENCE)
    for path in ("/healthz", "/modules/cv/profile-text", "/static/css/ju.css"):
        assert requests.get(base + path, timeout=PATIENCE).status_code == 200
    assert found == []
    hung.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert found == [503] * THREADS
    server.close()


def run_until_closed(server):
    with contextlib.suppress(OSError):
        server.run()


def _only_with_cookie(app, hang):
    opened = app.session_interface.open_session
    return lambda app, request: (hang if "ju_session" in request.cookies else opened)(app, request)


def test_what_other_libraries_say_is_logged_without_what_they_say_it_about(log):
    logging.getLogger("waitress").error("Exception while serving %s", f"/m/{TOKEN}")
    assert "Exception while serving" in log[-1] and TOKEN not in log[-1]

"""`jobunivers serve`: the web server, with a graceful stop."""

import ctypes
import signal
import socket
import threading
import time
from collections.abc import Callable
from importlib import import_module
from types import FrameType
from typing import Any

import click
from flask import Flask
from waitress.server import create_server

from jobunivers.commands._processes import CAN_FORK, ENDING, Processes, cores
from jobunivers.shared import clock, tally

M_ARENA_MAX = -8  # of malloc.h
MAX_BODY = 12 * 2**20
DRAIN_SECONDS = 25
LATE_LIBRARIES = ("holidays", "phonenumbers")  # loaded when first needed, which is soon
SPARE_THREADS = 4  # lessons, styles and /healthz need no database and do not wait for it


def run(
    app: Flask,
    *,
    host: str,
    port: int,
    threads: int,
    with_worker: bool = False,
    when_listening: Callable[[], None] = lambda: None,
) -> None:
    """Serves in this process until SIGTERM or Ctrl-C; requests in flight finish first.
    `with_worker` runs the background worker in a thread; `when_listening` is told when a page can
    be asked for.
    """
    server = _server(app, threads, host=host, port=port)
    stop = _end_gracefully(server)
    if with_worker:
        from jobunivers.messages import worker_jobs as worker

        threading.Thread(
            target=worker.run_for_ever, args=(app, stop), daemon=True, name="worker"
        ).start()
    when_listening()
    server.run()


def run_on_all_cores(app: Flask, *, host: str, port: int, threads: int, processes: int) -> None:
    """Serves in that many processes until SIGTERM or Ctrl-C."""
    from jobunivers.extensions import db

    listening = socket.create_server(
        (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
    )
    tally.share(app, processes)
    with app.app_context():
        _load_what_all_need(app)
        db.engine.dispose()  # each process has connections of its own

    def serve(number: int) -> None:
        tally.count_in(app, number)
        server = _server(app, threads, sockets=[listening])
        _end_gracefully(server)
        server.run()

    Processes(serve, how_many=processes, patience=DRAIN_SECONDS + 5).run()


def _load_what_all_need(app: Flask) -> None:
    """Before the fork, so that it is in memory once."""
    from jobunivers.learning import search_catalogue
    from jobunivers.shared import i18n

    for name in LATE_LIBRARIES:
        import_module(name)
    search_catalogue.index()
    for name in app.jinja_env.list_templates(extensions=["html"]):
        app.jinja_env.get_template(name)
    for code in app.config["LOCALES"]:
        with i18n.speaking(code):
            i18n.day(clock.today())


def _share_memory_between_threads() -> None:
    """glibc gives each thread a store of its own, and Python lets only one of them work at a time:
    one store for all saves 15 to 20 MB a process.
    """
    if set_option := getattr(ctypes.CDLL(None), "mallopt", None):
        set_option(M_ARENA_MAX, 1)


def _server(app: Flask, threads: int, **where: Any) -> Any:
    _share_memory_between_threads()
    return create_server(
        app,
        threads=threads + SPARE_THREADS,
        ident=None,
        channel_timeout=30,
        max_request_body_size=MAX_BODY,
        **where,
        **_proxy(app),
    )


def _end_gracefully(server: Any) -> threading.Event:
    """At SIGTERM and Ctrl-C the server drains; the event is set then."""
    stop = threading.Event()

    def drain() -> None:
        # Whoever comes now waits in the kernel and is turned away at the end, instead of
        # waiting for a thread that is gone.
        server.accepting = False
        server.task_dispatcher.shutdown(cancel_pending=False, timeout=DRAIN_SECONDS)
        time.sleep(0.3)  # the loop flushes the last bytes
        server.close()
        for channel in list(server.active_channels.values()):
            channel.handle_close()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        if not stop.is_set():  # Ctrl-C comes from the terminal and from the parent
            stop.set()
            threading.Thread(target=drain, daemon=True).start()

    for number in ENDING:
        signal.signal(number, on_signal)
    return stop


def _proxy(app: Flask) -> dict[str, Any]:
    """With JU_TRUSTED_PROXY=1 one proxy in front tells address and scheme; otherwise what anybody
    claims about them is dropped.
    """
    dropped: dict[str, Any] = {"clear_untrusted_proxy_headers": True}
    if not app.config["SETTINGS"].trusted_proxy:
        return dropped
    return dropped | {
        "trusted_proxy": "*",
        "trusted_proxy_count": 1,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True, help="Requests at once in a process.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=cores,
    show_default="as many as cores",
    help="Where the system cannot fork: one.",
)
def command(host: str, port: int, threads: int, processes: int) -> None:
    """Serves the site. Run `jobunivers worker` beside it."""
    from jobunivers.app import create_app
    from jobunivers.commands import _ports
    from jobunivers.shared import logs

    _ports.ensure_free(host, port, "serve")

    logs.set_up()
    app = create_app()
    for warning in app.config["SETTINGS"].warnings():
        logs.say("settings", warning=warning)
    if processes > 1 and CAN_FORK:
        run_on_all_cores(app, host=host, port=port, threads=threads, processes=processes)
    else:
        run(app, host=host, port=port, threads=threads)

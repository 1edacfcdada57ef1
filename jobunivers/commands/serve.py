"""`jobunivers serve`: the web server, with a graceful stop."""

import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import click
from flask import Flask
from waitress.server import create_server

MAX_BODY = 12 * 2**20
DRAIN_SECONDS = 25
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
    """Serves until SIGTERM or Ctrl-C; requests in flight finish first. `with_worker` runs the
    background worker in a thread; `when_listening` is told when a page can be asked for.
    """
    server = create_server(
        app,
        host=host,
        port=port,
        threads=threads + SPARE_THREADS,
        ident=None,
        channel_timeout=30,
        max_request_body_size=MAX_BODY,
        **_proxy(app),
    )
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
        stop.set()
        threading.Thread(target=drain, daemon=True).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    if with_worker:
        from jobunivers.messages import worker_jobs as worker

        threading.Thread(
            target=worker.run_for_ever, args=(app, stop), daemon=True, name="worker"
        ).start()
    when_listening()
    server.run()


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
@click.option("--threads", default=8, show_default=True)
def command(host: str, port: int, threads: int) -> None:
    """Serves the site. Run `jobunivers worker` beside it."""
    from jobunivers.app import create_app
    from jobunivers.commands import _ports
    from jobunivers.shared import logs

    _ports.ensure_free(host, port, "serve")

    logs.set_up()
    app = create_app()
    for warning in app.config["SETTINGS"].warnings():
        logs.say("settings", warning=warning)
    run(app, host=host, port=port, threads=threads)

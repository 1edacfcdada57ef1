"""`jobunivers worker`: sends what waits in the outbox and does the nightly work."""

import signal
import threading

import click


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then stop (for cron).")
def command(once: bool) -> None:
    """Runs the background worker until it is told to stop; several may run at once."""
    from jobunivers.app import create_app
    from jobunivers.messages import worker_jobs as worker
    from jobunivers.shared import clock, logs

    app = create_app()
    if once:
        worker.breathe(app)
        worker.plan(app, clock.now())
        click.echo(f"Jobs done: {worker.run_once(app)}.")
        return
    logs.set_up()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run_for_ever(app, stop)

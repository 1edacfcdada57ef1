"""`jobunivers demo`: a living demonstration on this machine."""

import os
import shutil
from datetime import date

import click
from flask import Flask

from jobunivers.commands import _ports
from jobunivers.config import INSTANCE, Settings, UnsafeSettings
from jobunivers.shared import clock
from jobunivers.shared.content import ContentError

HOST = "127.0.0.1"
PORTS = click.IntRange(1, 65535)


@click.command()
@click.option("--port", type=PORTS, default=8000, show_default=True)
@click.option("--profile", default="aarhus", show_default=True)
@click.option("--fresh", is_flag=True, help="Throw the demo data away and start over.")
def command(port: int, profile: str, fresh: bool) -> None:
    """Makes the demo database, then serves site and worker together on 127.0.0.1."""
    _ports.ensure_free(HOST, port, "demo")
    _tell(1, "Environment: ready")
    os.environ["JU_DEMO"] = "1"
    os.environ.setdefault("JU_BASE_URL", f"http://{HOST}:{port}")
    INSTANCE.mkdir(exist_ok=True)
    if fresh:
        for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
            (INSTANCE / name).unlink(missing_ok=True)
        shutil.rmtree(INSTANCE / "demo-mail", ignore_errors=True)
    from jobunivers.commands import _test_login
    from jobunivers.identity.persona_words import CITIZENS, STAFF

    with _test_login.running([*CITIZENS, *STAFF]) as issuer:
        _serve(port, profile, issuer)


def _serve(port: int, profile: str, issuer: str | None) -> None:
    from jobunivers.commands import serve

    app = prepared(Settings.from_environment(demo=True, profile=profile))
    address = f"http://{HOST}:{port}"

    def tell_addresses() -> None:
        _tell(4, f"Addresses: {address} (the site)")
        click.echo(f"      {address}/demo (be one of twelve people)")
        click.echo(f"      {address}/demo/mail (what was sent)")
        if issuer:
            click.echo(f"      {issuer} (a made-up MitID)")
        click.echo("Stop with Ctrl-C.")

    serve.run(app, host=HOST, port=port, threads=8, with_worker=True, when_listening=tell_addresses)


def prepared(settings: Settings) -> Flask:
    """The application with the demo's database and people; a failure says what to do."""
    from jobunivers.app import create_app
    from jobunivers.extensions import db
    from jobunivers.migrations import runner
    from jobunivers.seed import demo
    from jobunivers.shared.db import engine_for

    try:
        engine = engine_for(settings.database_url)
        runner.upgrade(engine)
        place = engine.url.database or ""
        engine.dispose()
        _tell(2, f"Database: {os.path.relpath(place) if os.path.isabs(place) else place}")
        app, began = create_app(settings), clock.monotonic()
        with app.app_context():
            try:
                made_on = demo.ensure(with_town=True)
            except Exception:
                db.engine.dispose()
                raise
        _tell(3, f"Stories: {_about_stories(made_on, clock.monotonic() - began)}")
        return app
    except (UnsafeSettings, ContentError, click.ClickException):
        raise  # these say what to do themselves
    except Exception as error:
        if os.environ.get("JU_TRACEBACK") == "1":
            raise
        raise click.ClickException(
            f"The demonstration could not be made ({type(error).__name__}); nothing half-made was "
            "kept. Begin anew with: python3 run.py demo --fresh\n"
            "If that fails too, JU_TRACEBACK=1 python3 run.py demo --fresh shows where; "
            "please report it with the hour at which it happened."
        ) from error


def _about_stories(made_on: date | None, seconds: float) -> str:
    if made_on is None:
        return f"made in {seconds:.1f} seconds"
    if made_on == clock.today():
        return "there already, made today"
    return f"there already, made on {made_on}; --fresh makes them for today"


def _tell(step: int, what: str) -> None:
    click.echo(f"[{step}/4] {what}")

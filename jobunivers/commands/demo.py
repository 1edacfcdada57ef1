"""`jobunivers demo`: a living demonstration on this machine."""

import os
import shutil

import click

from jobunivers.config import INSTANCE, Settings


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--profile", default="aarhus", show_default=True)
@click.option("--fresh", is_flag=True, help="Throw the demo data away and start over.")
def command(port: int, profile: str, fresh: bool) -> None:
    """Makes the demo database, then serves site and worker together on 127.0.0.1."""
    os.environ["JU_DEMO"] = "1"
    os.environ.setdefault("JU_BASE_URL", f"http://127.0.0.1:{port}")
    INSTANCE.mkdir(exist_ok=True)
    if fresh:
        for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
            (INSTANCE / name).unlink(missing_ok=True)
        shutil.rmtree(INSTANCE / "demo-mail", ignore_errors=True)
    from jobunivers.commands import _test_login
    from jobunivers.seed.demo import PERSONAS

    with _test_login.running(list(PERSONAS)):
        _serve(port, profile)


def _serve(port: int, profile: str) -> None:
    settings = Settings.from_environment(demo=True, profile=profile)
    from jobunivers.app import create_app
    from jobunivers.commands import serve
    from jobunivers.migrations import runner
    from jobunivers.seed import demo
    from jobunivers.shared.db import engine_for

    engine = engine_for(settings.database_url)
    runner.upgrade(engine)
    engine.dispose()
    app = create_app(settings)
    with app.app_context():
        demo.ensure()
    click.echo(
        f"Jobunivers runs at http://127.0.0.1:{port}  (personas: "
        f"http://127.0.0.1:{port}/demo, mail: /demo/mail). Stop with Ctrl-C."
    )
    for code, what in demo.PERSONAS.items():
        click.echo(f"  {code:<16} {what}")
    serve.run(app, host="127.0.0.1", port=port, threads=8, with_worker=True)

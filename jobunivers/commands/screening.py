"""`jobunivers screening`: the week's draw, the log's proof, and figures on spell files of a
municipality.
"""

from pathlib import Path

import click
from flask import Flask

from jobunivers.commands._spells import calibrate, monitor
from jobunivers.config import Settings


@click.group()
def command() -> None:
    """The screening."""


command.add_command(calibrate)
command.add_command(monitor)


def _app() -> Flask:
    from jobunivers.app import create_app

    return create_app(Settings.from_environment())


@command.command()
def draw() -> None:
    """Draws this week's places for each team that has not been drawn, as the nightly job does."""
    from jobunivers.screening import lot_services as lots
    from jobunivers.shared import clock
    from jobunivers.shared.current import current_profile

    with _app().app_context():
        suggested = lots.draw_all(now=clock.now(), profile=current_profile())
    click.echo(f"{suggested} offers suggested; people decide.")


@command.command()
def verify() -> None:
    """Checks the log: every link and anchor, and that every logged score comes out again."""
    from jobunivers.screening import logbook_services as logbook
    from jobunivers.shared import anchors

    app = _app()
    file = app.config["SETTINGS"].anchors
    with app.app_context():
        known = anchors.read(Path(file) if file else None)
        faults = logbook.verify(anchors.of_log(known, logbook.LOG))
    for line in faults:
        click.echo(line, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in the log")
    click.echo("The log is whole.")

"""`jobunivers log`: proves that nothing was taken out of the logs, and writes down where they end."""

from pathlib import Path

import click
from flask import current_app

from jobunivers.commands._app import opened_app
from jobunivers.shared import anchors
from jobunivers.shared.anchors import Anchor, AnchorError


@click.group()
def command() -> None:
    """The log of looks and deeds, and the log of the screening."""


@command.command()
@click.option(
    "--anchor",
    "more",
    multiple=True,
    help='An anchor from a mail or a log line: "audit 123 0a1b...". Repeatable.',
)
def verify(more: tuple[str, ...]) -> None:
    """Checks every link of both logs, their ends, and all anchors; exit 1 with one line a fault."""
    from jobunivers.screening import logbook_services as logbook
    from jobunivers.shared import audit

    with opened_app():
        known = _anchors(more)
        faults = [f"audit {line}" for line in audit.verify(anchors.of_log(known, audit.LOG))]
        faults += [
            f"screening {line}" for line in logbook.verify(anchors.of_log(known, logbook.LOG))
        ]
    for line in faults:
        click.echo(line, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults in the logs")
    click.echo(f"Both logs are whole; {len(known)} anchors hold.")


def _anchors(more: tuple[str, ...]) -> list[Anchor]:
    """Those of the file and those given by hand."""
    file = current_app.config["SETTINGS"].anchors
    try:
        return anchors.read(Path(file) if file else None) + [anchors.from_text(one) for one in more]
    except AnchorError as error:
        raise click.ClickException(str(error)) from error


@command.command()
def anchor() -> None:
    """Writes down now where the logs end, as every night; prints it, to keep elsewhere."""
    from jobunivers.portal import anchor_jobs
    from jobunivers.shared import clock

    with opened_app():
        taken = anchors.take(clock.now())
        anchor_jobs.keep(taken)
    for one in taken:
        click.echo(one.text())

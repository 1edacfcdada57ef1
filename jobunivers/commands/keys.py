"""`jobunivers keys`: make and rotate the keys that encrypt CPR numbers and health answers."""

import click

from jobunivers.shared import vault


@click.group()
def command() -> None:
    """Keys for CPR numbers and health answers."""


@command.command()
def new() -> None:
    """Prints a fresh key for JU_DATA_KEYS."""
    click.echo(vault.new_key())

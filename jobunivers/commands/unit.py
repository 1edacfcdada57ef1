"""`jobunivers unit`: tests of the rules: no database, no browser."""

import click

from jobunivers.commands import _tools


@click.command()
def command() -> None:
    """Tests of the rules: no database, no browser."""
    _tools.run(*_tools.UNIT)

"""`jobunivers lint`: style, who imports whom, and what nobody uses."""

import click

from jobunivers.commands import _tools


@click.command()
def command() -> None:
    """Style, who imports whom, and what nobody uses."""
    _tools.run(*_tools.LINT)

"""`jobunivers types`: types of the whole house, strictly."""

import click

from jobunivers.commands import _tools


@click.command()
def command() -> None:
    """Types of the whole house, strictly."""
    _tools.run(*_tools.TYPES)

"""`jobunivers format`: one look for Python and templates."""

import click

from jobunivers.commands import _tools


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 when something would be.")
def command(check: bool) -> None:
    """Formats Python and folds long lines of templates."""
    _tools.run(*(_tools.FORMAT_CHECK if check else _tools.FORMAT))

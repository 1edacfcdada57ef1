"""`jobunivers check`: what is quick to check, before a commit."""

import click

from jobunivers.commands import _tools


@click.command()
@click.option("--figures", is_flag=True, help="Only print what the house measures of itself.")
def command(figures: bool) -> None:
    """Runs lint, format --check, types and unit: under a minute together."""
    if figures:
        from jobunivers.commands import _figures

        for line in _figures.lines():
            click.echo(line)
        return
    _tools.run(*_tools.LINT, *_tools.FORMAT_CHECK, *_tools.TYPES, *_tools.UNIT)

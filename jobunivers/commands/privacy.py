"""`jobunivers privacy`: writes the tables of docs/privacy.md from what the features declare."""

import click

from jobunivers.config import ROOT


@click.group()
def command() -> None:
    """What is stored of people."""


@command.command()
def write() -> None:
    """Makes the tables of docs/privacy.md anew."""
    from jobunivers.portal import personal_catalogue

    changed = personal_catalogue.write(ROOT / "docs" / "privacy.md")
    click.echo("docs/privacy.md is written anew." if changed else "docs/privacy.md is up to date.")

"""`jobunivers db`: migrations, integrity, backup, restore, move to PostgreSQL."""

import click
import sqlalchemy as sa

from jobunivers.config import INSTANCE, Settings
from jobunivers.migrations import runner
from jobunivers.shared.db import engine_for


def configured_engine() -> sa.Engine:
    """The engine of JU_DATABASE_URL."""
    INSTANCE.mkdir(exist_ok=True)
    return engine_for(Settings.from_environment().database_url)


@click.group()
def command() -> None:
    """Migrations, integrity, backup, restore."""


@command.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Brings the database to the newest revision."""
    runner.upgrade(configured_engine(), revision)
    click.echo(f"The database is at revision {runner.current_and_head(configured_engine())[0]}.")

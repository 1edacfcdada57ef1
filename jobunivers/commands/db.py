"""`jobunivers db`: migrations, integrity, backup, restore, move to PostgreSQL."""

from pathlib import Path

import click
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from jobunivers.commands import _after_restore, _archive, _checks
from jobunivers.config import INSTANCE, Settings
from jobunivers.migrations import runner
from jobunivers.shared import clock, erasures
from jobunivers.shared.db import engine_for

A_FILE = click.Path(dir_okay=False, path_type=Path)


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
    engine = configured_engine()
    runner.upgrade(engine, revision)
    click.echo(f"The database is at revision {runner.current_and_head(engine)[0]}.")
    engine.dispose()


@command.command()
def check() -> None:
    """Looks for broken pages, broken references and pending migrations; exit 1 with one line each."""
    engine = configured_engine()
    found = _checks.problems(engine)
    engine.dispose()
    for line in found:
        click.echo(line, err=True)
    if found:
        raise click.exceptions.Exit(1)
    click.echo("The database is in order.")


@command.command()
@click.argument("file", type=A_FILE)
def backup(file: Path) -> None:
    """Writes everything into FILE (a zip) as it is at this moment; the site may stay in use."""
    engine = configured_engine()
    try:
        sums = _archive.backup(engine, file)
    except (_archive.ArchiveError, OSError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.dispose()
    click.echo(
        f"{_in_all(sums)} are in {file}. Keep it as safe as the database: names and "
        "messages in it are not encrypted."
    )


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Replace what the database holds now.")
def restore(file: Path, yes: bool) -> None:
    """Puts a backup back. Refuses to replace data without --yes. Stop site and worker first."""
    engine = configured_engine()
    try:
        if not yes and not _archive.is_empty(engine):
            raise click.ClickException(
                "the database holds data: nothing was changed (use --yes to replace it)"
            )
        made_at = _archive.made_at(file)
        journal = erasures.read(_journal_file())
        forgotten = _after_restore.forgotten_in(engine, made_at).with_journal(journal, made_at)
        sums = _archive.restore(engine, file)
        counts = _after_restore.settle(engine, clock.now())
    except (_archive.ArchiveError, erasures.JournalError) as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.dispose()
    click.echo(f"{_in_all(sums)} restored and verified by hash.")
    counts["erased again"] = _after_restore.erase_again(forgotten)
    click.echo(", ".join(f"{number} {what}" for what, number in counts.items()) + ".")
    if counts["messages held"]:
        click.echo("What was held may have left before: `outbox list`; `outbox retry` sends it.")


def _journal_file() -> Path | None:
    named = Settings.from_environment().erasures
    return Path(named) if named else None


@command.command()
@click.argument("url")
def move(url: str) -> None:
    """Copies everything into the empty database URL (SQLite to PostgreSQL, say). Stop site and
    worker first.
    """
    source, target = configured_engine(), engine_for(url)
    try:
        sums = _archive.move(source, target)
    except _archive.ArchiveError as error:
        raise click.ClickException(str(error)) from None
    except SQLAlchemyError as error:
        raise click.ClickException(
            f"the target database cannot be used ({type(error).__name__})"
        ) from None
    finally:
        source.dispose()
        target.dispose()
    for found in sums:
        if found.rows:
            click.echo(f"  {found.shape.name:<24} {found.rows:>9}  {found.sha256[:12]}")
    click.echo(
        f"{_in_all(sums)} copied and verified by hash. Set JU_DATABASE_URL to the new database now."
    )


def _in_all(sums: list[_archive.TableSum]) -> str:
    return f"{sum(found.rows for found in sums)} rows of {len(sums)} tables"

"""`jobunivers citizens import FILE`: citizens from the municipality's own system."""

from collections import Counter
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Citizens from the municipality's own system."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--partial", is_flag=True, help="Take in the good lines even when others are wrong.")
def import_(file: Path, partial: bool) -> None:
    """Takes in a CSV file. Wrong lines are listed by number; without --partial one wrong line stops everything.

    Columns: person_id and/or cpr, name, target_group, spell_start; if known email, phone, team, locale. The same file
    can be run again: people we know stay as they are, and get a new spell when they are out of work again.
    """
    from jobunivers.app import create_app

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise click.ClickException("the file is not UTF-8") from None
    with create_app().app_context():
        done, complaints = take_in_file(text, partial=partial)
    for line in complaints:
        click.echo(line, err=True)
    if complaints and not partial:
        raise click.ClickException(f"{len(complaints)} complaints, nothing was taken in (use --partial for the good lines)")
    click.echo(", ".join(f"{count} {what}" for what, count in sorted(done.items())) or "The file holds no people.")
    if complaints:
        raise click.ClickException(f"{len(complaints)} complaints; those lines were left out")


def take_in_file(text: str, *, partial: bool) -> tuple[Counter[str], list[str]]:
    """How many lines became what, and the complaints. All in one transaction, inside an application context."""
    from flask import current_app

    from jobunivers.caseload import intake_file, queries, services
    from jobunivers.shared import clock
    from jobunivers.shared.db import write

    team_ids = {team.name: team.id for team in queries.list_teams()}
    groups = [group.code for group in current_app.config["PROFILE"].target_groups]
    rows, complaints = intake_file.read(text, intake_file.Known(groups, list(team_ids), current_app.config["LOCALES"]))
    done: Counter[str] = Counter()
    if complaints and not partial:
        return done, complaints
    with write():
        for row in rows:
            done[services.take_in(row, team_ids=team_ids, now=clock.now()).value] += 1
    return done, complaints

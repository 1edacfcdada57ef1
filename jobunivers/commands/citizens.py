"""`jobunivers citizens import FILE`: citizens from the municipality's own system; `citizens erase
ID`: one whose case is over.
"""

from collections import Counter
from pathlib import Path
from uuid import UUID

import click

from jobunivers.commands._app import opened_app


@click.group()
def command() -> None:
    """Citizens from the municipality's own system."""


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--partial", is_flag=True, help="Take in the good lines even when others are wrong.")
def import_(file: Path, partial: bool) -> None:
    """Takes in a CSV or XLSX file. Wrong lines are listed by number; without --partial one wrong line stops
    everything.

    Columns: person_id and/or cpr, name, target_group, spell_start; if known email, phone, team,
    locale. The same file
    can be run again: people we know stay as they are, and get a new spell when they are out of work
    again.
    """
    from jobunivers.app import create_app
    from jobunivers.shared.tables import LARGEST

    with create_app().app_context(), file.open("rb") as opened:
        done, complaints = take_in_file(opened.read(LARGEST + 1), partial=partial)
    for line in complaints:
        click.echo(line, err=True)
    if complaints and not partial:
        raise click.ClickException(
            f"{len(complaints)} complaints, nothing was taken in (use --partial for the good lines)"
        )
    click.echo(
        ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
        or "The file holds no people."
    )
    if complaints:
        raise click.ClickException(f"{len(complaints)} complaints; those lines were left out")


@command.command()
@click.argument("citizen_id", type=click.UUID)
@click.option(
    "--yes",
    is_flag=True,
    help="Erase. Without it nothing is changed: the command only says what would go.",
)
def erase(citizen_id: UUID, yes: bool) -> None:
    """Erases a citizen whole: her case, her work, her log-in. The id stands in the address of her
    page.

    Refused while she is out of work, and before the months are over for which the profile keeps
    cases (case_kept_months).
    Prints a receipt that names nobody; the same stands in the log. Copies in backups go when the
    backups go.
    """
    from jobunivers.caseload import erasure_services as erasure
    from jobunivers.portal import erasure_services as erasing
    from jobunivers.shared import clock
    from jobunivers.shared.db import write
    from jobunivers.shared.errors import Conflict, NotFound

    with opened_app():
        try:
            if erasing.is_kept(citizen_id, clock.today()):
                raise click.ClickException("the profile keeps this case longer (case_kept_months)")
            if not yes:
                click.echo(
                    f"Would erase: {_counted(erasure.count_rows(citizen_id))}. Nothing "
                    "was changed; --yes erases."
                )
                return
            with write():
                receipt = erasing.erase_citizen(citizen_id, by_role="command")
        except NotFound:
            raise click.ClickException("there is no such citizen") from None
        except Conflict:
            raise click.ClickException(
                "her period out of work has not ended; end it first"
            ) from None
    click.echo(f"Erased {receipt.subject}: {_counted(receipt.rows)}.")


def _counted(rows: dict[str, int]) -> str:
    return (
        ", ".join(f"{name} {count}" for name, count in sorted(rows.items()))
        or "only the citizen herself"
    )


def take_in_file(data: bytes, *, partial: bool) -> tuple[Counter[str], list[str]]:
    """How many lines became what, and the complaints. All in one transaction, inside an application
    context. What was assumed goes to standard error.
    """
    from jobunivers.caseload import intake_services
    from jobunivers.caseload.intake_words import fault_text, table_error_text
    from jobunivers.shared import clock
    from jobunivers.shared.db import write
    from jobunivers.shared.tables import TableError

    try:
        found = intake_services.read_file(data, now=clock.now())
    except TableError as error:
        raise click.ClickException(table_error_text(error)) from None
    if found.missing:
        raise click.ClickException(f"the file lacks a column: {', '.join(found.missing)}")
    click.echo(f"Read as {found.kind}.", err=True)
    for line in found.lines:
        for note in line.notes:
            click.echo(f"line {line.line}: {note.column}: {fault_text(note)}", err=True)
    complaints = [
        f"line {line.line}: {fault.column}: {fault_text(fault)}"
        for line in found.faulty
        for fault in line.faults
    ]
    if complaints and not partial:
        return Counter(), complaints
    with write():
        done = intake_services.take_in(found.rows, now=clock.now(), by_user_id=None)
    return Counter({what.value: count for what, count in done.items()}), complaints

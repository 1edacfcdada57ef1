"""`jobunivers keys`: make and rotate the keys that encrypt CPR numbers, health answers and secrets
of code apps, and the key that signs links and finds CPR numbers again.
"""

from typing import Any
from uuid import UUID

import click

from jobunivers.commands._app import opened_app
from jobunivers.shared import chain, vault
from jobunivers.shared.db import write

BATCH = 200


@click.group()
def command() -> None:
    """Keys for CPR numbers and health answers."""


@command.command()
def new() -> None:
    """Prints a fresh key for JU_DATA_KEYS."""
    click.echo(vault.new_key())


@command.command()
def rotate() -> None:
    """Seals everything anew with the first key of JU_DATA_KEYS, and makes CPR numbers and dead
    addresses findable by the present JU_SECRET_KEY. The site may stay in use; can be run again
    after an interruption.

    Put the new key first in JU_DATA_KEYS (or the new JU_SECRET_KEY in, and the old one into
    JU_SECRET_KEY_OLD), restart, run this, then take the old key out and restart again.
    """
    from cryptography.fernet import InvalidToken

    from jobunivers.commands import _fingerprints

    with opened_app():
        for table, column in sealed_columns():
            try:
                count = reseal(table, column)
            except InvalidToken:
                raise click.ClickException(
                    f"{table.name}.{column.name}: a value was sealed with a key that is not in JU_DATA_KEYS"
                ) from None
            click.echo(f"{table.name}.{column.name}: {count} sealed anew")
        with write():
            click.echo(f"ends of logs: {chain.sign_again()} signed anew")
        found, double = _fingerprints.of_numbers()
        click.echo(f"citizen.cpr_fingerprint: {found} made anew")
        click.echo(f"unreachable_address.fingerprint: {_fingerprints.of_addresses()} made anew")
        if double:
            raise click.ClickException(
                f"{len(double)} citizens have the CPR number of another citizen, look at both: "
                + ", ".join(str(one) for one in double)
            )


def sealed_columns() -> list[tuple[Any, Any]]:
    """(table, column) of everything that vault.seal made."""
    from jobunivers.models import metadata

    names = {
        "citizen": "cpr_sealed",
        "health_answer": "value_sealed",
        "learning_plan": "situations_sealed",
        "user": "totp_secret",
    }
    return [
        (metadata.tables[table], metadata.tables[table].c[column])
        for table, column in names.items()
    ]


def reseal(table: Any, column: Any) -> int:
    """Goes through a column in batches, each its own short transaction; a value changed meanwhile
    is left alone. Returns how many.
    """
    import sqlalchemy as sa

    from jobunivers.extensions import db

    after, count = None, 0
    while True:
        query = (
            sa.select(table.c.id, column)
            .where(column.is_not(None))
            .order_by(table.c.id)
            .limit(BATCH)
        )
        with db.engine.connect() as connection:
            rows: list[tuple[UUID, bytes]] = [
                (row[0], row[1])
                for row in connection.execute(
                    query if after is None else query.where(table.c.id > after)
                )
            ]
        if not rows:
            return count
        fresh = [(row_id, old, vault.reseal(old)) for row_id, old in rows]
        with db.engine.connect().execution_options(write=True) as connection, connection.begin():
            for row_id, old, sealed in fresh:
                changed = (
                    sa.update(table)
                    .where(table.c.id == row_id, column == old)
                    .values({column.name: sealed})
                )
                count += connection.execute(changed).rowcount
        after = rows[-1][0]

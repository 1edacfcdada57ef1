"""What may be wrong with a database, one line each."""

import sqlalchemy as sa

from jobunivers.migrations import runner


def problems(engine: sa.Engine) -> list[str]:
    """Broken pages, broken references, pending migrations, tables that differ from what this
    release expects. Empty when all is well.
    """
    found = (
        integrity_of_sqlite(engine)
        if engine.dialect.name == "sqlite"
        else integrity_of_postgresql(engine)
    )
    current, head = runner.current_and_head(engine)
    if current != head:
        return [
            *found,
            f"migrations: the database is at revision {current}, newest is {head} (run "
            "`jobunivers db upgrade`)",
        ]
    from jobunivers.models import metadata

    return found + [
        f"schema: {' '.join(str(difference).split())[:200]}"
        for difference in runner.differences(engine, metadata)
    ]


def integrity_of_sqlite(engine: sa.Engine) -> list[str]:
    """SQLite's own checks of pages and references."""
    with engine.connect() as connection:
        pages = [
            row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check") if row[0] != "ok"
        ]
        broken = [
            f"{row[0]} refers to a missing row of {row[2]}"
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check")
        ]
    return [f"integrity: {text}" for text in pages] + [
        f"foreign keys: {text}" for text in sorted(set(broken))
    ]


def integrity_of_postgresql(engine: sa.Engine) -> list[str]:
    """Indexes and references that PostgreSQL itself does not vouch for."""
    with engine.connect() as connection:
        indexes = connection.scalars(
            sa.text(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid ORDER BY 1"
            )
        ).all()
        keys = connection.scalars(
            sa.text("SELECT conname FROM pg_constraint WHERE NOT convalidated ORDER BY 1")
        ).all()
    return [f"integrity: index {name} is not valid" for name in indexes] + [
        f"foreign keys: {name} is not validated" for name in keys
    ]

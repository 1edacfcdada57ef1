"""A whole database as one portable file: a zip with JSON lines per table, the schema's revision,
counts and hashes.

Engine-independent, so that a backup of SQLite restores on PostgreSQL and the other way round, and
`pg_dump` need not be
installed. Types are read from the database, not from the models: a backup can be made at any
revision, and restores at it.
"""

import base64
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from jobunivers.migrations import runner
from jobunivers.shared import clock
from jobunivers.shared.db import UtcDateTime

FORMAT = 1
BATCH = 500
MANIFEST = "manifest.json"
NOT_COPIED = ("alembic_version",)
# Reflected type -> our word for it; the first that fits counts. SQLite knows ids as CHAR(32).
TAGS: tuple[tuple[type[Any], str], ...] = (
    (sa.Uuid, "uuid"),
    (sa.CHAR, "uuid"),
    (sa.DateTime, "datetime"),
    (sa.Date, "date"),
    (sa.JSON, "json"),
    (sa.LargeBinary, "bytes"),
    (sa.Boolean, "bool"),
    (sa.Integer, "int"),
    (sa.Numeric, "float"),
    (sa.String, "text"),
)
TYPES: dict[str, sa.types.TypeEngine[Any]] = {
    "uuid": sa.Uuid(),
    "datetime": UtcDateTime(),
    "date": sa.Date(),
    "json": sa.JSON(none_as_null=True),
    "bytes": sa.LargeBinary(),
    "bool": sa.Boolean(),
    "int": sa.Integer(),
    "float": sa.Float(),
    "text": sa.Text(),
}
MAKERS: dict[str, Callable[[str], Any]] = {
    "bytes": base64.b64decode,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "uuid": UUID,
}


class ArchiveError(Exception):
    """The archive or the database cannot be used; one clear line."""


@dataclass(frozen=True)
class TableShape:
    """A table's name and its columns as (name, tag), by name."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def clause(self) -> sa.TableClause:
        """The table for reading and writing, independent of models and engine."""
        return sa.table(self.name, *(sa.column(name, TYPES[tag]) for name, tag in self.columns))


@dataclass(frozen=True)
class TableSum:
    """What a table holds: its shape, how many rows, and the hash over all of them."""

    shape: TableShape
    rows: int
    sha256: str


def shapes(connection: sa.Connection) -> list[TableShape]:
    """All tables, those first that others refer to."""
    return [
        TableShape(
            table.name,
            tuple(sorted((column.name, _tag(table.name, column)) for column in table.columns)),
        )
        for table in _reflected(connection).sorted_tables
        if table.name not in NOT_COPIED
    ]


def _reflected(connection: sa.Connection) -> sa.MetaData:
    """The tables as they stand. A key that is checked at the end of a transaction asks for no order."""
    metadata = sa.MetaData()
    metadata.reflect(connection)
    for table in metadata.tables.values():
        for key in table.foreign_key_constraints:
            key.use_alter = bool(key.deferrable)
    return metadata


def _tag(table: str, column: sa.Column[Any]) -> str:
    for kind, tag in TAGS:
        if isinstance(column.type, kind):
            return tag
    raise ArchiveError(
        f"column {table}.{column.name} has a type that backups do not know: {column.type}"
    )


def snapshot(engine: sa.Engine) -> sa.Connection:
    """A connection that sees one moment of the database, however long the reading takes and whoever
    writes meanwhile.
    """
    connection = engine.connect()
    return (
        connection
        if engine.dialect.name == "sqlite"
        else connection.execution_options(isolation_level="REPEATABLE READ")
    )


def lines(connection: sa.Connection, shape: TableShape) -> Iterator[str]:
    """Each row as a JSON array in the order of the columns, by id; the same text on every engine."""
    table = shape.clause()
    columns = [
        sa.cast(table.c[name], sa.Text).label(name) if tag == "json" else table.c[name]
        for name, tag in shape.columns
    ]
    order = [table.c.id] if "id" in table.c else list(table.c)
    for row in connection.execute(
        sa.select(*columns).order_by(*order).execution_options(yield_per=BATCH)
    ):
        values = [
            _plain(value, tag) for value, (_name, tag) in zip(row, shape.columns, strict=True)
        ]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any, tag: str) -> Any:
    if value is None:
        return None
    if tag == "json":
        return json.dumps(json.loads(value), ensure_ascii=False, sort_keys=True)
    if tag == "bytes":
        return base64.b64encode(value).decode()
    return (
        value.isoformat() if tag in ("datetime", "date") else str(value) if tag == "uuid" else value
    )


def rows(shape: TableShape, texts: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The rows again, ready to insert."""
    for text in texts:
        yield {
            name: _rich(value, tag)
            for value, (name, tag) in zip(json.loads(text), shape.columns, strict=True)
        }


def _rich(value: Any, tag: str) -> Any:
    if value is None:
        return None
    if tag == "json":
        found = json.loads(value)
        return sa.JSON.NULL if found is None else found
    return MAKERS[tag](value) if tag in MAKERS else value


def write_rows(connection: sa.Connection, shape: TableShape, texts: Iterable[str]) -> None:
    """Inserts rows in batches, inside the caller's transaction."""
    source, insert = rows(shape, texts), sa.insert(shape.clause())
    while batch := list(islice(source, BATCH)):
        connection.execute(insert, batch)


def summed(
    shape: TableShape, texts: Iterable[str], out: io.BufferedIOBase | None = None
) -> TableSum:
    """Counts and hashes rows; writes them on the way when `out` is given."""
    count, digest = 0, hashlib.sha256()
    for text in texts:
        line = f"{text}\n".encode()
        digest.update(line)
        count += 1
        if out is not None:
            out.write(line)
    return TableSum(shape, count, digest.hexdigest())


def contents(engine: sa.Engine) -> list[TableSum]:
    """What the database holds now, table by table."""
    with snapshot(engine) as connection, connection.begin():
        return [summed(shape, lines(connection, shape)) for shape in shapes(connection)]


def is_empty(engine: sa.Engine) -> bool:
    """True when no table holds a row."""
    with engine.connect() as connection:
        return all(
            connection.execute(sa.select(shape.clause()).limit(1)).first() is None
            for shape in shapes(connection)
        )


def backup(engine: sa.Engine, file: Path) -> list[TableSum]:
    """Writes the archive, whole or not at all, readable by its owner only. The site may stay in
    use.
    """
    revision, _head = runner.current_and_head(engine)
    if revision is None:
        raise ArchiveError("the database has never been migrated: there is nothing to back up")
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        with (
            zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive,
            snapshot(engine) as connection,
            connection.begin(),
        ):
            sums = [_put(archive, connection, shape) for shape in shapes(connection)]
            about = {
                "format": FORMAT,
                "revision": revision,
                "made_at": clock.real_now().isoformat(),
                "tables": [asdict(found) for found in sums],
            }
            archive.writestr(MANIFEST, json.dumps(about, indent=1))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return sums


def _put(archive: zipfile.ZipFile, connection: sa.Connection, shape: TableShape) -> TableSum:
    with archive.open(f"{shape.name}.jsonl", "w", force_zip64=True) as out:
        return summed(shape, lines(connection, shape), cast(io.BufferedIOBase, out))


def made_at(file: Path) -> datetime:
    """When a backup was made. Raises ArchiveError."""
    try:
        with zipfile.ZipFile(file) as archive:
            return datetime.fromisoformat(json.loads(archive.read(MANIFEST))["made_at"])
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ArchiveError(f"{file} is not a whole backup: {error}") from error


def read_manifest(archive: zipfile.ZipFile) -> tuple[str, list[TableSum]]:
    """(schema revision, what each table must hold)."""
    about = json.loads(archive.read(MANIFEST))
    if about["format"] != FORMAT:
        raise ArchiveError(
            f"this archive has format {about['format']}; this release reads {FORMAT}"
        )
    tables = [
        (
            row,
            TableShape(
                row["shape"]["name"], tuple((name, tag) for name, tag in row["shape"]["columns"])
            ),
        )
        for row in about["tables"]
    ]
    return about["revision"], [TableSum(shape, row["rows"], row["sha256"]) for row, shape in tables]


def _texts(archive: zipfile.ZipFile, shape: TableShape) -> Iterator[str]:
    with archive.open(f"{shape.name}.jsonl") as source:
        for line in io.TextIOWrapper(source, "utf-8", newline="\n"):
            yield line.rstrip("\n")


def restore(engine: sa.Engine, file: Path) -> list[TableSum]:
    """Replaces everything in the database by the archive, whose every line is checked first; then
    migrates to the newest revision.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            revision, wanted = read_manifest(archive)
            _ensure_same(
                [summed(found.shape, _texts(archive, found.shape)) for found in wanted], wanted
            )
            if not runner.knows(revision):
                raise ArchiveError(
                    f"the archive has revision {revision}, which this release does not "
                    "know: restore it with the release that made it"
                )
            _drop_everything(engine)
            runner.upgrade(engine, revision)
            fill(engine, ((found.shape, _texts(archive, found.shape)) for found in wanted), wanted)
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise ArchiveError(f"{file} is not a whole backup: {error}") from error
    runner.upgrade(engine)
    return wanted


def fill(
    engine: sa.Engine,
    source: Iterable[tuple[TableShape, Iterable[str]]],
    wanted: Sequence[TableSum] | None = None,
) -> list[TableSum]:
    """Inserts all tables in one transaction and reads them back; commits only when counts and
    hashes agree with `wanted`.
    """
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        written = []
        for shape, texts in source:
            write_rows(connection, shape, texts)
            written.append(summed(shape, lines(connection, shape)))
        if wanted is not None:
            _ensure_same(written, wanted)
    return written


def move(source: sa.Engine, target: sa.Engine) -> list[TableSum]:
    """Copies a database into an empty one of either engine, verified by counts and hashes; nothing
    is left behind when they differ.
    """
    revision, head = runner.current_and_head(source)
    if revision is None or revision != head:
        raise ArchiveError(
            f"the database is at revision {revision}, newest is {head}: run `jobunivers db upgrade` first"
        )
    runner.upgrade(target)
    if not is_empty(target):
        raise ArchiveError("the target holds data already: nothing was copied")
    with snapshot(source) as connection, connection.begin():
        found = shapes(connection)
        wanted = [summed(shape, lines(connection, shape)) for shape in found]
        return fill(target, ((shape, lines(connection, shape)) for shape in found), wanted)


def _ensure_same(found: Sequence[TableSum], wanted: Sequence[TableSum]) -> None:
    for is_there, should in zip(found, wanted, strict=True):
        if is_there != should:
            raise ArchiveError(
                f"table {should.shape.name} has {is_there.rows} rows where {should.rows} "
                "belong, or their content differs"
            )


def _drop_everything(engine: sa.Engine) -> None:
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        metadata = _reflected(connection)
        if connection.dialect.name != "sqlite":
            metadata.drop_all(connection)
            return
        tables = list(reversed(metadata.sorted_tables))
        for table in tables:  # a dropped row that another names is refused, an empty table is not
            connection.execute(sa.delete(table))
        for table in tables:
            connection.execute(sa.schema.DropTable(table))

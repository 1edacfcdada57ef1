"""A table of citizens from the municipality's own system: rows that can be used, and what is wrong
or was assumed in the others. Pure but for the table it is given.

Columns: person_id and/or cpr, name, target_group, spell_start, and if known email, phone, team,
locale; the names that Danish systems give them are known too.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from jobunivers.caseload import rules
from jobunivers.shared import addresses
from jobunivers.shared.tables import Row, Table, read_day

REQUIRED = ("name", "target_group", "spell_start")
OPTIONAL = ("person_id", "cpr", "email", "phone", "team", "locale")
COLUMNS = (*REQUIRED, *OPTIONAL)
OTHER_NAMES = {
    "name": ("navn", "fulde navn", "borger", "full name"),
    "target_group": ("målgruppe", "maalgruppe", "ydelsesgruppe", "gruppe"),
    "spell_start": ("ledig fra", "ledig siden", "startdato", "start", "tilmeldt", "forløb start"),
    "person_id": ("person-id", "personid", "person id", "uuid"),
    "cpr": ("cpr-nr", "cpr-nr.", "cpr nr", "cprnr", "cpr-nummer", "cprnummer", "personnummer"),
    "email": ("e-mail", "mail", "e-mailadresse", "mailadresse"),
    "phone": ("telefon", "tlf", "tlf.", "mobil", "telefonnummer", "mobilnummer"),
    "team": ("afdeling", "hold"),
    "locale": ("sprog", "language"),
}
MAX_NAME = 120
LOOKS_LIKE_CPR = re.compile(r"(?<![\d+])\d{6}[ .–-]?\d{4}(?!\d)")


@dataclass(frozen=True)
class IntakeRow:
    """One line of the file that can be used."""

    line: int
    name: str
    target_group: str
    started_on: date
    person_uuid: str | None
    cpr: str | None
    email: str | None
    phone: str | None
    team: str | None
    locale: str


@dataclass(frozen=True)
class Known:
    """What a line may refer to, and between which days a spell may begin."""

    target_groups: Collection[str]
    teams: Collection[str]
    locales: Collection[str]
    earliest: date
    latest: date
    takes_utf8_mail: bool = False


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell: the column and a code (words in caseload/words.py)."""

    column: str
    code: str


@dataclass(frozen=True)
class ReadLine:
    """A line as it was read: its cells by our names, what is wrong, what was assumed, and the row
    when it can be used.
    """

    line: int
    cells: dict[str, str]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    row: IntakeRow | None = None


@dataclass(frozen=True)
class Read:
    """A whole file. `missing` are columns that it lacks: then there are no lines."""

    kind: str
    lines: tuple[ReadLine, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = field(default=())

    @property
    def rows(self) -> list[IntakeRow]:
        """The lines that can be used."""
        return [line.row for line in self.lines if line.row]

    @property
    def faulty(self) -> list[ReadLine]:
        """The lines that cannot."""
        return [line for line in self.lines if line.faults]


def read(table: Table, known: Known) -> Read:
    """Every line of a table with what is wrong with it. A fault names a column and a code, never
    what stands there.
    """
    ours = our_names(table.columns)
    missing = [name for name in REQUIRED if name not in ours.values()]
    if not {"person_id", "cpr"} & set(ours.values()):
        missing.append("cpr")
    unknown = tuple(column for column in table.columns if column not in ours)
    if missing:
        return Read(table.kind, missing=tuple(missing), unknown=unknown)
    lines, seen = [], _Seen()
    for row in table.rows:
        lines.append(_read_line(row, ours, known, seen))
    return Read(table.kind, tuple(lines), unknown=unknown)


def our_names(columns: Collection[str]) -> dict[str, str]:
    """Which column of a file is which of ours; the first of two that mean the same."""
    meant = {other: name for name in COLUMNS for other in (name, *OTHER_NAMES.get(name, ()))}
    found: dict[str, str] = {}
    for column in columns:
        name = meant.get(column)
        if name and name not in found.values():
            found[column] = name
    return found


class _Seen:
    """Who stands in an earlier line."""

    def __init__(self) -> None:
        self.keys: set[tuple[str, str]] = set()

    def is_new(self, key: tuple[str, str]) -> bool:
        is_new = key not in self.keys
        self.keys.add(key)
        return is_new


def _read_line(row: Row, ours: Mapping[str, str], known: Known, seen: _Seen) -> ReadLine:
    cells = {ours[column]: value for column, value in row.cells.items() if column in ours}
    cells, notes = _mended(cells)
    others = {column: value for column, value in row.cells.items() if column not in ours}
    faults = _faults(cells, known) + _cpr_elsewhere(cells | others)
    who = rules.plain_cpr(cells.get("cpr", "")) or cells.get("person_id", "")
    if who and not seen.is_new(("id", who)):
        faults.append(Fault("cpr", "twice"))
    same = (rules.name_key(cells.get("name", "")), _phone(cells) or "")
    if same[1] and not seen.is_new(same):
        faults.append(Fault("name", "same_name_and_phone"))
    shown = {name: "" if _is_cpr_at(name, faults) else text for name, text in cells.items()}
    made = None if faults else _row(row.line, cells)
    return ReadLine(row.line, shown, tuple(faults), tuple(notes), made)


def _is_cpr_at(column: str, faults: list[Fault]) -> bool:
    return Fault(column, "looks_like_cpr") in faults


def _mended(cells: dict[str, str]) -> tuple[dict[str, str], list[Fault]]:
    """Excel takes a CPR number for a figure and drops its first zero: with nine figures it comes
    back when the result begins with a date.
    """
    digits = rules.plain_cpr(cells.get("cpr", ""))
    if len(digits) == rules.CPR_DIGITS - 1 and rules.is_plausible_cpr(f"0{digits}"):
        return cells | {"cpr": f"0{digits}"}, [Fault("cpr", "zero_restored")]
    return cells, []


def _cpr_elsewhere(cells: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(column, "looks_like_cpr")
        for column, text in cells.items()
        if column != "cpr"
        and any(rules.is_plausible_cpr(found[0]) for found in LOOKS_LIKE_CPR.finditer(text))
    ]


def _faults(cells: Mapping[str, str], known: Known) -> list[Fault]:
    faults = [Fault(name, "empty") for name in REQUIRED if not cells.get(name)]
    if not (cells.get("person_id") or cells.get("cpr")):
        faults.append(Fault("cpr", "empty"))
    day = read_day(cells.get("spell_start", ""))
    checks: tuple[tuple[str, Callable[[str], bool], str], ...] = (
        ("name", lambda text: len(text) <= MAX_NAME, "too_long"),
        ("person_id", lambda text: len(text) <= MAX_NAME, "too_long"),
        ("cpr", rules.is_plausible_cpr, "no_cpr"),
        ("target_group", known.target_groups.__contains__, "no_group"),
        ("team", known.teams.__contains__, "no_team"),
        ("locale", known.locales.__contains__, "no_language"),
        ("spell_start", lambda _text: day is not None, "no_day"),
        (
            "spell_start",
            lambda _text: day is None or known.earliest <= day <= known.latest,
            "day_out_of_reach",
        ),
        ("email", lambda text: _reads_mail(text, known), "no_address"),
        ("phone", lambda _text: _phone(cells) is not None, "no_number"),
    )
    return faults + [
        Fault(name, code)
        for name, is_good, code in checks
        if cells.get(name) and not is_good(cells[name])
    ]


def _reads_mail(text: str, known: Known) -> bool:
    try:
        return bool(addresses.read_email(text, takes_utf8=known.takes_utf8_mail))
    except ValueError:
        return False


def _phone(cells: Mapping[str, str]) -> str | None:
    try:
        return addresses.read_phone(cells["phone"]) if cells.get("phone") else None
    except ValueError:
        return None


def _row(line: int, cells: Mapping[str, str]) -> IntakeRow:
    return IntakeRow(
        line=line,
        name=cells["name"],
        target_group=cells["target_group"],
        started_on=read_day(cells["spell_start"]) or date.min,
        person_uuid=cells.get("person_id") or None,
        cpr=cells.get("cpr") or None,
        email=addresses.address_key(cells["email"]) if cells.get("email") else None,
        phone=_phone(cells),
        team=cells.get("team") or None,
        locale=cells.get("locale") or "da",
    )

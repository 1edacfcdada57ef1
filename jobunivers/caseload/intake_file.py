"""Reads a file of citizens (CSV) into rows, with a complaint for each line that cannot be used.
Pure but for the text it is given.

Columns: person_id and/or cpr, name, target_group, spell_start (YYYY-MM-DD or DD-MM-YYYY), and if
known email, phone, team, locale.
"""

import csv
import io
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from jobunivers.caseload import rules
from jobunivers.shared import addresses

REQUIRED = ("name", "target_group", "spell_start")
OPTIONAL = ("person_id", "cpr", "email", "phone", "team", "locale")
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y")
MAX_NAME = 120


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
    """What a line may refer to."""

    target_groups: Collection[str]
    teams: Collection[str]
    locales: Collection[str]
    takes_utf8_mail: bool = False


def read(text: str, known: Known) -> tuple[list[IntakeRow], list[str]]:
    """Rows that can be used, and complaints ("line 3: ..."). Complaints name columns and codes,
    never a name or a number.
    """
    delimiter = (
        ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    )
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter, restkey="")
    columns = {(name or "").strip().lower() for name in reader.fieldnames or ()}
    if missing := [name for name in REQUIRED if name not in columns]:
        return [], [
            f"line 1: column {missing[0]} is missing; expected {', '.join((*REQUIRED, *OPTIONAL))}"
        ]
    if not columns & {"person_id", "cpr"}:
        return [], ["line 1: a column person_id or cpr is needed"]
    rows, complaints, seen = [], [], set()
    for raw in reader:
        line = reader.line_num
        values = {
            (key or "").strip().lower(): (value if isinstance(value, str) else "").strip()
            for key, value in raw.items()
        }
        if not any(values.values()):
            continue
        faults = _faults(values, known)
        who = values.get("person_id") or rules.plain_cpr(values.get("cpr", ""))
        if who in seen:
            faults.append("the same person stands in an earlier line")
        seen.add(who)
        complaints += [f"line {line}: {fault}" for fault in faults]
        if not faults:
            rows.append(_row(line, values))
    return rows, complaints


def _faults(values: Mapping[str, str], known: Known) -> list[str]:
    faults = [f"{name} is empty" for name in REQUIRED if not values.get(name)]
    if not (values.get("person_id") or values.get("cpr")):
        faults.append("person_id or cpr is needed")
    checks: tuple[tuple[str, Callable[[str], bool], str], ...] = (
        ("name", lambda text: len(text) <= MAX_NAME, "is too long"),
        ("cpr", rules.is_plausible_cpr, "is not ten digits that begin with a date"),
        (
            "target_group",
            known.target_groups.__contains__,
            f"is not one of {', '.join(known.target_groups)}",
        ),
        ("team", known.teams.__contains__, "is not known"),
        ("locale", known.locales.__contains__, f"is not one of {', '.join(known.locales)}"),
        ("spell_start", lambda text: _day(text) is not None, "is not a date like 2026-11-21"),
        (
            "email",
            lambda text: _reads(addresses.read_email, text, takes_utf8=known.takes_utf8_mail),
            "is not one address that mail can reach",
        ),
        ("phone", lambda text: _reads(addresses.read_phone, text), "is not a number"),
    )
    return faults + [
        f"{name} {fault}"
        for name, is_good, fault in checks
        if values.get(name) and not is_good(values[name])
    ]


def _reads(read: Callable[..., str], text: str, **more: bool) -> bool:
    try:
        return bool(read(text, **more))
    except ValueError:
        return False


def _day(text: str) -> date | None:
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 -- a day without a time
        except ValueError:
            continue
    return None


def _row(line: int, values: Mapping[str, str]) -> IntakeRow:
    return IntakeRow(
        line=line,
        name=values["name"],
        target_group=values["target_group"],
        started_on=_day(values["spell_start"]) or date.min,
        person_uuid=values.get("person_id") or None,
        cpr=values.get("cpr") or None,
        email=addresses.address_key(values["email"]) if values.get("email") else None,
        phone=addresses.read_phone(values["phone"]) if values.get("phone") else None,
        team=values.get("team") or None,
        locale=values.get("locale") or "da",
    )
